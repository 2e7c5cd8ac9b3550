// Captures from a file, a gzipped file or standard input, read in chunks; what could be read is offered with a warning.
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
  /** Those that the file itself holds. */
  readonly secrets: readonly CaptureSecrets[];
  /** What was found in it; what programs say only where that was wanted. */
  readonly inspector: CaptureInspector;
  readonly warning?: CaptureProblem;
};

/** A capture that is still being read, or that somebody is still making. */
type Growing = {
  /** What has been read by now. */
  now(): OpenCapture;
  /** All of it, once no more comes. */
  readonly whole: Promise<Result<OpenCapture, CaptureProblem>>;
};

/** `only`: of all frames those of one connection, by its number. `contents`: what programs say is wanted, too. */
export type Wanted = ReadBudget & {
  readonly only?: number | undefined;
  readonly contents?: boolean;
  readonly watch?: Watch;
};

/** It is to be looked at again. */
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
  // Of a capture of which one connection is wanted its packets count.
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

/** Whoever may still read a file holds its `read`: once nobody does, the menu opens other captures with the descriptor. */
const unread = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** `use` has the file as long as it runs; what it opens stays open where `keep` says so. */
const withFile = async <T>(
  file: string,
  {keep, ...budget}: ReadBudget & {readonly keep: boolean},
  use: (source: CaptureSource) => Promise<Result<T, CaptureProblem>>,
): Promise<Result<T, CaptureProblem>> => {
  const opened = openToRead(file, {pipes: true});
  if (!opened.ok) return err({problem: fileProblem(file, opened.error)});
  const {descriptor, kind} = opened.value;
  const manner = {...budget, keep};
  // A pipe's descriptor belongs to the stream that empties it.
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

/** Reads on while what came is looked at. */
export const followStdin = async (wanted: Wanted): Promise<Growing> =>
  grow(standardInputName, await standardInput(kept(wanted)), wanted);

/** `-`: standard input. A file stays open as long as somebody may look at its packets: they are read from it then. */
export const openCapture = async (
  file: string,
  wanted: Wanted = {},
): Promise<Result<OpenCapture, CaptureProblem>> =>
  file === '-'
    ? (await followStdin(wanted)).whole
    : withFile(file, kept(wanted), (source) => grow(file, source, wanted).whole);

/** What was read of a capture that was looked at once, and what the file says about itself. */
export type InspectedFile = {
  readonly inspector: CaptureInspector;
  readonly facts: FileFacts;
  readonly secrets: readonly CaptureSecrets[];
  readonly warning: CaptureProblem | undefined;
};

/** `explains`: what became of segments and why they were sent, too. */
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

/** In one pass, whatever its length; `-` is standard input. */
export const inspectCapture = async (
  file: string,
  {watch, explains, ...budget}: ReadBudget & Inspecting = {},
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const manner = {...budget, keep: false};
  return file === '-'
    ? inspectSource(standardInputName, await standardInput(manner), {watch, explains})
    : withFile(file, manner, (source) => inspectSource(file, source, {watch, explains}));
};
