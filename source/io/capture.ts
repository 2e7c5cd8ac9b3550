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
import {fileProblem} from './file-problem.ts';
import {openToRead, systemError} from './files.ts';

export type OpenCapture = {
  readonly trace: CapturedTrace;
  /** The secrets that the capture file itself contains. */
  readonly secrets: readonly CaptureSecrets[];
  /** The findings about the capture; it has looked into application data only if that was wanted. */
  readonly inspector: CaptureInspector;
  readonly warning?: CaptureProblem;
};

/** A capture that is still being read, or that somebody is still making. */
type Growing = {
  /** Returns the part of the capture that has been read by now. */
  now(): OpenCapture;
  /** The whole capture, once its end has been read. */
  readonly whole: Promise<Result<OpenCapture, CaptureProblem>>;
};

/**
 * The parts of a capture that the caller wants. `only`: the number of the one connection whose frames are kept. `contents`: application
 * data is inspected, too.
 */
export type Wanted = ReadBudget & {
  readonly only?: number | undefined;
  readonly contents?: boolean;
  readonly watch?: Watch;
};

/** Returns the read budget of a capture whose packets will be looked at again. */
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
  // If only one connection is wanted, the number of its packets is reported in place of all packets.
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

/** Closes a file's descriptor once nobody holds the `read` function of its source any more; the menu opens many captures. */
const unread = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** Opens a file, calls `use` with it and closes it. With `keep` an ordinary file stays open for what `use` opened. */
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

/** Returns a capture from standard input that can be looked at while it is still being read. */
export const followStdin = async (wanted: Wanted): Promise<Growing> =>
  grow(standardInputName, await standardInput(kept(wanted)), wanted);

/**
 * Opens a capture; `-` is standard input. The file stays open as long as somebody may look at its packets, because they are read from it at
 * that time.
 */
export const openCapture = async (
  file: string,
  wanted: Wanted = {},
): Promise<Result<OpenCapture, CaptureProblem>> =>
  file === '-'
    ? (await followStdin(wanted)).whole
    : withFile(file, kept(wanted), (source) => grow(file, source, wanted).whole);

/** The result of reading a capture once: the findings, and what the file says about itself. */
export type InspectedFile = {
  readonly inspector: CaptureInspector;
  readonly facts: FileFacts;
  readonly secrets: readonly CaptureSecrets[];
  readonly warning: CaptureProblem | undefined;
};

/** The options for an inspection. `explains`: the findings also cover what happened to segments and why they were sent. */
type Inspecting = {readonly watch?: Watch | undefined; readonly explains?: boolean | undefined};

const inspectSource = async (
  name: string,
  source: CaptureSource,
  {watch, explains = true}: Inspecting,
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const inspector = new CaptureInspector({explains});
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

/** Inspects a capture in one pass, whatever its length; `-` is standard input. */
export const inspectCapture = async (
  file: string,
  {watch, explains, ...budget}: ReadBudget & Inspecting = {},
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const manner = {...budget, keep: false};
  return file === '-'
    ? inspectSource(standardInputName, await standardInput(manner), {watch, explains})
    : withFile(file, manner, (source) => inspectSource(file, source, {watch, explains}));
};
