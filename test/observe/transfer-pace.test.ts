// What held a transfer back. Oracle: the simulator, which was given the cause: a small receive buffer, losses, a program that writes now
// and then, a path that takes long; each run is looked at from both ends and from the middle of the path.
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import type {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {transferOf} from '../../source/observe/transfer-limits.ts';
import {type Limit, roomOf} from '../../source/observe/transfer-pace.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {encodeFrame, type Frame} from '../../source/wire/frame.ts';
import {idsIn, inspectedFrames, type Seen} from '../helpers/passed-capture.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {paced} from './paced.ts';
import {ACK, SYN, segmentOf} from './segments.ts';

const points = ['sender', 'middle', 'receiver'] as const;
type Point = (typeof points)[number];

/** All that passes there; in the middle half way, what is lost is lost behind it. */
const seenAt = (trace: Trace, point: Point): readonly Seen[] => {
  const host = point === 'sender' ? 'client' : 'server';
  const seen: Seen[] = [];
  const frames = new Map<number, {readonly frame: Frame; readonly sentUs: number}>();
  const see = (atUs: number, frame: Frame) => seen.push({atUs, bytes: encodeFrame(frame)});
  for (const event of trace.events()) {
    if (event.kind === 'send' && event.frame) {
      frames.set(event.packet, {frame: event.frame, sentUs: event.atUs});
      if (point === 'middle') see(event.atUs + 25_000, event.frame);
      else if (event.host === host) see(event.atUs, event.frame);
    }
    const sent = event.kind === 'arrive' ? frames.get(event.packet) : undefined;
    if (event.kind === 'arrive' && sent && event.host === host && point !== 'middle')
      see(event.atUs, sent.frame);
  }
  return seen.toSorted((a, b) => a.atUs - b.atUs);
};

const connected = (bytes: number, more: Partial<Cause> = {}): Cause => ({
  when: {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0},
  host: 'client',
  action: {call: 'send', bytes},
  ...more,
});

const scenarioOf = (cause: Cause, change: Partial<Scenario> = {}): Scenario => {
  const plain = handshakeScenario(change);
  return {...plain, script: [...plain.script, cause]};
};

const serverWith = (rcvBufferBytes: number): Scenario['hosts'] =>
  handshakeScenario().hosts.map((host) =>
    host.name === 'server' ? {...host, tcp: {rcvBufferBytes, rcvMemoryBytes: 'off'} as const} : host,
  );

const drops = (packets: readonly number[]) =>
  packets.map((packet) => {
    const fault = parseFault(`drop@packet=${packet}`);
    if (!fault.ok) throw new Error('no fault');
    return fault.value;
  });

const runs: readonly (readonly [name: string, Scenario, Limit])[] = [
  ['window of 8000 bytes', scenarioOf(connected(120_000), {hosts: serverWith(8000)}), 'window'],
  ['slow start, long path', scenarioOf(connected(100_000)), 'path'],
  ['losses', scenarioOf(connected(200_000), {faults: drops([9, 20, 30, 41, 60, 61, 62])}), 'loss'],
  [
    'a program writing little',
    scenarioOf(connected(500, {repeat: {times: 40, everyUs: 150_000}})),
    'program',
  ],
  [
    'a program writing bursts',
    scenarioOf(connected(7300, {repeat: {times: 12, everyUs: 400_000}})),
    'program',
  ],
];

const strongest = (connection: ObservedConnection | undefined): readonly [string, number][] =>
  Object.entries(connection?.half(connection.client).pace?.waits ?? {})
    .map(([limit, {us}]): [string, number] => [limit, us])
    .toSorted(([, a], [, b]) => b - a);

describe.each(runs)('%s', (_, scenario, limit) => {
  const trace = simulate(scenario, {source: 'test', run: 'made'});
  test.each(points)('at the %s', (point) => {
    const inspected = inspectedFrames(seenAt(trace, point));
    const [connection] = inspected.inspector.connections;
    const {pace, payloadBytes} = connection?.half(connection.client) ?? {payloadBytes: 0};
    expect(transferOf(pace, payloadBytes)?.limits.map(({by}) => by)).toEqual([limit]);
    const [first, second] = strongest(connection);
    expect(first?.[0]).toBe(limit);
    expect(first?.[1]).toBeGreaterThan(2 * (second?.[1] ?? 0));
  });
});

/** So many bits a second, and room for all that comes. */
const linkWith = (rateBps: number): Partial<Scenario> => ({
  links: handshakeScenario().links.map((link) => ({...link, rateBps, queueBytes: 1_000_000})),
  hosts: serverWith(1_000_000),
});

describe('a slow link with a long queue in front of it', () => {
  const trace = simulate(scenarioOf(connected(900_000), linkWith(2e6)), {source: 'test', run: 'made'});
  const stamped = scenarioOf(connected(900_000), linkWith(2e6));
  const hosts = stamped.hosts.map((host) => ({...host, tcp: {...host.tcp, timestamps: true}}));
  const echoed = simulate({...stamped, hosts}, {source: 'test', run: 'made'});

  const idsAt = (run: Trace, point: Point) => idsIn(inspectedFrames(seenAt(run, point)));

  test('makes the round trip longer, as its sender sees by ACKs and its receiver by timestamps; that is no slow start', () => {
    for (const ids of [idsAt(trace, 'sender'), idsAt(echoed, 'receiver')]) {
      expect(ids).toContain('path-rate');
      expect(ids).not.toContain('congestion-window');
    }
  });

  test('without a queue it does not grow', () => {
    for (const [, scenario] of runs)
      expect(idsAt(simulate(scenario, {source: 'test', run: 'made'}), 'sender')).not.toContain('path-rate');
  });
});

// RFC 7323 §2.2: a window is scaled where both SYNs say so, that of a SYN never; §2.3: by 14 at most.
test.each<readonly [flags: number, own: number | undefined, far: number | undefined, room: number]>([
  [ACK, 3, 0, 1000 << 3],
  [ACK, 15, 0, 1000 << 14],
  [ACK, 14, 2, 1000 << 14],
  [ACK, 3, undefined, 1000],
  [ACK, undefined, 3, 1000],
  [SYN | ACK, 3, 3, 1000],
])('flags %i, shifts %s %s: window %i', (flags, own, far, room) => {
  const opening = (windowScale: number | undefined) => ({
    ...(windowScale === undefined ? {} : {windowScale}),
    sackPermitted: false,
    timestamps: false,
  });
  const segment = segmentOf({ack: 100, flags, window: 1000});
  expect(roomOf(segment, opening(own), opening(far))).toBe(room);
  const unknown = flags & SYN ? room : undefined;
  expect([roomOf(segment, undefined, opening(far)), roomOf(segment, opening(own), undefined)]).toEqual([
    unknown,
    unknown,
  ]);
});

describe('judged by hand', () => {
  test('room and full segments: the path, from the frame after which it waits; a shorter wait than 1 ms is none', () => {
    const {send, hear, waits} = paced();
    for (const first of [0, 1000]) send(0, first);
    hear(100, 2000);
    send(100, 2000);
    send(100.9, 3000);
    send(101.9, 4000);
    expect(waits()).toEqual(['path 101 ms, 2 from 2']);
  });

  test('a window of two segments: it is the window that they wait for', () => {
    const {pace, send, hear, waits} = paced(2000);
    for (const round of [0, 1, 2]) {
      for (const nth of [0, 1]) send(100 * round, 2000 * round + 1000 * nth);
      hear(100 * (round + 1), 2000 * (round + 1));
    }
    expect(waits()).toEqual(['window 200 ms, 2 from 2']);
    expect([pace.segments, pace.firstUs, pace.lastUs]).toEqual([6, 0, 300_000]);
  });

  test('a window that was shut when it was heard of and open when data left', () => {
    const {send, hear, waits} = paced();
    send(0, 0);
    hear(50, 1000, 1500);
    hear(80, 1000, 9000);
    send(80, 1000);
    expect(waits()).toEqual(['window 80 ms, 1 from 1']);
  });

  test('a segment that is not full, less than half the MSS, was the last that the program had', () => {
    const {send, hear, waits} = paced();
    send(0, 0, {length: 499});
    hear(50, 499);
    send(70, 499, {length: 499});
    expect(waits()).toEqual(['program 70 ms, 1 from 2']);
  });

  // What the path or the congestion window had held back would have left with the ACK (RFC 5681 §3.1).
  test('all has come, there is room, and nothing is sent: nothing had waited for that, it was the program', () => {
    const {send, hear, waits} = paced();
    send(0, 0);
    hear(100, 1000);
    send(400, 1000);
    expect(waits()).toEqual(['program 400 ms, 1 from 2']);
  });

  test('seen far from the sender: it hears later and its answer comes later', () => {
    const {send, hear, waits} = paced();
    send(0, 0, {roundMs: 60});
    hear(40, 1000);
    // Heard at 100 ms as seen from here, 60 ms after it passed.
    send(400, 1000, {roundMs: 60});
    expect(waits()).toEqual(['program 400 ms, 1 from 2']);
    const busy = paced();
    busy.send(0, 0, {roundMs: 60});
    busy.hear(40, 1000);
    busy.send(99, 1000, {roundMs: 60});
    expect(busy.waits()).toEqual(['path 99 ms, 1 from 1']);
  });

  test('what is sent again was waited for as a loss, and so is all after it that is full', () => {
    const {send, waits} = paced();
    send(0, 0);
    send(200, 0, {again: true});
    send(230, 1000);
    expect(waits()).toEqual(['loss 230 ms, 2 from 2']);
  });

  test('a gap that is filled late was a loss before the capture point; at once it was overtaken', () => {
    const late = paced();
    for (const [atMs, first] of [
      [0, 0],
      [1, 2000],
      [101, 1000],
    ] as const)
      late.send(atMs, first, {roundMs: 50});
    expect(late.waits()).toEqual(['loss 100 ms, 1 from 3', 'path 1 ms, 1 from 1']);
    const soon = paced();
    for (const [atMs, first] of [
      [0, 0],
      [1, 2000],
      [31, 1000],
    ] as const)
      soon.send(atMs, first, {roundMs: 50});
    expect(soon.waits()).toEqual(['path 31 ms, 2 from 2']);
  });

  test('what comes soon behind a first segment that overtook it is no loss', () => {
    const first = paced();
    for (const [atMs, from] of [
      [500, 2000],
      [501, 1000],
      [531, 3000],
    ] as const)
      first.send(atMs, from, {roundMs: 50});
    expect(first.waits()).toEqual(['path 31 ms, 2 from 2']);
  });

  test('it is over when the last of it was acknowledged, whatever is acknowledged later', () => {
    const {pace, send, hear} = paced();
    send(10, 0);
    send(11, 1000);
    hear(30, 2000);
    hear(900, 2001);
    expect([pace.firstUs, pace.lastUs]).toEqual([10_000, 30_000]);
    send(1000, 2000);
    hear(1020, 3000);
    hear(1500, 3001);
    expect(pace.lastUs).toBe(1_020_000);
  });

  test('most was under way near the end: the window still grew; near the beginning: it had grown', () => {
    const grown = (flights: readonly number[], beginMs: number) => {
      const {pace, send, hear} = paced();
      let next = 0;
      for (const [round, segments] of flights.entries()) {
        const atMs = beginMs + 100 * round;
        for (let n = 0; n < segments; n += 1) send(atMs, next + 1000 * n);
        next += 1000 * segments;
        hear(atMs + 100, next);
      }
      return pace.grewToTheEnd;
    };
    // Whenever the transfer began.
    for (const beginMs of [0, 5000]) {
      const grew = (...flights: readonly number[]) => grown(flights, beginMs);
      expect([grew(1, 2, 4, 8), grew(8, 8, 8, 8), grew(1, 9, 5, 5)]).toEqual([true, false, false]);
      // At three fifths of the time, not beyond.
      expect(grew(1, 2, 4, 8, 8)).toBe(false);
    }
  });

  test('what passed here late has not been heard of when data leave', () => {
    const {send, hear, waits} = paced();
    send(0, 0, {roundMs: 60});
    hear(90, 1000, 1500);
    send(100, 1000, {roundMs: 60});
    expect(waits()).toEqual(['path 100 ms, 1 from 1']);
  });

  test('a full segment may lack forty octets for options (RFC 9293 §3.7.1)', () => {
    const after = (length: number) => {
      const {send, waits} = paced();
      send(0, 0);
      send(0, 1000, {length});
      send(50, 1000 + length);
      return waits();
    };
    expect([after(960), after(959)]).toEqual([['path 50 ms, 1 from 2'], ['program 50 ms, 1 from 3']]);
  });

  test('idle: longer than 5 ms, and afar than half of the round trip, by which its end may be wrong', () => {
    const waited = (heardMs: number, sentMs: number, roundMs = 0) => {
      const {send, hear, waits} = paced();
      send(0, 0, {roundMs});
      hear(heardMs, 1000);
      send(sentMs, 1000, {roundMs});
      return waits();
    };
    expect(waited(4, 9)).toEqual(['path 9 ms, 1 from 1']);
    expect(waited(4, 9.5)).toEqual(['program 9.5 ms, 1 from 2']);
    expect(waited(0, 150, 100)).toEqual(['path 150 ms, 1 from 1']);
    expect(waited(0, 151, 100)).toEqual(['program 151 ms, 1 from 2']);
  });

  test('what overtook it tells by its timestamp that a gap was no loss (RFC 7323 §3.2)', () => {
    const filled = (stamp: number) => {
      const {send, waits} = paced();
      send(0, 0, {roundMs: 50, stamp: 10});
      send(1, 2000, {roundMs: 50, stamp: 11});
      send(101, 1000, {roundMs: 50, stamp});
      return waits();
    };
    expect(filled(10)).toEqual(['path 101 ms, 2 from 2']);
    expect(filled(70)).toEqual(['loss 100 ms, 1 from 3', 'path 1 ms, 1 from 1']);
  });

  // RFC 5681 §3.1: two segments in a first flight, four in the next, eight in a third; a queue grows, too, while a link is busy.
  test('what takes longer than flights that double was not held back by their growth, however much was under way', () => {
    const grew = (everyMs: number, tripMs: number) => {
      const {pace, send} = paced();
      for (let n = 0; n < 15; n += 1) send(everyMs * n, 1000 * n, {tripMs});
      return pace.grewToTheEnd;
    };
    expect([grew(9, 30), grew(9, 20)]).toEqual([true, false]);
  });

  test('a gap: longer than a millisecond and than seven tenths of a round trip it was a loss', () => {
    const filled = (atMs: number, roundMs: number) => {
      const {send, waits} = paced();
      send(0, 0, {roundMs});
      send(0.5, 2000, {roundMs});
      send(atMs, 1000, {roundMs});
      return waits().join();
    };
    expect([filled(35.5, 50), filled(36, 50)]).toEqual(['path 35 ms, 1 from 2', 'loss 35.5 ms, 1 from 3']);
    expect([filled(1.5, 0), filled(2, 0)]).toEqual(['path 1 ms, 1 from 2', 'loss 1.5 ms, 1 from 3']);
  });
});
