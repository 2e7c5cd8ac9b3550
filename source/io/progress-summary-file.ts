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

/** The part of the progress log that a summary covers: the number of bytes from its start, and their CRC-32. */
type Reach = {readonly bytes: number; readonly sum: number};

type Summed = {
  readonly summary: Summary;
  readonly reach: Reach;
  /**
   * Device, inode, size and change time of the progress log, from which an unchanged log is recognized. Empty if the log changed so
   * recently that a further write might not alter them.
   */
  readonly seen: string;
};

export const summaryFile = (log: string): string => join(dirname(log), 'progress-summary.json');

const headStart = '{"type":"progress-summary"';
/** The limit in MiB on the size of the progress summary file, into which a million answers fit. */
const mostMebibytes = 64;

/** Tells whether the file for the progress summary is missing or was written by this program; otherwise it is not replaced. */
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
  // If the progress summary cannot be written, this is ignored, because the next start makes it again.
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
 * The time in ms after which the next change of the progress log certainly gets another time stamp; longer than the time resolution of any
 * file system.
 */
const settledMs = 3000;

const look = (descriptor: number): {readonly size: number; readonly seen: string} => {
  const {dev, ino, size, ctimeNs, ctimeMs} = fstatSync(descriptor, {bigint: true});
  const isSettled = Date.now() - Number(ctimeMs) > settledMs;
  return {size: Number(size), seen: isSettled ? `${dev} ${ino} ${size} ${ctimeNs}` : ''};
};

/** The size in bytes of the blocks in which a progress log is read, so small that the objects of one block are freed before the next. */
const blockBytes = 2 ** 19;
const lineFeed = 10;

const blockAt = (descriptor: number, at: number, size: number): Buffer => {
  const block = Buffer.allocUnsafe(Math.max(0, Math.min(blockBytes, size - at)));
  return block.subarray(0, readSync(descriptor, block, 0, block.length, at));
};

/** Tells whether the progress log still begins with the bytes that the summary covers, and nothing was added to the last line of these. */
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
 * Adds the records of the progress log that the summary does not cover yet. Returns undefined if one is damaged or out of order, so that
 * the whole log has to be read.
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

/**
 * Returns which part of the progress log a summary of all of it covers. `seen` is empty, because the log may have changed since it was
 * read.
 */
export const reachOf = (log: Uint8Array): Pick<Summed, 'reach' | 'seen'> => ({
  reach: {bytes: log.length, sum: crc32(log)},
  seen: '',
});

const nothing: Reach = {bytes: 0, sum: 0};

/**
 * Returns the summary of the progress log, updated with records added since it was stored; undefined if the whole log has to be read.
 * `isNew`: it differs from the stored one.
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
