// Keeps a summary of the progress beside its log, so that a start need not read a long log. The summary says how many bytes of the log it
// covers, with their checksum. If the log is a different one, or the summary is unusable, it is made from the log again.
import {closeSync, fstatSync, readSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {crc32} from 'node:zlib';
import {beginsWithHeader, readLines} from '../quiz/progress-format.ts';
import {mergeRecords} from '../quiz/progress-record.ts';
import {addRecord, emptySummary, type Summary} from '../quiz/progress-summary.ts';
import {summaryFrom, summaryValue, summaryVersion} from '../quiz/summary-text.ts';
import {isRecord, parseJson} from '../sim/canonical-json.ts';
import {replaceFile} from './file-writing.ts';
import {openToRead, readBytes} from './files.ts';

/** The part of the log that a summary covers: the number of its first bytes, and their CRC-32. */
type Reach = {readonly bytes: number; readonly sum: number};

type Summed = {
  readonly summary: Summary;
  readonly reach: Reach;
  /**
   * The log's device, inode, size and time of change. It is empty if the log changed so recently that another write might not alter them.
   */
  readonly seen: string;
};

export const summaryFile = (log: string): string => join(dirname(log), 'progress-summary.json');

const headStart = '{"type":"progress-summary"';
/** The summary of a million answers fits into this size. */
const mostMebibytes = 64;

/** Returns whether the summary file is absent or one of ours. A file that this program did not write is not replaced. */
export const mayReplace = (file: string): boolean => {
  const there = readBytes(file, mostMebibytes);
  if (!there.ok) return there.error.code === 'missing';
  return Buffer.from(there.value.subarray(0, headStart.length)).toString() === headStart;
};

export const keepSummary = (log: string, {summary, reach, seen}: Summed): void => {
  const file = summaryFile(log);
  if (!mayReplace(file)) return;
  const body = JSON.stringify(summaryValue(summary));
  const head = {type: 'progress-summary', version: summaryVersion, ...reach, seen, check: crc32(body)};
  // A failure to write is ignored, because the next start can make the summary again.
  replaceFile(file, `${JSON.stringify(head)}\n${body}\n`, {isOurs: true});
};

const readSummary = (log: string, offsetMs: number): Summed | undefined => {
  const there = readBytes(summaryFile(log), mostMebibytes);
  if (!there.ok) return undefined;
  const [head = '', body = ''] = Buffer.from(there.value).toString().split('\n');
  const said = parseJson(head);
  if (!isRecord(said) || said['version'] !== summaryVersion || said['check'] !== crc32(body))
    return undefined;
  const {bytes, sum, seen} = said;
  const summary = summaryFrom(body);
  if (typeof bytes !== 'number' || typeof sum !== 'number' || typeof seen !== 'string') return undefined;
  return summary?.offsetMs === offsetMs ? {summary, reach: {bytes, sum}, seen} : undefined;
};

/**
 * Time in milliseconds after which a change of the log is sure to get a new time. It is longer than the time resolution of any file system.
 */
const settledMs = 3000;

const look = (descriptor: number): {readonly size: number; readonly seen: string} => {
  const {dev, ino, size, ctimeNs, ctimeMs} = fstatSync(descriptor, {bigint: true});
  const isSettled = Date.now() - Number(ctimeMs) > settledMs;
  return {size: Number(size), seen: isSettled ? `${dev} ${ino} ${size} ${ctimeNs}` : ''};
};

/** The size of a block in bytes. It is small enough that the objects made from one block are freed before the next is read. */
const blockBytes = 2 ** 19;
const lineFeed = 10;

const blockAt = (descriptor: number, at: number, size: number): Buffer => {
  const block = Buffer.allocUnsafe(Math.max(0, Math.min(blockBytes, size - at)));
  return block.subarray(0, readSync(descriptor, block, 0, block.length, at));
};

/** Returns whether the log still begins with the bytes that were summed up, and nothing has been added to the last line of these. */
const isSame = (descriptor: number, {bytes, sum}: Reach, size: number): boolean => {
  if (bytes > size) return false;
  let [found, at, last] = [0, 0, lineFeed];
  while (at < bytes) {
    const block = blockAt(descriptor, at, bytes);
    if (block.length === 0) return false;
    found = crc32(block, found);
    at += block.length;
    last = block.at(-1) ?? last;
  }
  const [next = lineFeed] = blockAt(descriptor, bytes, Math.min(size, bytes + 1));
  return found === sum && (last === lineFeed || next === lineFeed);
};

/**
 * Adds the rest of the log to the summary, block by block. Returns undefined if a record is damaged or out of order, so that the whole log
 * has to be read.
 */
const addRest = (
  descriptor: number,
  from: Reach,
  {summary, size}: {summary: Summary; size: number},
): Reach | undefined => {
  let {bytes, sum} = from;
  while (bytes < size) {
    const block = blockAt(descriptor, bytes, size);
    const isLast = bytes + block.length >= size;
    const text = (some: Buffer): string => new TextDecoder('utf-8', {ignoreBOM: bytes > 0}).decode(some);
    const lines = block.subarray(0, isLast ? block.length : block.lastIndexOf(lineFeed) + 1);
    const {records, damaged, isCut} = readLines(text(lines));
    if (lines.length === 0 || damaged > 0 || (bytes === 0 && !beginsWithHeader(text(lines))))
      return undefined;
    for (const record of mergeRecords(records)) if (!addRecord(summary, record)) return undefined;
    const whole = isCut ? lines.subarray(0, lines.lastIndexOf(lineFeed) + 1) : lines;
    [bytes, sum] = [bytes + whole.length, crc32(whole, sum)];
    if (isLast) break;
  }
  return {bytes, sum};
};

/** Returns the reach of a log that was read whole. `seen` is empty, because the log may have changed since it was read. */
export const reachOf = (log: Uint8Array): Pick<Summed, 'reach' | 'seen'> => ({
  reach: {bytes: log.length, sum: crc32(log)},
  seen: '',
});

const nothing: Reach = {bytes: 0, sum: 0};

/**
 * Returns the summary of the log as it is now, or undefined if the whole log has to be read. `isNew`: it differs from the stored summary.
 */
export const summed = (log: string, offsetMs: number): (Summed & {readonly isNew: boolean}) | undefined => {
  const opened = openToRead(log);
  if (!opened.ok) return undefined;
  const {descriptor} = opened.value;
  try {
    const {size, seen} = look(descriptor);
    const kept = readSummary(log, offsetMs);
    if (kept && seen !== '' && kept.seen === seen) return {...kept, isNew: false};
    const begun = kept && isSame(descriptor, kept.reach, size) ? kept : undefined;
    for (const {summary, reach: from} of [
      ...(begun ? [begun] : []),
      {summary: emptySummary(offsetMs), reach: nothing},
    ]) {
      const reach = addRest(descriptor, from, {summary, size});
      if (reach) return {summary, reach, seen, isNew: true};
    }
    return undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
};
