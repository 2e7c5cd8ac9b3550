// What pins all that `inspect --json` and `show --json` say of the recorded captures among the fixtures, and `show --json` of each
// run of the lessons, by itself and with faults; the captures by themselves, and with frames missing, altered and cut short. Whoever
// changes one of them sees which.
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {traceLines} from '../source/account/trace-json.ts';
import {openCaptureFrom} from '../source/app/open-capture.ts';
import {KeyRing, quicKeysFor} from '../source/app/open-secrets.ts';
import {inspectCapture} from '../source/io/capture.ts';
import type {Lesson} from '../source/lesson/lesson.ts';
import {allRuns} from '../source/lesson/run-variant.ts';
import {allShown, inspection} from '../source/observe/inspection-json.ts';
import {capturedQuic} from '../source/observe/quic-captured.ts';
import {capturedTls} from '../source/observe/tls-captured.ts';
import type {Fault} from '../source/sim/fault.ts';
import {parseFault} from '../source/sim/fault-text.ts';
import type {Trace} from '../source/sim/trace.ts';
import {CaptureReader} from '../source/wire/pcap/reader.ts';
import type {CaptureRecord} from '../source/wire/pcap/record.ts';
import {encodePcap} from '../source/wire/pcap/writer.ts';
import {json} from '../source/words/written.ts';
import {traceOf} from './simulate.ts';

export const captureFolders = ['captures', 'captures-made', 'captures-today', 'inspected'];
/** What goes wrong somewhere in a run: some of these, one at a time, and several losses at once. */
const faults = [
  ...['drop', 'delay=200ms', 'dup', 'reorder=1', 'edit:tcp.ack_raw=500', 'corrupt=memory', 'delay=4s'],
  ...['edit:tcp.flags=4', 'reorder=3', 'edit:tcp.window_size_value=0', 'dup=2s', 'edit:tcp.flags=17'],
];
const faultsOfRun = 3;

export type Pinned = {readonly name: string; readonly digest: () => string | Promise<string>};

export const digestOf = (lines: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex').slice(0, 16);
};

/** Yields what `show --json` prints, without the name of the file, which depends on the folder, and without the hosts' labels, which are texts of a language. */
function* shownLines(trace: Trace): Generator<string, void> {
  for (const line of traceLines(trace, {title: '', notes: []}))
    yield json.value({
      ...line,
      ...('source' in line && {source: ''}),
      ...('hosts' in line && {hosts: line.hosts.map((host) => ({...host, label: undefined}))}),
    });
}

export const keysBeside = (path: string): string | undefined => {
  const file = path.replace(/\.pcap(ng)?$/, '.keys');
  return existsSync(file) ? file : undefined;
};

const inspectedLines = async (path: string, keylog: string | undefined): Promise<readonly string[]> => {
  const read = await inspectCapture(path, {explains: false});
  if (!read.ok) return ['unreadable'];
  const {inspector, facts, secrets} = read.value;
  const keys = await new KeyRing(keylog).keys(secrets);
  if (!keys.ok) return ['no keys'];
  const quicKeys = await quicKeysFor(inspector, keys.value);
  const quic = quicKeys ? capturedQuic(inspector, quicKeys) : [];
  const shown = allShown(inspector, capturedTls(inspector.connections, keys.value), quic);
  return Object.entries(inspection(facts, inspector, shown)).map(
    ([name, value]) => `${name} ${json.value(value)}`,
  );
};

const linesOf = async (path: string, keylog: string | undefined): Promise<readonly string[]> => {
  const opened = await openCaptureFrom(path, {keylog});
  const shown = opened.ok ? shownLines(opened.value.trace) : [];
  return [...(await inspectedLines(path, keylog)), ...shown];
};

/** One bit in each 64 octets of every other frame, behind the first header. */
const altered = (bytes: Uint8Array, nth: number): Uint8Array =>
  nth % 2 === 0
    ? bytes
    : bytes.map((byte, at) =>
        at > 14 && (at * 31 + nth * 7) % 64 === 0 ? byte ^ (1 << ((nth + at) % 8)) : byte,
      );

const damages: readonly ((records: readonly CaptureRecord[]) => readonly CaptureRecord[])[] = [
  (records) => records.filter((_, nth) => nth % 3 !== 1),
  (records) => records.map((record, nth) => ({...record, bytes: altered(record.bytes, nth)})),
  (records) =>
    records.map((record, nth) => ({...record, bytes: record.bytes.subarray(0, 54 + ((37 * nth) % 97))})),
];

/** The same file with frames missing, altered, cut short. */
const damagedLines = async (
  path: string,
  records: readonly [CaptureRecord, ...CaptureRecord[]],
): Promise<readonly string[]> => {
  const scratch = mkdtempSync(join(tmpdir(), 'damaged-'));
  const file = join(scratch, basename(path));
  const lines: string[] = [];
  try {
    for (const damage of damages) {
      writeFileSync(file, Buffer.concat([...encodePcap(records[0].linkType, damage(records))]));
      lines.push(...(await linesOf(file, keysBeside(path))));
    }
  } finally {
    rmSync(scratch, {recursive: true});
  }
  return lines;
};

export const pinnedCaptures = (root: string): readonly Pinned[] =>
  captureFolders.flatMap((folder) =>
    readdirSync(join(root, 'test/fixtures', folder))
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .flatMap((name) => {
        const path = join(root, 'test/fixtures', folder, name);
        const [first, ...rest] = new CaptureReader().push(readFileSync(path)).records;
        const whole = {name, digest: async () => digestOf(await linesOf(path, keysBeside(path)))};
        // Of what cannot be read nothing is left to damage.
        if (!first) return [whole];
        const damaged = async () => digestOf(await damagedLines(path, [first, ...rest]));
        return [whole, {name: `${name}, damaged`, digest: damaged}];
      }),
  );

/** A longer run takes its time: it is asked for the losses alone. */
const mostPackets = 200;

/** Of the run that is the `nth` of its lesson. */
export const faultsIn = (nth: number, packetCount: number): readonly (readonly Fault[])[] => {
  const at = (fault: string, place: number): Fault => {
    const parsed = parseFault(`${fault}@packet=${1 + (place % packetCount)}`);
    if (!parsed.ok) throw new Error(fault);
    return parsed.value;
  };
  const losses = [5, 6, 8].map((place) => at('drop', 3 * nth + place));
  const ones = faults
    .slice((faultsOfRun * nth) % faults.length)
    .slice(0, faultsOfRun)
    .map((fault, place) => [at(fault, 7 * nth + 3 + 13 * place)]);
  return packetCount > mostPackets ? [losses] : [losses, ...ones];
};

export const pinnedRunsOf = (lesson: Lesson): readonly Pinned[] =>
  allRuns(lesson).flatMap((run, nth) => [
    {name: `${lesson.id} ${run.name}`, digest: async () => digestOf(shownLines(traceOf(lesson, run)))},
    {
      name: `${lesson.id} ${run.name}, with faults`,
      digest: async () => {
        const {packetCount} = traceOf(lesson, run);
        return digestOf(
          faultsIn(nth, packetCount).flatMap((added) => [
            ...shownLines(traceOf(lesson, {...run, faults: [...run.faults, ...added]})),
          ]),
        );
      },
    },
  ]);
