// The clause that is told for what a TCP does, where another one would stand close by. Oracle: situations judged by hand, by the text
// of RFC 9293 §3.10, RFC 5961 §3, RFC 6298 §2 and §5, RFC 1122 §4.2.3.9.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpCall} from '../../../source/stack/tcp/effect.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {holdOn} from '../../../source/stack/tcp/segmentise.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {
  both,
  closing,
  established,
  listening,
  made,
  none,
  synReceived,
  synSent,
  told,
} from '../../helpers/tcp/one-host.ts';
import {AB, type HostName, IP, LISTENER, other, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST, FIN} = TcpFlag;
type Segment = Parameters<typeof made>[1];

const clauses = (effects: ReturnType<World['step']>): readonly string[] => [
  ...new Set(effects.flatMap((effect) => ('because' in effect ? [ruleOf(effect.because)] : []))),
];

const hears = (world: World, to: HostName, segment: Segment): readonly string[] =>
  clauses(world.step(to, {kind: 'segment', src: IP[other(to)], dst: IP[to], segment: made(to, segment)}));

const does = (world: World, host: HostName, call: TcpCall): readonly string[] =>
  clauses(world.step(host, {kind: 'call', call}));

const sends = (world: World, bytes: number): readonly string[] =>
  does(world, 'A', {call: 'SEND', connection: AB, data: rope(bytes)});

const insecure = (): World => established('rfc', 'auto', {insecureRst: true});
const nowhere = (): World => new World({settings: both('rfc'), fate: none});

describe('a segment', () => {
  test.each<readonly [about: string, () => World, HostName, Segment, clause: string]>([
    ['ACK for a closed port', nowhere, 'B', {ack: 5, flags: ACK}, '9293:3.10.7.1/closed/ack'],
    ['SYN for a closed port', nowhere, 'B', {flags: SYN}, '9293:3.10.7.1/closed/no-ack'],
    ['RST for a closed port', nowhere, 'B', {flags: RST}, '9293:3.10.7.1/closed/rst'],
    ['ACK of the ISS alone', synSent, 'A', {ack: 1000, flags: ACK}, '9293:3.10.7.3/syn-sent/ack-old'],
    ['ACK beyond', synSent, 'A', {ack: 1002, flags: ACK}, '9293:3.10.7.3/syn-sent/ack-beyond'],
    [
      'all of it old',
      established,
      'A',
      {seq: 8991, ack: 1001, flags: ACK, data: 10},
      '9293:3.10.7.4/sequence/duplicate',
    ],
    [
      'behind the window',
      established,
      'A',
      {seq: 9e6, ack: 1001, flags: ACK, data: 10},
      '9293:3.10.7.4/sequence/beyond',
    ],
    ['RST at RCV.NXT', established, 'A', {seq: 9001, flags: RST}, '9293:3.10.7.4/rst/reset'],
    ['RST in the window', established, 'A', {seq: 9002, flags: RST}, '5961:3.2/rst/challenge'],
    ['RST before the window', established, 'A', {seq: 9000, flags: RST}, '5961:3.2/rst/outside'],
    ['RST at RCV.NXT, as before RFC 5961', insecure, 'A', {seq: 9001, flags: RST}, '9293:3.10.7.4/rst/reset'],
    ['RST, before RFC 5961', insecure, 'A', {seq: 9002, flags: RST}, '5961:3.2/rst/in-window'],
    ['RST for a child of a listener', synReceived, 'B', {seq: 1001, flags: RST}, '9293:3.10.7.4/rst/listen'],
    ['RST in CLOSING', () => closing('CLOSING'), 'A', {seq: 9002, flags: RST}, '9293:3.10.7.4/rst/closing'],
    ['RST in LAST-ACK', () => closing('LAST-ACK'), 'A', {seq: 9002, flags: RST}, '9293:3.10.7.4/rst/closing'],
  ])('%s', (_, world, to, segment, clause) => {
    expect(hears(world(), to, segment)).toEqual([clause]);
  });
});

describe('a call', () => {
  test('SEND: before the connection, into the buffer up to its last octet, beyond it', () => {
    const {sndBufferBytes} = profiles.rfc;
    expect(sends(synSent(), 10)[0]).toBe('9293:3.10.2/send/queue');
    expect(sends(established(), sndBufferBytes)[0]).toBe('9293:3.10.2/send/buffer');
    expect(sends(established(), sndBufferBytes + 1)[0]).toBe('9293:3.10.2/send/waits');
  });

  test('RECEIVE: what is there is handed on, otherwise it waits', () => {
    const call: TcpCall = {call: 'RECEIVE', connection: AB, maxBytes: 100};
    const world = established('rfc', 'manual');
    expect(does(world, 'A', call)).toEqual(['9293:3.10.3/receive/queue']);
    const read = established('rfc', 'manual');
    hears(read, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10});
    expect(does(read, 'A', call)[0]).toBe('9293:3.10.3/receive/deliver');
  });

  test('CLOSE and ABORT of a listener', () => {
    expect(does(listening(), 'B', {call: 'CLOSE', connection: LISTENER, reader: 'gone'})).toEqual([
      '9293:3.10.4/close/listen',
    ]);
    expect(does(listening(), 'B', {call: 'ABORT', connection: LISTENER})).toEqual([
      '9293:3.10.5/abort/listen',
    ]);
  });

  // RFC 2525 §2.17: what nobody reads any more is told by a reset.
  test('CLOSE by a program that leaves data unread', () => {
    const world = established('linux', 'manual');
    hears(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10});
    const call: TcpCall = {call: 'CLOSE', connection: AB, reader: 'gone'};
    const effects = world.step('A', {kind: 'call', call});
    expect(clauses(effects)).toEqual(['2525:2.17/close/unread-data']);
    expect(effects.filter(({kind}) => kind === 'return')).toMatchObject([{result: 'ok'}]);
    expect(told('A', effects)).toContain('A RST,ACK 1001 9011 +0');
  });

  test('CLOSE: the FIN follows at once, or what is still to be sent', () => {
    const close: TcpCall = {call: 'CLOSE', connection: AB, reader: 'stays'};
    expect(does(established(), 'A', close)).toContain('9293:3.10.4/close/fin');
    const waiting = established();
    hears(waiting, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 0});
    sends(waiting, 200);
    does(waiting, 'A', close);
    const opened = hears(waiting, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 5000});
    expect(opened).toContain('9293:3.10.4/close/fin-after-data');
    expect(opened).not.toContain('9293:3.10.4/close/fin');
  });
});

describe('what holds data back', () => {
  const holds = (world: World): string | undefined => {
    const tcb = world.tcp.A.connections.get(AB) ?? expect.fail('no connection');
    return holdOn(tcb, world.options.settings.A);
  };
  const offered = (window: number): World => {
    const world = established();
    hears(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window});
    return world;
  };
  const after = (world: World, ...bytes: readonly number[]): World => {
    for (const each of bytes) sends(world, each);
    return world;
  };

  test.each<readonly [about: string, () => World, clause: string | undefined]>([
    ['nothing waits', established, undefined],
    ['SYN-SENT, nothing to send', synSent, undefined],
    ['SYN-SENT, data', () => after(synSent(), 10), '9293:3.10.2/send/queue'],
    ['a closed window', () => after(offered(0), 10), '9293:3.8.6/window/closed'],
    ['a full window', () => after(offered(1072), 1072, 1), '9293:3.8.6/window/full'],
    ['a second small segment', () => after(offered(5000), 10, 10), '9293:3.7.4/nagle'],
    ['a cut segment', () => after(offered(2000), 1460, 1460), '9293:3.8.6.2.1/override/start'],
  ])('%s', (_, world, clause) => {
    expect(holds(world())).toBe(clause);
  });
});

// RFC 6298 §5.5 and §2.5: 2, 4, 8, 16, 32 s, then no more than 60 s.
test('the time-out doubles, until the maximum keeps it', () => {
  const world = synSent();
  world.run();
  const waits = world.log.flatMap(({event, effects}) =>
    event.kind === 'timeout'
      ? effects.flatMap((e) => (e.kind === 'timer' && e.op === 'arm' ? [e.because] : []))
      : [],
  );
  expect(waits).toEqual([
    ...Array.from({length: 5}, () => '6298:5.5/back-off'),
    '6298:2.5/maximum',
    '6298:2.5/maximum',
  ]);
  expect(clauses(world.log.at(-1)?.effects ?? [])).toContain('9293:3.8.3/give-up');
});

test('the FIN that comes to TIME-WAIT again is old, and the time begins anew', () => {
  expect(hears(closing('TIME-WAIT'), 'A', {seq: 9001, ack: 1002, flags: FIN | ACK})).toEqual([
    '9293:3.10.7.4/sequence/duplicate',
    '9293:3.10.7.4/ack/time-wait',
  ]);
});
