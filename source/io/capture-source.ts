// Provides the bytes of a capture from a file, a gzip file, a pipe or standard input. Bytes that can be read only once are kept in memory
// if packets are to be read again.
import {fstatSync, readSync} from 'node:fs';
import {Socket} from 'node:net';
import process from 'node:process';
import {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import type {ReadBytes} from '../observe/capture-trace.ts';

const chunkBytes = 1024 * 1024;

/** The limit on the bytes of a capture that are read from a pipe or unpacked from gzip; a plain file has no limit. */
export type ReadBudget = {
  /** The limit in MiB. @default 256 if the bytes are kept in memory; otherwise 1024 for unpacked gzip, and no limit for a pipe */
  readonly mebibytes?: number;
};

/** The default limit in MiB for the bytes of a capture that are kept in memory, because a pipe or gzip yields them only once. */
const keptMebibytes = 256;
/** The default limit in MiB for bytes unpacked from a gzip capture that are not kept: gzip can shrink two thousand octets to two. */
const unpackedMebibytes = 1024;

/**
 * The bytes of a capture in memory, from which packets can be read again. They are kept in blocks of one size, because a pipe delivers tiny
 * chunks.
 */
class Spool {
  readonly #blocks: Uint8Array[] = [];
  #length = 0;

  add(chunk: Uint8Array): void {
    for (let taken = 0; taken < chunk.length; ) {
      const into = this.#length % chunkBytes;
      if (into === 0) this.#blocks.push(new Uint8Array(chunkBytes));
      const part = chunk.subarray(taken, taken + chunkBytes - into);
      this.#blocks.at(-1)?.set(part, into);
      taken += part.length;
      this.#length += part.length;
    }
  }

  readonly read: ReadBytes = (offset, length) => {
    const bytes = new Uint8Array(length);
    const end = Math.min(offset + length, this.#length);
    for (let at = offset; at < end; ) {
      const into = at % chunkBytes;
      const part = this.#blocks[Math.floor(at / chunkBytes)]?.subarray(into, into + end - at);
      if (part === undefined) break;
      bytes.set(part, at - offset);
      at += part.length;
    }
    return bytes;
  };
}

/** The position in a capture file up to which its bytes have been read. */
type Place = {offset: number};

function* fileChunks(descriptor: number, place: Place): Generator<Uint8Array, void> {
  for (;;) {
    const chunk = new Uint8Array(chunkBytes);
    const count = readSync(descriptor, chunk, 0, chunkBytes, place.offset);
    if (count === 0) return;
    place.offset += count;
    yield chunk.subarray(0, count);
  }
}

/** The number of bytes that one read of a capture file fetches, because the packets that are shown lie near each other. */
const blockBytes = 64 * 1024;

const readFrom = (descriptor: number): ReadBytes => {
  const block = new Uint8Array(blockBytes);
  let [start, end] = [0, 0];
  return (offset, length) => {
    const bytes = new Uint8Array(length);
    if (length > blockBytes) {
      readSync(descriptor, bytes, 0, length, offset);
      return bytes;
    }
    if (offset < start || offset + length > end) {
      start = offset;
      end = offset + readSync(descriptor, block, 0, blockBytes, offset);
    }
    bytes.set(block.subarray(offset - start, Math.min(offset - start + length, end - start)));
    return bytes;
  };
};

export type CaptureSource = {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly spool: Spool | undefined;
  readonly read: ReadBytes;
  /** The limit in MiB at which the reading of a capture ends; absent if there is none. */
  readonly mostMebibytes?: number;
  /** Returns the part of a capture file that has been read, from 0 to 1; absent if its length is unknown. */
  readonly share?: () => number;
  /** Closes the pipe of a capture, from which nothing more may come for a long time. */
  readonly end?: () => void;
};

const readNothing: ReadBytes = (_, length) => new Uint8Array(length);

/** How a capture is read. `keep`: bytes that can be read only once are kept in memory, so that packets can be read again. */
type Manner = ReadBudget & {readonly keep: boolean};

const gunzipped = (
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  {keep, mebibytes = keep ? keptMebibytes : unpackedMebibytes}: Manner,
): CaptureSource => {
  const spool = keep ? new Spool() : undefined;
  const packed = Readable.from(chunks);
  const unpacked = createGunzip({chunkSize: 64 * 1024});
  // An error while a gzip capture is read ends the unpacking; the bytes unpacked before it are used.
  packed.on('error', (problem) => unpacked.destroy(problem));
  return {
    chunks: packed.pipe(unpacked),
    spool,
    read: spool?.read ?? readNothing,
    mostMebibytes: mebibytes,
  };
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export const sourceOfFile = (descriptor: number, manner: Manner): CaptureSource => {
  const beginning = readFrom(descriptor)(0, 2);
  const place = {offset: 0};
  const chunks = fileChunks(descriptor, place);
  const {size} = fstatSync(descriptor);
  const share = (): number => Math.min(1, place.offset / Math.max(1, size));
  if (isGzip(beginning)) return {...gunzipped(chunks, manner), share};
  return {chunks, spool: undefined, read: readFrom(descriptor), share};
};

const sourceOfStream = (chunks: AsyncIterable<Uint8Array>, {keep, mebibytes}: Manner): CaptureSource => {
  const spool = keep ? new Spool() : undefined;
  const most = mebibytes ?? (keep ? keptMebibytes : undefined);
  return {
    chunks,
    spool,
    read: spool?.read ?? readNothing,
    ...(most === undefined ? {} : {mostMebibytes: most}),
  };
};

const sourceOfInput = async (input: Readable, manner: Manner): Promise<CaptureSource> => {
  const pieces: AsyncIterable<Uint8Array> = input;
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  const chunks = (async function* () {
    if (first.done !== true) yield first.value;
    yield* {[Symbol.asyncIterator]: () => iterator};
  })();
  const gzip = first.done !== true && isGzip(first.value);
  const end = (): void => void input.destroy();
  return {...(gzip ? gunzipped(chunks, manner) : sourceOfStream(chunks, manner)), end};
};

export const standardInput = (manner: Manner): Promise<CaptureSource> => sourceOfInput(process.stdin, manner);

/**
 * Reads a named pipe through a socket, which waits in the event loop. A file stream would wait in a thread, and the program could not exit.
 */
export const namedPipe = (descriptor: number, manner: Manner): Promise<CaptureSource> =>
  sourceOfInput(new Socket({fd: descriptor, readable: true, writable: false}), manner);
