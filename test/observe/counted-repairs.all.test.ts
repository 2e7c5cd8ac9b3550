// Repairs that a sender took back, and quick ACKs. Oracle: counters and socket options of the kernels that were captured
// (test/fixtures/repairs/README.md).
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import * as z from 'zod/mini';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {bearingOf} from '../../source/observe/vantage.ts';
import {marksSeen} from '../../source/words/capture.ts';
import {readBytes} from '../wire/captures.ts';

const folder = fileURLToPath(new URL('../fixtures/repairs/', import.meta.url));
const at = z.enum(['client', 'server']);
const undone = z.array(z.object({port: z.number(), at, client: z.number(), server: z.number()}));
const schema = z.object({
  undone,
  late: undone,
  rate: z.array(
    z.object({port: z.number(), at, control: z.enum(['cubic', 'reno', 'bbr']), recoveries: z.number()}),
  ),
  quick: z.array(z.object({port: z.number(), at, kind: z.enum(['delayed', 'quick'])})),
});
const counted = schema.parse(JSON.parse(readFileSync(`${folder}counted.json`, 'utf8')));

const connectionsOf = (name: string): ReadonlyMap<number, ObservedConnection> => {
  const index = new CaptureIndex();
  for (const record of readBytes(gunzipSync(readFileSync(`${folder}${name}.pcap.gz`))).records)
    index.add(record);
  return new Map(
    index.inspector.connections.map((connection) => [connection.ends[connection.client].port, connection]),
  );
};

type Reasons = ReturnType<ObservedConnection['reasons']>;

/** Tells whether the reasons of an end that was captured at its own host have it. */
const isKnownOf = (connection: ObservedConnection | undefined, has: (reasons: Reasons) => boolean): boolean =>
  ([0, 1] as const).some(
    (side) =>
      connection !== undefined &&
      bearingOf(connection.flightTimes.rounds)?.exact[side] === true &&
      has(connection.reasons(side)),
  );

test.each([
  {kind: 'undone', recordings: 60, all: 5},
  // Timeouts that came too early, and reordering without timestamps.
  {kind: 'late', recordings: 50, all: 27},
] as const)(
  // Only what a kernel undid is called undone, and at its own end all of it.
  'undone as there: $kind',
  ({kind, recordings, all}) => {
    const connections = connectionsOf(kind);
    let named = 0;
    for (const {port, at: place, client, server} of counted[kind]) {
      const told = isKnownOf(connections.get(port), ({signs}) => signs.undone > 0);
      expect(told, `port ${port}`).toBe((place === 'client' ? client : server) > 0);
      const reasons = connections.get(port)?.reasons(0);
      if (kind === 'late' && place === 'client') expect(reasons?.signs.undone, `port ${port}`).toBe(client);
      named += told ? 1 : 0;
    }
    expect(counted[kind]).toHaveLength(recordings);
    expect(named).toBe(all);
  },
);

test('of 40 recordings PRR is named in no more recoveries than the kernel had, and never of BBR, which goes without', () => {
  const connections = connectionsOf('rate');
  let [named, recoveries] = [0, 0];
  for (const {port, at: place, control, recoveries: had} of counted.rate) {
    const connection = connections.get(port);
    const count = connection ? (connection.reasons(connection.client).signs.rate?.count ?? 0) : -1;
    const isHere = place === 'client' && control !== 'bbr';
    expect(count, `port ${port}`).toBeGreaterThanOrEqual(0);
    expect(count, `port ${port}`).toBeLessThanOrEqual(isHere ? had : 0);
    named += count;
    recoveries += isHere ? had : 0;
  }
  expect(counted.rate).toHaveLength(40);
  expect([named, recoveries]).toEqual([9, 28]);
});

test('Why? says it of the packets that show it, and of none afar', () => {
  const said = (kind: 'undone' | 'late' | 'rate', about: string): number => {
    const file = gunzipSync(readFileSync(`${folder}${kind}.pcap.gz`));
    const index = new CaptureIndex();
    for (const record of readBytes(file).records) index.add(record);
    const trace = index.trace({source: kind, read: (at, n) => new Uint8Array(file.subarray(at, at + n))});
    const marks = Array.from({length: trace.packetCount}, (_, n) => trace.packet(n + 1).marks ?? 0);
    return marks.filter((each) => marksSeen(each, 'en').some((text) => text.includes(about))).length;
  };
  expect([said('undone', 'D-SACK has now'), said('undone', 'late and not lost')]).toEqual([0, 5]);
  expect([said('late', 'D-SACK has now'), said('late', 'late and not lost')]).toEqual([21, 14]);
  expect(said('rate', 'PRR')).toBe(166);
});

test('of 40 recordings ACKs are called quick where the kernel may send them, and never where it may not', () => {
  const connections = connectionsOf('quick');
  let named = 0;
  for (const {port, at: place, kind} of counted.quick) {
    const connection = connections.get(port);
    const told = [0, 1].some((side) => (connection?.reasons(side === 0 ? 0 : 1).quickAcks.count ?? 0) > 0);
    // Afar nobody knows how long an ACK waited.
    expect(told, `port ${port}`).toBe(kind === 'quick' && place === 'client');
    named += told ? 1 : 0;
  }
  expect(counted.quick).toHaveLength(40);
  expect(named).toBe(10);
});
