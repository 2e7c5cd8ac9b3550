// What held a transfer back. Oracle: the simulator, which was given the cause: a small receive buffer, losses, a program that writes now
// and then, a path that takes long; each run is looked at from both ends and from the middle of the path.
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import type {ObservedConnection} from '../../source/observe/observed-connection.ts';
import type {Limit} from '../../source/observe/transfer-pace.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {encodeFrame, type Frame} from '../../source/wire/frame.ts';
import {inspectedFrames, reportIn, type Seen} from '../helpers/passed-capture.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';

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
  handshakeScenario().hosts.map((host) => (host.name === 'server' ? {...host, tcp: {rcvBufferBytes}} : host));

const drops = (packets: readonly number[]) =>
  packets.map((packet) => {
    const fault = parseFault(`drop@packet=${packet}`);
    if (!fault.ok) throw new Error('no fault');
    return fault.value;
  });

const runs: readonly (readonly [name: string, Scenario, Limit])[] = [
  ['a window of 8000 bytes', scenarioOf(connected(120_000), {hosts: serverWith(8000)}), 'window'],
  ['slow start on a long path', scenarioOf(connected(100_000)), 'path'],
  ['losses', scenarioOf(connected(200_000), {faults: drops([9, 20, 30, 41, 60, 61, 62])}), 'loss'],
  [
    'a program that writes 500 bytes now and then',
    scenarioOf(connected(500, {repeat: {times: 40, everyUs: 150_000}})),
    'program',
  ],
  [
    'a program that writes five segments now and then',
    scenarioOf(connected(7300, {repeat: {times: 12, everyUs: 400_000}})),
    'program',
  ],
];

const words: Readonly<Record<Limit, RegExp>> = {
  window: /limited by the receiver’s window: .* full/,
  program: /limited by the program: it sent nothing/,
  loss: /limited by loss and the congestion window/,
  path: /limited by the path’s delay, while the congestion window still grew|limited by the congestion window, the slowest link/,
};

const strongest = (connection: ObservedConnection | undefined): readonly [string, number][] =>
  Object.entries(connection?.half(connection.client).pace?.waits ?? {})
    .map(([limit, {us}]): [string, number] => [limit, us])
    .toSorted(([, a], [, b]) => b - a);

describe.each(runs)('%s', (_, scenario, limit) => {
  const trace = simulate(scenario, {source: 'test', run: 'made'});
  test.each(points)('at the %s', (point) => {
    const inspected = inspectedFrames(seenAt(trace, point));
    const [connection] = inspected.inspector.connections;
    expect(reportIn(inspected)).toMatch(words[limit]);
    expect(reportIn(inspected, 'zh')).toContain('受限于');
    const [first, second] = strongest(connection);
    expect(first?.[0]).toBe(limit);
    expect(first?.[1]).toBeGreaterThan(2 * (second?.[1] ?? 0));
  });
});
