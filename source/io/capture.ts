// Captures from a file, a gzipped file or standard input, read in chunks; what could be read is offered with a warning.
import {createHash, type Hash} from 'node:crypto';
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import process from 'node:process';
import {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {CaptureInspector} from '../observe/capture-inspector.ts';
import {type CapturedTrace, CaptureIndex, MAX_FRAMES, type ReadBytes} from '../observe/capture-trace.ts';
import type {FileFacts} from '../observe/inspection-json.ts';
import {
  captureCut,
  captureDamaged,
  captureLong,
  linkTypeUnknown,
  noFile,
  notACapture,
  type Problem,
  tooLarge,
  unreadable,
} from '../present/text/errors.ts';
import {CaptureReader} from '../wire/pcap/reader.ts';
import type {CaptureError, CaptureRecord, CaptureSecrets} from '../wire/pcap/record.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {systemError} from './files.ts';

export type CaptureProblem = {readonly problem: Problem; readonly place?: string};

export type OpenCapture = {
  readonly trace: CapturedTrace;
  /** Those that the file itself holds. */
  readonly secrets: readonly CaptureSecrets[];
  readonly warning?: CaptureProblem;
};

const chunkBytes = 1024 * 1024;

/** What comes through a pipe or out of gzip can be read only once, so it is kept, up to this. */
const spoolMebibytes = 256;

/** What has passed, so that packets can be read again. */
class Spool {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** False when it is full. */
  add(chunk: Uint8Array): boolean {
    if (this.#length + chunk.length > spoolMebibytes * 2 ** 20) return false;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return true;
  }

  readonly read: ReadBytes = (offset, length) => {
    const bytes = new Uint8Array(length);
    let start = 0;
    for (const chunk of this.#chunks) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + chunk.length);
      if (from < to) bytes.set(chunk.subarray(from - start, to - start), from - offset);
      start += chunk.length;
      if (start >= offset + length) break;
    }
    return bytes;
  };
}

function* fileChunks(descriptor: number): Generator<Uint8Array, void> {
  for (let offset = 0; ; ) {
    const chunk = new Uint8Array(chunkBytes);
    const count = readSync(descriptor, chunk, 0, chunkBytes, offset);
    if (count === 0) return;
    offset += count;
    yield chunk.subarray(0, count);
  }
}

const readFrom =
  (descriptor: number): ReadBytes =>
  (offset, length) => {
    const bytes = new Uint8Array(length);
    readSync(descriptor, bytes, 0, length, offset);
    return bytes;
  };

type Source = {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly spool: Spool | undefined;
  readonly read: ReadBytes;
};

const readNothing: ReadBytes = (_, length) => new Uint8Array(length);

const gunzipped = (chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, keep: boolean): Source => {
  const spool = keep ? new Spool() : undefined;
  const packed = Readable.from(chunks);
  const unpacked = createGunzip({chunkSize: 64 * 1024});
  // An error on the way in ends the unpacking where it is; what came before it is still a capture.
  packed.on('error', (problem) => unpacked.destroy(problem));
  return {chunks: packed.pipe(unpacked), spool, read: spool?.read ?? readNothing};
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const sourceOfFile = (descriptor: number, keep: boolean): Source => {
  const beginning = readFrom(descriptor)(0, 2);
  if (isGzip(beginning)) return gunzipped(fileChunks(descriptor), keep);
  // A named pipe cannot be read twice.
  if (!fstatSync(descriptor).isFile()) return sourceOfStream(Readable.from(fileChunks(descriptor)), keep);
  return {chunks: fileChunks(descriptor), spool: undefined, read: readFrom(descriptor)};
};

const sourceOfStream = (chunks: AsyncIterable<Uint8Array>, keep: boolean): Source => {
  const spool = keep ? new Spool() : undefined;
  return {chunks, spool, read: spool?.read ?? readNothing};
};

/** What takes the frames of a capture, one by one. */
type FrameTaker = {
  readonly frames: number;
  /** False once the capture is longer than it takes. */
  add(record: CaptureRecord): boolean;
};

type Reading = {
  readonly taker: FrameTaker;
  readonly reader: CaptureReader;
  readonly hash: Hash | undefined;
  beginning: Uint8Array;
  bytes: number;
  stopped: 'frames' | 'spool' | 'unzip' | undefined;
};

/** False where there is no use in reading on. */
const take = (reading: Reading, spool: Spool | undefined, chunk: Uint8Array): boolean => {
  const {taker, reader, hash} = reading;
  if (reading.beginning.length < 4)
    reading.beginning = Buffer.concat([reading.beginning, chunk]).subarray(0, 4);
  if (spool?.add(chunk) === false) {
    reading.stopped = 'spool';
    return false;
  }
  hash?.update(chunk);
  reading.bytes += chunk.length;
  const {records, error} = reader.push(chunk);
  for (const record of records) {
    if (!taker.add(record)) {
      reading.stopped = 'frames';
      return false;
    }
  }
  return error === undefined;
};

const readAll = async ({chunks, spool}: Source, taker: FrameTaker, hash?: Hash): Promise<Reading> => {
  const reading: Reading = {
    taker,
    reader: new CaptureReader(),
    hash,
    beginning: new Uint8Array(0),
    bytes: 0,
    stopped: undefined,
  };
  try {
    for await (const chunk of chunks) if (!take(reading, spool, chunk)) break;
  } catch (problem) {
    if (systemErrorName(problem)?.startsWith('Z_')) reading.stopped = 'unzip';
    else throw problem;
  }
  return reading;
};

const systemErrorName = (problem: unknown): string | undefined => {
  const error = systemError(problem);
  return error.code === 'system' ? error.name : undefined;
};

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

const why = (error: CaptureError): string => {
  if (error.code === 'malformed') return `${error.field}`;
  return error.code === 'too-long' ? `length ${error.length}` : error.code;
};

const damage = (name: string, frames: number, error: CaptureError): CaptureProblem => ({
  problem: error.code === 'cut' ? captureCut(name, frames) : captureDamaged(name, frames, why(error)),
  place: `${name}:+${error.offset}`,
});

const judge = (
  name: string,
  {taker, reader, beginning, bytes, stopped}: Reading,
): Result<CaptureProblem | undefined, CaptureProblem> => {
  const {frames} = taker;
  const error = reader.end();
  const unusable = error?.code === 'empty' || error?.code === 'not-a-capture';
  if (unusable) return err({problem: notACapture(name, hex(beginning))});
  const [first] = reader.interfaces;
  if (first && reader.interfaces.every(({supported}) => !supported)) {
    return err({problem: linkTypeUnknown(name, first.linkType)});
  }
  if (stopped === 'frames') return ok({problem: captureLong(name, MAX_FRAMES)});
  if (stopped === 'spool')
    return frames > 0
      ? ok({problem: captureLong(name, frames)})
      : err({problem: tooLarge(name, spoolMebibytes)});
  const cut =
    stopped === 'unzip' && error === undefined
      ? ({code: 'cut', offset: bytes, frameNumber: frames + 1} as const)
      : error;
  if (cut === undefined) return ok(undefined);
  const found = damage(name, frames, cut);
  return frames > 0 ? ok(found) : err(found);
};

/** Reads it whole for `taker`; nothing is kept to be read again but what `source` keeps. */
const readFor = async (
  name: string,
  source: Source,
  taker: FrameTaker,
  hash?: Hash,
): Promise<Result<Reading & {readonly warning: CaptureProblem | undefined}, CaptureProblem>> => {
  const reading = await readAll(source, taker, hash);
  const judged = judge(name, reading);
  return judged.ok ? ok({...reading, warning: judged.value}) : judged;
};

const finish = async (name: string, source: Source): Promise<Result<OpenCapture, CaptureProblem>> => {
  const index = new CaptureIndex();
  const hash = createHash('sha256');
  const read = await readFor(name, source, index, hash);
  if (!read.ok) return read;
  const {reader, warning} = read.value;
  const trace = index.trace({source: name, sourceDigest: hash.digest('hex'), read: source.read});
  return ok({trace, secrets: reader.secrets, ...(warning && {warning})});
};

/** `use` has the file as long as it runs; what it opens stays open where `keep` says so. */
const withFile = async <T>(
  file: string,
  keep: boolean,
  use: (source: Source) => Promise<Result<T, CaptureProblem>>,
): Promise<Result<T, CaptureProblem>> => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isDirectory()) return err({problem: unreadable(file, 'EISDIR')});
    const used = await use(sourceOfFile(descriptor, keep));
    if (!keep) closeSync(descriptor);
    return used;
  } catch (problem) {
    if (descriptor !== undefined) closeSync(descriptor);
    const error = systemError(problem);
    return err({problem: error.code === 'system' ? unreadable(file, error.name) : noFile(file)});
  }
};

/** The descriptor of a readable file stays open as long as the program: packets are read from it when they are looked at. */
export const openCapture = (file: string): Promise<Result<OpenCapture, CaptureProblem>> =>
  withFile(file, true, (source) => finish(file, source));

/** Its name for people, and what comes through it; `keep`: to be read again. */
const standardInput = async (keep: boolean): Promise<Source> => {
  const input: AsyncIterable<Uint8Array> = process.stdin;
  const iterator = input[Symbol.asyncIterator]();
  const first = await iterator.next();
  const chunks = (async function* () {
    if (first.done !== true) yield first.value;
    yield* {[Symbol.asyncIterator]: () => iterator};
  })();
  const gzip = first.done !== true && isGzip(first.value);
  return gzip ? gunzipped(chunks, keep) : sourceOfStream(chunks, keep);
};

const standardInputName = 'standard input';

export const captureFromStdin = async (): Promise<Result<OpenCapture, CaptureProblem>> =>
  finish(standardInputName, await standardInput(true));

/** What was read of a capture that was looked at once, and what the file says about itself. */
export type InspectedFile = {
  readonly inspector: CaptureInspector;
  readonly facts: FileFacts;
  readonly secrets: readonly CaptureSecrets[];
  readonly warning: CaptureProblem | undefined;
};

const factsOf = ({header, interfaces, format}: CaptureReader): FileFacts => ({
  format: format ?? 'pcap',
  byteOrder: header?.endian ?? 'little',
  timestampPrecision: header?.nanoseconds ? 'nano' : 'micro',
  linkType: interfaces[0]?.linkType,
  snapLength: interfaces[0]?.snapLength ?? 0,
});

const inspectSource = async (
  name: string,
  source: Source,
): Promise<Result<InspectedFile, CaptureProblem>> => {
  const inspector = new CaptureInspector();
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
  const read = await readFor(name, source, taker);
  if (!read.ok) return read;
  inspector.finish();
  const {reader, warning} = read.value;
  return ok({inspector, facts: factsOf(reader), secrets: reader.secrets, warning});
};

/** In one pass, whatever its length; `-` is standard input. */
export const inspectCapture = async (file: string): Promise<Result<InspectedFile, CaptureProblem>> =>
  file === '-'
    ? inspectSource(standardInputName, await standardInput(false))
    : withFile(file, false, (source) => inspectSource(file, source));
