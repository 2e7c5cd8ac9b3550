// What pins all that `inspect --json` and `show --json` say of the recorded captures among the fixtures, and `show --json` of each
// run of the lessons, by itself and with one fault: whoever changes one of them sees which.
import {createHash} from 'node:crypto';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {traceLines} from '../source/account/trace-json.ts';
import {openCaptureFrom} from '../source/app/open-capture.ts';
import {KeyRing, quicKeysFor} from '../source/app/open-secrets.ts';
import {inspectCapture} from '../source/io/capture.ts';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import {allRuns} from '../source/lesson/run-variant.ts';
import {allShown, inspectionMembers, isList} from '../source/observe/inspection-json.ts';
import {capturedQuic} from '../source/observe/quic-captured.ts';
import {capturedTls} from '../source/observe/tls-captured.ts';
import {parseFault} from '../source/sim/fault-text.ts';
import type {Trace} from '../source/sim/trace.ts';
import {json} from '../source/words/written.ts';
import {simulate} from './simulate.ts';

const folders = ['captures', 'captures-made', 'captures-today', 'inspected'];
/** Places in a run at which something goes wrong, one of these for each. */
const faults = ['drop', 'delay=200ms', 'dup', 'reorder=1', 'edit:tcp.ack_raw=500', 'corrupt=memory'];

export type Pinned = {readonly name: string; readonly digest: () => Promise<string>};

const digestOf = (lines: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex').slice(0, 16);
};

/** Without the name of a file, which depends on where one stands. */
function* shownLines(trace: Trace): Generator<string, void> {
  for (const line of traceLines(trace, {title: '', notes: []}))
    yield json.value({...line, ...('source' in line && {source: ''})});
}

const keysBeside = (path: string): string | undefined => {
  const file = path.replace(/\.pcap(ng)?$/, '.keys');
  return existsSync(file) ? file : undefined;
};

const inspectedLines = async (path: string, keylog: string | undefined): Promise<readonly string[]> => {
  const read = await inspectCapture(path);
  if (!read.ok) return ['unreadable'];
  const {inspector, facts, secrets} = read.value;
  const keys = await new KeyRing(keylog).keys(secrets);
  if (!keys.ok) return ['no keys'];
  const quicKeys = await quicKeysFor(inspector, keys.value);
  const quic = quicKeys ? capturedQuic(inspector, quicKeys) : [];
  const shown = allShown(inspector, capturedTls(inspector.connections, keys.value), quic);
  return inspectionMembers(facts, inspector, shown).map(([name, value]) => {
    const whole = isList(value) ? Array.from({length: value.length}, (_, at) => value.entry(at)) : value;
    return `${name} ${json.value(whole)}`;
  });
};

export const pinnedCaptures = (root: string): readonly Pinned[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, 'test/fixtures', folder))
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .map((name) => ({
        name,
        digest: async () => {
          const path = join(root, 'test/fixtures', folder, name);
          const keylog = keysBeside(path);
          const opened = await openCaptureFrom(path, {keylog});
          const shown = opened.ok ? shownLines(opened.value.trace) : [];
          return digestOf([...(await inspectedLines(path, keylog)), ...shown]);
        },
      })),
  );

const traceOf = ({id}: Lesson, run: Run): Trace => simulate(scenarioOf(run), {source: id, run: run.name});

export const pinnedRunsOf = (lesson: Lesson): readonly Pinned[] =>
  allRuns(lesson).flatMap((run, nth) => [
    {name: `${lesson.id} ${run.name}`, digest: async () => digestOf(shownLines(traceOf(lesson, run)))},
    {
      name: `${lesson.id} ${run.name}, one fault`,
      digest: async () => {
        const {packetCount} = traceOf(lesson, run);
        const fault = parseFault(
          `${faults[nth % faults.length]}@packet=${1 + ((7 * nth + 3) % packetCount)}`,
        );
        if (!fault.ok) throw new Error(`${lesson.id} ${run.name}`);
        return digestOf(shownLines(traceOf(lesson, {...run, faults: [...run.faults, fault.value]})));
      },
    },
  ]);
