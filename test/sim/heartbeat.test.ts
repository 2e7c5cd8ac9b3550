// Heartbeats of programs, replays and links that change, each in a short run. Oracles: docs/lessons.md; RFC 6455 §5.5.2, §5.5.3 (a ping, a
// pong); RFC 9293 §3.9.1 (calls); the delay of 50 ms by hand.
import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/sim/action.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const ms = 1000;
const cause = (atMs: number, host: string, action: Action): Cause => ({
  ...{when: {kind: 'at', atUs: atMs * ms}, host, action},
});

const scenario = (script: readonly Cause[], change: Partial<Scenario> = {}): Scenario => {
  const base = handshakeScenario({limitUs: 5_000_000, ...change});
  return {...base, script: [...base.script, ...script]};
};

/** `200 client send ok`: calls of programs from then on. */
const calls = (trace: Trace, fromMs: number): readonly string[] =>
  eventsOf(trace, 'call')
    .filter(({atUs}) => atUs >= fromMs * ms)
    .map(({atUs, host, call, result}) => `${atUs / ms} ${host} ${call} ${result}`);

describe('a heartbeat', () => {
  const beat = (more = {}) =>
    ({call: 'heartbeat', everyUs: 300 * ms, bytes: 10, limitUs: 700 * ms, ...more}) as const;

  test('each interval a request, and an answer of the program at the other end', () => {
    const trace = run(scenario([cause(200, 'client', beat())], {until: {atUs: 1_000_000}}));
    expect(calls(trace, 200)).toEqual([
      ...['200 client heartbeat ok', '500 client send ok', '550 server send ok'],
      ...['800 client send ok', '850 server send ok'],
    ]);
  });

  test('after so long a silence either end takes the other for gone', () => {
    const down = cause(520, 'client', {call: 'setLink', link: 'path', change: {up: false}});
    const trace = run(scenario([cause(200, 'client', beat()), down], {until: {atUs: 3_000_000}}));
    const aborts = calls(trace, 600).filter((line) => line.includes('abort'));
    // Nothing has come since it began, at 200 ms; to the other end the request at 550 ms was the last thing.
    expect(aborts).toEqual(['900 client abort ok']);
    expect(calls(trace, 600).filter((line) => line.includes('server'))).toEqual([]);
    const signals = eventsOf(trace, 'signal').map(({host, signal}) => `${host} ${signal}`);
    expect(signals.filter((line) => line.includes('client'))).toEqual(['client connected']);
  });

  test('without a connection there is none', () => {
    const early = run(scenario([cause(0, 'server', beat())], {until: {atUs: 400_000}}));
    expect(calls(early, 0).filter((line) => line.includes('heartbeat'))).toEqual([
      '0 server heartbeat EBADF',
    ]);
    const named = run(scenario([cause(200, 'client', beat({of: 'nobody'}))], {until: {atUs: 900_000}}));
    expect(calls(named, 200)).toEqual(['200 client heartbeat EBADF']);
  });

  test('two requests at once have two answers', () => {
    const twenty = cause(250, 'client', {call: 'send', bytes: 20});
    const trace = run(scenario([cause(200, 'client', beat()), twenty], {until: {atUs: 450_000}}));
    expect(calls(trace, 260)).toEqual(['300 server send ok', '300 server send ok']);
  });
});

describe('an old duplicate', () => {
  const replay = (more = {}) =>
    ({call: 'replay', of: {host: 'client', carries: 'data'}, nth: 1, ...more}) as const;
  const sent = cause(200, 'client', {call: 'send', bytes: 30});

  test('lands once more, as it was', () => {
    const trace = run(scenario([sent, cause(600, 'client', replay())]));
    expect(calls(trace, 600)).toEqual(['600 client replay ok']);
    const arrivals = eventsOf(trace, 'arrive').filter(({packet}) => packet === 4);
    expect(arrivals.map(({atUs, host}) => `${atUs / ms} ${host}`)).toEqual(['250 server', '600 server']);
  });

  test('the second of its kind is another; of none there is none to replay', () => {
    const more = cause(300, 'client', {call: 'send', bytes: 7});
    const second = run(scenario([sent, more, cause(900, 'client', replay({nth: 2}))]));
    const again = eventsOf(second, 'arrive').filter(({atUs}) => atUs === 900 * ms);
    expect(again).toMatchObject([{host: 'server'}]);
    const [frame] = again.map(({packet}) => second.packet(packet).frame);
    expect(frame?.payload).toMatchObject({packet: {transport: {segment: {payload: {length: 7}}}}});
    const none = run(scenario([sent, cause(900, 'client', replay({of: {host: 'server', carries: 'data'}}))]));
    expect(calls(none, 900)).toEqual(['900 client replay ENOENT']);
  });

  test('its data on a connection of the attacker’s own: with what left at the same time', () => {
    // More than one segment holds.
    const flight = [cause(200, 'client', {call: 'send', bytes: 2000})];
    const to = {host: 'server', port: 80};
    const trace = run(scenario([...flight, cause(900, 'client', replay({to}))]));
    expect(calls(trace, 900)).toEqual(['900 client replay ok']);
    const delivered = eventsOf(trace, 'deliver').filter(({atUs}) => atUs > 900 * ms);
    expect(delivered.reduce((sum, {bytes}) => sum + bytes, 0)).toBe(2000);
    const syn = eventsOf(trace, 'send').find(({atUs}) => atUs === 900 * ms);
    expect(syn?.frame?.payload).toMatchObject({packet: {transport: {segment: {flags: 2, dstPort: 80}}}});
  });
});

test('a link that changes: what is under way dies with it, what comes later takes the new delay', () => {
  const set = (atMs: number, change: Extract<Action, {call: 'setLink'}>['change']) =>
    cause(atMs, 'client', {call: 'setLink', link: 'path', change});
  const send = (atMs: number) => cause(atMs, 'client', {call: 'send', bytes: 10});
  const slow = run(scenario([set(200, {delayUs: 80_000}), send(300)], {until: {atUs: 500_000}}));
  expect(eventsOf(slow, 'arrive').map(({atUs}) => atUs / ms)).toContain(380);
  const down = run(scenario([send(300), set(320, {up: false})], {until: {atUs: 400_000}}));
  expect(eventsOf(down, 'drop')).toMatchObject([{atUs: 350_000, host: 'client', reason: 'link down'}]);
});

test('calls of a host whose power is off', () => {
  const off = run(
    scenario([cause(200, 'client', {call: 'crash'}), cause(300, 'client', {call: 'send', bytes: 1})]),
  );
  expect(calls(off, 200)).toEqual(['200 client crash ok', '300 client send EHOSTDOWN']);
});
