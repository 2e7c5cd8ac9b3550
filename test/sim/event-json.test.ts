// What `show --json` has of events. Oracle: docs on the format (names of events and their keys), each made by hand.
import {describe, expect, test} from 'vitest';
import {eventJson} from '../../source/sim/event-json.ts';
import type {PacketPattern} from '../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {TraceEvent} from '../../source/sim/trace.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {hexOf} from '../../source/wire/octets.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {few} from '../helpers/seeds.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const trace = run(handshakeScenario({until: {atUs: 200_000}}));
const place = {n: 1, atUs: 5, host: 'client', instant: 1} as const;
const json = (event: TraceEvent) => {
  const {at, host, ...rest} = eventJson(event, trace);
  expect([at, host]).toEqual([event.atUs, event.host]);
  return rest;
};
const [sent] = eventsOf(trace, 'send');
if (!sent?.frame) throw new Error('a SYN leaves');
const bytes = hexOf(encodeFrame(sent.frame));

describe('packets', () => {
  const usual = {kind: 'send', packet: 1, to: 'server', due: 50_000, bytes};

  test('that leave: by number, by hop, by what the path does to them', () => {
    expect(json(sent)).toMatchObject(usual);
    expect(Object.keys(json(sent)).sort()).toEqual(['bytes', 'connection', 'due', 'kind', 'packet', 'to']);
    expect(json({...sent, hop: 2})).toMatchObject({packet: '1.2', bytes});
    expect(json({...sent, packet: -3})).toMatchObject({packet: 'arp3', bytes});
    expect(json({...sent, packet: -3, hop: 1})).toMatchObject({packet: 'arp3.1'});
    expect(json({...sent, lost: true, retransmission: true, faults: ['drop@packet=1']})).toMatchObject({
      ...{...usual, lost: true, retransmission: true, faults: ['drop@packet=1']},
    });
    expect(json({...sent, hop: 1, frame: undefined})).toMatchObject({bytes: ''});
    const many = json({...sent, forMany: true});
    expect(many).toMatchObject({forMany: true});
    expect(many).not.toHaveProperty('due');
  });

  test('that land, as they were or altered, and those that die', () => {
    const arrive = {...place, kind: 'arrive', packet: 1, hop: 0, from: 'client'} as const;
    expect(json(arrive)).toEqual({kind: 'arrive', packet: 1, from: 'client'});
    expect(json({...arrive, ...(sent.frame && {altered: sent.frame})})).toEqual({
      ...{kind: 'arrive', packet: 1, from: 'client', altered: {bytes}},
    });
    expect(json({...place, kind: 'drop', packet: 2, hop: 1, reason: 'ttl'})).toEqual({
      ...{kind: 'drop', packet: '2.1', reason: 'ttl'},
    });
  });
});

test('calls, and what they return later', () => {
  const call = {
    ...place,
    kind: 'call',
    call: 'close',
    action: {call: 'close', of: 'c'},
    result: 'ok',
  } as const;
  expect(json(call)).toEqual({kind: 'call', call: 'close', parameters: {of: 'c'}, result: 'ok'});
  const later = (['connected', 'accepted', 'eof', 'urgent', 'closed'] as const).map((signal) => {
    const line = json({...place, kind: 'signal', signal});
    return line.kind === 'call' && 'returns' in line ? `${line.kind} ${line.call} ${line.returns}` : line;
  });
  expect(later).toEqual([
    ...['call connect ok', 'call accept ok', 'call receive eof', 'call receive urgent', 'call close ok'],
  ]);
});

test('an error is what connect() returns while it waits; afterwards it is what the next call learns', () => {
  const errors = (change: Partial<Scenario>) => {
    const trace = run(handshakeScenario(change));
    return eventsOf(trace, 'signal').flatMap((event) => {
      const line = eventJson(event, trace);
      if (line.kind !== 'call' || !('returns' in line) || line.returns === 'ok') return [];
      return [`${event.host}: ${line.kind} ${line.call} ${line.returns}`];
    });
  };
  const {script} = handshakeScenario();
  const asks = script.filter(({host}) => host === 'client');
  const sends: Cause = {
    when: {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0},
    host: 'client',
    action: {call: 'send', of: 'c', bytes: 100},
  };
  const lost = (at: PacketPattern): Partial<Scenario> => ({
    faults: [{kind: 'drop', at}],
    limitUs: 2_000_000_000,
  });
  expect(errors({script: asks})).toEqual(['client: call connect ECONNREFUSED']);
  expect(errors({script: asks, ...lost({from: 'client'})})).toEqual(['client: call connect ETIMEDOUT']);
  expect(errors({script: [...script, sends], ...lost({from: 'client', data: true})})).toEqual([
    'client: call receive ETIMEDOUT',
  ]);
});

test('states, timers, deliveries', () => {
  expect(json({...place, kind: 'state', from: 'LISTEN', to: 'CLOSED'})).toEqual({
    ...{kind: 'state', from: 'LISTEN', to: 'CLOSED'},
  });
  expect(json({...place, kind: 'timer', name: 'RTO', op: 'arm', dueUs: 9})).toEqual({
    ...{kind: 'timer', name: 'RTO', op: 'arm', due: 9},
  });
  expect(json({...place, kind: 'app-timer', app: 'dns', timer: 'retry', op: 'fire', dueUs: 9})).toEqual({
    ...{kind: 'timer', name: 'dns retry', op: 'fire', due: 9},
  });
  expect(json({...place, kind: 'deliver', bytes: 7})).toEqual({kind: 'deliver', bytes: 7});
});

const a = {name: 'y.abc.com.', type: 1, class: 1, ttl: 60, data: {kind: 'A', address: '192.0.2.1'}} as const;

describe('answers of applications', () => {
  const action = {call: 'resolve', name: 'y.abc.com', type: 1, as: 'a'} as const;

  test('of DNS: the chain and the records as text', () => {
    const answer = {result: 'ok', chain: [], records: [a], from: 'cache', ttl: 60} as const;
    expect(json({...place, kind: 'answer', action, answer})).toEqual({
      ...{kind: 'call', call: 'resolve', as: 'a', returns: 'ok', from: 'cache', ttl: 60},
      records: ['y.abc.com. 60 A 192.0.2.1'],
    });
  });

  test('of HTTP: the status, where there is one, and how much', () => {
    const get = {call: 'get', url: 'http://a/'} as const;
    const answer = {result: 'ok', status: 200, bytes: 5, content: new Uint8Array(), exchanges: []} as const;
    expect(json({...place, kind: 'answer', action: get, answer})).toEqual({
      ...{kind: 'call', call: 'get', returns: 'ok', status: 200, bytes: 5, exchanges: []},
    });
    const {status: _, ...none} = answer;
    expect(json({...place, kind: 'answer', action: get, answer: {...none, result: 'refused'}})).toEqual({
      ...{kind: 'call', call: 'get', returns: 'refused', bytes: 5, exchanges: []},
    });
  });
});

test('notes: of their own kind; a type of records has a name of its own, records are text', () => {
  const opened = {kind: 'http-connection', op: 'opened', origin: 'http://a', nth: 1, stream: 's'} as const;
  expect(json({...place, kind: 'note', note: opened, fromPacket: 4})).toEqual({
    ...{kind: 'http-connection', op: 'opened', origin: 'http://a', nth: 1, stream: 's', packet: 4},
  });
  const hit = {kind: 'cache', op: 'hit', name: 'y.abc.com.', type: 1, ttl: 60, records: [a]} as const;
  expect(json({...place, kind: 'note', note: hit})).toEqual({
    ...{kind: 'cache', op: 'hit', name: 'y.abc.com.', rrtype: 'A', ttl: 60},
    records: ['y.abc.com. 60 A 192.0.2.1'],
  });
});

test('what TLS did has the time of its event, also where it tells a place in a chain', () => {
  const what = {kind: 'pathFault', fault: 'expired', place: 1} as const;
  const event = {...place, kind: 'tls', what, because: '5280:6.1.3/expired'} as const;
  expect(json(event)).toMatchObject({kind: 'tls', what: 'pathFault', fault: 'expired', place: 1});
  const runs = few(
    allRuns().filter(({lesson}) => lesson.id.startsWith('https')),
    10,
  );
  const moved = runs.flatMap((each) => {
    const own = traceOf(each);
    return [...own.events()].filter((event) => eventJson(event, own)['at'] !== event.atUs);
  });
  expect(moved).toEqual([]);
});
