// Reads a capture from its source, chunk by chunk and frame by frame, and judges how far it could be read.
import {MAX_FRAMES} from '../observe/capture-trace.ts';
import {CaptureReader} from '../wire/pcap/reader.ts';
import type {CaptureError, CaptureRecord} from '../wire/pcap/record.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {captureCut, captureDamaged, captureLong, linkTypeUnknown} from '../words/catalogue/capture-errors.ts';
import {captureBeyondBudget} from '../words/catalogue/file-size-errors.ts';
import {notACapture} from '../words/not-a-capture.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import {captureStopped} from '../words/reading.ts';
import type {CaptureSource} from './capture-source.ts';
import {systemError} from './files.ts';

export type CaptureProblem = {readonly problem: Problem; readonly place?: string};

/** An object to which the frames of a capture are given one by one while the file is read. */
export type FrameTaker = {
  readonly frames: number;
  /** Adds a frame of the capture. Returns false if no more frames are accepted, so that the reading ends. */
  add(record: CaptureRecord): boolean;
};

type Reading = {
  readonly taker: FrameTaker;
  readonly reader: CaptureReader;
  beginning: Uint8Array;
  bytes: number;
  /** The part of the capture file that has been read, from 0 to 1; undefined while the file's length is unknown. */
  share: number | undefined;
  stopped: 'frames' | 'budget' | 'unzip' | 'reader' | undefined;
};

/** The means by which a caller follows the reading of a capture and can stop it. */
export type Watch = {
  /**
   * Is called after each chunk of a capture with the number of packets so far and the part of the file that has been read (undefined if the
   * length is unknown), and with 1 when the reading ends.
   */
  read(packets: number, share: number | undefined): void;
  /** The signal whose abort ends the reading of a capture; the packets read so far are kept. */
  readonly stop?: AbortSignal;
};

/** The time in ms after which the reading of a capture lets the event loop run once, so that keys and timers are handled. */
const turnMs = 30;
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const newReading = (taker: FrameTaker): Reading => ({
  taker,
  reader: new CaptureReader(),
  beginning: new Uint8Array(0),
  bytes: 0,
  share: undefined,
  stopped: undefined,
});

/**
 * Reads the frames in a chunk of a capture. Returns false if the reading ends: because of an error, the size limit, or a taker that accepts
 * no more frames.
 */
const take = (reading: Reading, source: CaptureSource, chunk: Uint8Array): boolean => {
  const {taker, reader} = reading;
  const {spool, mostMebibytes = Number.POSITIVE_INFINITY} = source;
  if (reading.beginning.length < 4)
    reading.beginning = Buffer.concat([reading.beginning, chunk]).subarray(0, 4);
  if (reading.bytes + chunk.length > mostMebibytes * 2 ** 20) {
    reading.stopped = 'budget';
    return false;
  }
  spool?.add(chunk);
  reading.bytes += chunk.length;
  const error = reader.read(chunk, (record) => {
    const taken = taker.add(record);
    if (!taken) reading.stopped = 'frames';
    return taken;
  });
  return error === undefined && reading.stopped === undefined;
};

const readAll = async (reading: Reading, source: CaptureSource, watch?: Watch): Promise<void> => {
  const {chunks} = source;
  const stop = watch?.stop;
  // An abort also closes a pipe, because the reading would otherwise wait for the pipe's next chunk.
  stop?.addEventListener('abort', () => source.end?.(), {once: true});
  let sinceMs = performance.now();
  try {
    for await (const chunk of chunks) {
      if (!take(reading, source, chunk)) return;
      reading.share = source.share?.();
      watch?.read(reading.taker.frames, reading.share);
      if (performance.now() - sinceMs >= turnMs) {
        await aTurn();
        sinceMs = performance.now();
      }
      if (stop?.aborted) break;
    }
    if (stop?.aborted) reading.stopped = 'reader';
  } catch (problem) {
    if (stop?.aborted) reading.stopped = 'reader';
    else if (systemErrorName(problem)?.startsWith('Z_')) reading.stopped = 'unzip';
    else throw problem;
  }
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
  problem:
    error.code === 'cut'
      ? problemOf(captureCut, {file: name, packets: frames + 1, shown: frames})
      : problemOf(captureDamaged, {file: name, packets: frames, why: why(error)}),
  place: `${name}:+${error.offset}`,
});

const judge = (
  name: string,
  {taker, reader, beginning, bytes, share, stopped}: Reading,
  {mostMebibytes = 0}: CaptureSource,
): Result<CaptureProblem | undefined, CaptureProblem> => {
  const {frames} = taker;
  if (stopped === 'reader' && frames > 0) return ok({problem: captureStopped(name, frames, share)});
  const error = reader.end();
  const unusable = error?.code === 'empty' || error?.code === 'not-a-capture';
  if (unusable) return err({problem: notACapture(name, hex(beginning))});
  const [first] = reader.interfaces;
  if (first && reader.interfaces.every(({supported}) => !supported)) {
    return err({problem: problemOf(linkTypeUnknown, {file: name, linkType: first.linkType})});
  }
  if (stopped === 'frames') return ok({problem: problemOf(captureLong, {file: name, packets: MAX_FRAMES})});
  if (stopped === 'budget') {
    const problem = problemOf(captureBeyondBudget, {
      mebibytes: mostMebibytes,
      file: name,
      packets: frames,
      wider: 4 * mostMebibytes,
    });
    return frames > 0 ? ok({problem}) : err({problem});
  }
  const cut =
    stopped === 'unzip' && error === undefined
      ? ({code: 'cut', offset: bytes, frameNumber: frames + 1} as const)
      : error;
  if (cut === undefined) return ok(undefined);
  const found = damage(name, frames, cut);
  return frames > 0 ? ok(found) : err(found);
};

/** Reads a capture to its end, or as far as possible, and judges the result: an error, a warning, or undefined if all of it was read. */
export const readCapture = async (
  name: string,
  reading: Reading,
  source: CaptureSource,
  watch?: Watch,
): Promise<Result<CaptureProblem | undefined, CaptureProblem>> => {
  await readAll(reading, source, watch);
  watch?.read(reading.taker.frames, 1);
  return judge(name, reading, source);
};
