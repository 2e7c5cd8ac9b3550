// Oracle: tshark's TCP analysis. Runs of all lessons with faults that chance has chosen, seen from anywhere, one behind the other in
// one capture.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {hashOf} from '../../source/sim/chance.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {allRuns, type LessonRun} from '../helpers/all-runs.ts';
import {asInSideFiles, inspectionJson} from '../helpers/inspection-json.ts';
import {readBytes} from '../wire/captures.ts';
import {tsharkMissing} from '../wire/tshark.ts';
import {framesOf, type Segment} from './oracle/tcp-frames.ts';
import {connectionsOf} from './oracle/tcp-story.ts';

/** Each has an octet of its own in its addresses. */
const runsInAll = 250;
const missing = tsharkMissing();

const runs = allRuns();

const kinds = [
  ...['drop', 'drop', 'drop', 'dup', 'dup=2ms', 'dup=300ms', 'delay=1ms', 'delay=30ms', 'delay=400ms'],
  ...['reorder=1', 'reorder=3', 'corrupt=memory', 'edit:tcp.window_size_value=0'],
];

const chosenFaults = (seed: number): readonly Fault[] =>
  Array.from({length: 1 + (hashOf(seed, 'count') % 4)}, (_, index) => {
    const kind = kinds[hashOf(seed, index, 'kind') % kinds.length];
    const fault = parseFault(`${kind}@packet=${1 + (hashOf(seed, index, 'packet') % 40)}`);
    if (!fault.ok) throw new Error(kind);
    return fault.value;
  });

/** What somebody has seen of it: a host, or one who sees each packet once. */
const seenOf = ({lesson, run}: LessonRun, seed: number): readonly CaptureRecord[] => {
  const scenario = {...scenarioOf(run), seed, faults: chosenFaults(seed)};
  const trace = simulate(scenario, {source: lesson.id, run: run.name});
  const hosts = trace.header.hosts.map(({name}) => name);
  const at = [undefined, ...hosts][hashOf(seed, 'at') % (hosts.length + 1)];
  const pieces = captureFile({trace, format: 'pcap', at, language: 'en', application: 'test'});
  return readBytes(Buffer.concat([...(pieces ?? [])])).records;
};

const marks = [
  ...['retransmissions', 'fastRetransmissions', 'duplicateAcks', 'outOfOrder', 'zeroWindow', 'keepAlives'],
  ...['resentSegments', 'sackAcks', 'zeroWindowProbes'],
];

/** Long after what came before. */
const pauseUs = 1_000_000_000;
const ethernetHeader = 14;

/** An octet of both addresses, behind Ethernet: each run in a network of its own. Checksums are left as they were. */
const octetsOf = ([version]: Uint8Array): readonly number[] =>
  (version ?? 0) >> 4 === 6 ? [13, 29] : [14, 18];

const movedTo = (network: number, record: CaptureRecord): CaptureRecord => {
  const bytes = record.bytes.slice();
  for (const at of octetsOf(bytes.subarray(ethernetHeader))) bytes[ethernetHeader + at] = network;
  return {...record, bytes};
};

const oneBehindTheOther = (parts: readonly (readonly CaptureRecord[])[]): readonly CaptureRecord[] => {
  let endUs = 0;
  return parts.flatMap((records, index) => {
    const shiftUs = endUs + pauseUs - (records[0]?.atUs ?? 0);
    const shifted = records.map((record) => movedTo(index, {...record, atUs: record.atUs + shiftUs}));
    endUs = shifted.at(-1)?.atUs ?? endUs;
    return shifted;
  });
};

const endsOf = ([one, other]: readonly [string, string]): string => [one, other].sort().join(' ');

/**
 * Ends of which one called while the other still had an older connection: that answers with a challenge ACK, and the RST for it ends the
 * older connection (RFC 9293 §3.10.7.4; RFC 5961 §4). tshark puts both to the new one: test/view/inspect-courses has these.
 */
const calledOverOlder = (segments: readonly Segment[]): ReadonlySet<string> => {
  const calls = new Map<number, {readonly from: string; readonly next: number; challenged?: number}>();
  const found = new Set<string>();
  for (const {stream, from, to, seq, ack, flags} of segments) {
    const call = calls.get(stream);
    if (flags.syn && !flags.ack) calls.set(stream, {from, next: (seq + 1) >>> 0});
    else if (call && from !== call.from && ack === call.next) calls.delete(stream);
    else if (call && from !== call.from && flags.ack && !flags.rst) call.challenged = ack;
    else if (call && from === call.from && flags.rst && seq === call.challenged)
      found.add(endsOf([from, to]));
  }
  return found;
};

test.skipIf(missing !== undefined)(
  `marks, states and counts are tshark’s, whatever is lost, late or doubled${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const parts = Array.from({length: runsInAll}, (_, index) => {
      const run = runs[hashOf(index, 'run') % runs.length];
      return run ? seenOf(run, index + 1) : [];
    });
    const records = oneBehindTheOther(parts);
    const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-faults-'));
    const file = join(folder, 'runs.pcap');
    const inspector = new CaptureInspector();
    try {
      writeFileSync(file, Buffer.concat([...encodePcap(1, records)]));
      for (const record of records) inspector.add(record);
      inspector.finish();
      const facts = {
        format: 'pcap',
        byteOrder: 'little',
        linkType: 1,
        timestampPrecision: 'micro',
        snapLength: 0,
      } as const;
      const {segments} = framesOf(file);
      const over = calledOverOlder(segments);
      const isTold = ({client, server}: {readonly client?: unknown; readonly server?: unknown}): boolean =>
        !over.has(endsOf([String(client), String(server)]));
      const theirs = connectionsOf(segments)
        .map(({connection}) => connection)
        .filter(isTold);
      // Chance has had its way: every mark is there, more than once.
      for (const mark of marks) {
        const count = theirs.reduce((sum, connection) => sum + Number(connection[mark]), 0);
        expect(count, mark).toBeGreaterThan(1);
      }
      const told = {connections: inspector.connections, dns: [], unasked: [], tls: []};
      expect(over.size).toBeLessThan(theirs.length / 100);
      const {connections} = Object(asInSideFiles(inspectionJson(facts, inspector, told)));
      expect(told.connections.length).toBe(connectionsOf(segments).length);
      expect(Array.isArray(connections) ? connections.filter(isTold) : connections).toEqual(theirs);
    } finally {
      rmSync(folder, {recursive: true});
    }
  },
);
