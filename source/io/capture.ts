// Opens captures from a file, a gzipped file or standard input, and reads them in chunks. The packets of a damaged capture that could be
// read are offered with a warning.
import {closeSync} from 'node:fs';
import {CaptureInspector} from '../observe/capture-inspector.ts';
import {type CapturedTrace, CaptureIndex} from '../observe/capture-trace.ts';
import {type FileFacts, fileFacts} from '../observe/inspection-json.ts';
import type {CaptureRecord, CaptureSecrets} from '../wire/pcap/record.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noConnection} from '../words/catalogue/reading.ts';
import {problemOf} from '../words/problem.ts';
import {standardInputName} from './capture-files.ts';
import {
  type CaptureProblem,
  type FrameTaker,
  newReading,
  readCapture,
  type Watch,
} from './capture-reading.ts';
import {
  type CaptureSource,
  namedPipe,
  type ReadBudget,
  sourceOfFile,
  standardInput,
} from './capture-source.ts';
import {nodeContentHash} from './content-hash.ts';
import {fileProblem} from './file-problem.ts';
import {openToRead, systemError} from './files.ts';

export type OpenCapture = {
  readonly trace: CapturedTrace;
  /** The TLS secrets that the capture file itself contains. */
  readonly secrets: readonly CaptureSecrets[];
  /** Holds what was observed in the capture (connections, DNS and more); application data only if `contents` was wanted. */
  readonly inspector: CaptureInspector;
  readonly warning?: CaptureProblem;
};

/** A capture that is still being read, for example from a pipe to which somebody writes. */
type Growing = {
  /** Returns the capture as far as it has been read by now. */
  now(): OpenCapture;
  /** The whole capture, once its end has been read. */
  readonly whole: Promise<Result<OpenCapture, CaptureProblem>>;
};

/**
 * Tells what a caller wants of a capture. `only`: the number of the one connection whose frames are kept. `contents`: application data is
 * inspected, too.
 */
export type Wanted = ReadBudget & {
  readonly only?: number | undefined;
  readonly contents?: boolean;
  readonly watch?: Watch;
};

/** Returns the read budget for a capture whose packets will be read again, so that its bytes are kept. */
const kept = ({mebibytes}: Wanted): ReadBudget & {readonly keep: true} => ({
  ...(mebibytes === undefined ? {} : {mebibytes}),
  keep: true,
});

const grow = (name: string, source: CaptureSource, {only, contents = false, watch}: Wanted): Growing => {
  const index = new CaptureIndex({only, contents});
  const reading = newReading(index);
  const now = (warning?: CaptureProblem): OpenCapture => {
    const trace = index.trace({source: name, read: source.read});
    return {trace, secrets: reading.reader.secrets, inspector: index.inspector, ...(warning && {warning})};
  };
  // If only one connection of a capture is wanted, the observer is told the number of its packets, not of all packets.
  const watched = watch && {...watch, read: (_: number, share?: number) => watch.read(index.taken, share)};
  const read = async (): Promise<Result<OpenCapture, CaptureProblem>> => {
    const judged = await readCapture(name, reading, source, watched);
    if (!judged.ok) return judged;
    const {connectionCount} = index;
    if (only !== undefined && only > connectionCount)
      return err({problem: problemOf(noConnection, {given: only, count: connectionCount})});
    index.inspector.finish();
    return ok(now(judged.value));
  };
  return {now: () => now(), whole: read()};
};

/** Closes the descriptor of a capture file when the `read` function of its source is garbage-collected; the menu opens many captures. */
const unread = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/**
 * Opens a capture file, calls `use` with its bytes and closes it. With `keep` an ordinary file stays open, so that its packets can be read
 * later.
 */
const withFile = async <T>(
  file: string,
  {keep, ...budget}: ReadBudget & {readonly keep: boolean},
  use: (source: CaptureSource) => Promise<Result<T, CaptureProblem>>,
): Promise<Result<T, CaptureProblem>> => {
  const opened = openToRead(file, {pipes: true});
  if (!opened.ok) return err({problem: fileProblem(file, opened.error)});
  const {descriptor, kind} = opened.value;
  const manner = {...budget, keep};
  // A pipe's descriptor is closed by the stream that reads it.
  const close = (): void => (kind === 'pipe' ? undefined : closeSync(descriptor));
  try {
    const source = kind === 'pipe' ? await namedPipe(descriptor, manner) : sourceOfFile(descriptor, manner);
    const used = await use(source);
    if (keep && kind === 'file') unread.register(source.read, descriptor);
    else close();
    return used;
  } catch (problem) {
    close();
    return err({problem: fileProblem(file, systemError(problem))});
  }
};

/** Reads a capture from standard input; what has arrived so far can be used before its end. */
export const followStdin = async (wanted: Wanted): Promise<Growing> =>
  grow(standardInputName, await standardInput(kept(wanted)), wanted);

/**
 * Opens a capture file, or standard input for `-`, and reads it to its end. The file stays open, because its packets are read from it when
 * they are shown.
 */
export const openCapture = async (
  file: string,
  wanted: Wanted = {},
): Promise<Result<OpenCapture, CaptureProblem>> =>
  file === '-'
    ? (await followStdin(wanted)).whole
    : withFile(file, kept(wanted), (source) => grow(file, source, wanted).whole);

/**
 * The result of one pass over a capture: what was observed, what the file says about itself, its TLS secrets, and a warning if it could not
 * be read to its end.
 */
export type InspectedFile = {
  readonly inspector: CaptureInspector;
  readonly facts: FileFacts;
  readonly secrets: readonly CaptureSecrets[];
  readonly warning: CaptureProblem | undefined;
};

/** The options for `inspectCapture`. `explains` (default true): it also observes what happened to segments and why they were sent. */
type Inspecting = {readonly watch?: Watch | undefined; readonly explains?: boolean | undefined};

const inspectSource = async (
  name: string,
  source: CaptureSource,
  {watch, explains = true}: Inspecting,
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const http = {newHash: nodeContentHash};
  const inspector = new CaptureInspector({explains: explains && 'if-asked', reading: http});
  const add = (record: CaptureRecord): boolean => {
    inspector.add(record);
    return true;
  };
  const taker: FrameTaker = {
    get frames() {
      return inspector.frames;
    },
    add,
  };
  const reading = newReading(taker);
  const judged = await readCapture(name, reading, source, watch);
  if (!judged.ok) return judged;
  inspector.finish();
  const {reader} = reading;
  return ok({inspector, facts: fileFacts(reader), secrets: reader.secrets, warning: judged.value});
};

/** Inspects a capture in one pass without keeping its packets, however long it is; `-` is standard input. */
export const inspectCapture = async (
  file: string,
  {watch, explains, ...budget}: ReadBudget & Inspecting = {},
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const manner = {...budget, keep: false};
  return file === '-'
    ? inspectSource(standardInputName, await standardInput(manner), {watch, explains})
    : withFile(file, manner, (source) => inspectSource(file, source, {watch, explains}));
};
