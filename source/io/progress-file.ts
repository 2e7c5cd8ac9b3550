// Reads the file of progress, adds to it in single writes, and moves it aside when it is damaged or of a newer version. There is no lock:
// any number of processes may write at once, and each may be killed at any instant.
import {closeSync, constants, fstatSync, openSync, type Stats, statSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {
  type ProgressText,
  progressHeader,
  progressLine,
  progressText,
  readProgress,
} from '../quiz/progress-format.ts';
import type {ProgressRecord} from '../quiz/progress-record.ts';
import {type Summary, summaryOf} from '../quiz/progress-summary.ts';
import {ok, type Result} from '../wire/result.ts';
import {isLink, makeOwnFolder, nameAside, ownFileMode, replaceFile, setAside} from './file-writing.ts';
import {type FileError, readBytes} from './files.ts';
import {keepSummary, reachOf, summed} from './progress-summary-file.ts';

/**
 * The trouble with a file of progress. `aside`: the path to which the file was moved; absent: it could not be moved and is unchanged.
 * `name`: Node's error code, such as `ENOSPC`.
 */
export type ProgressTrouble =
  | {readonly code: 'damaged'; readonly file: string; readonly aside?: string; readonly kept: number}
  | {readonly code: 'newer'; readonly file: string; readonly format: number; readonly aside?: string}
  | {readonly code: 'unreadable'; readonly file: string; readonly error: FileError}
  | {readonly code: 'unwritable'; readonly file: string; readonly name: string}
  /** This program did not write the file. It stays as it is, and no answer is kept. */
  | {readonly code: 'foreign'; readonly file: string}
  /** The file is a symbolic link. It is read through the link, but nothing is written through it. */
  | {readonly code: 'link'; readonly file: string}
  /** The system names no folder for the progress. */
  | {readonly code: 'nowhere'};

export type StoredProgress = {
  readonly summary: Summary;
  /** Returns all records of the progress, oldest first. They are read when this is called, because most pages need only the summary. */
  readonly records: () => readonly ProgressRecord[];
  readonly trouble?: ProgressTrouble;
};

/** The size in bytes from which a summary is kept beside the progress log; a shorter log is read as fast as its summary. */
const longLog = 65_536;

/** The limit on the size of the progress log in MiB; years of answers take a few MiB. */
const mostMebibytes = 256;

/** Reads the bytes of the progress log; a missing file counts as empty. */
const bytesOf = (file: string): Result<Uint8Array, FileError> => {
  const bytes = readBytes(file, mostMebibytes);
  return bytes.ok || bytes.error.code !== 'missing' ? bytes : ok(new Uint8Array());
};

const readIn = (bytes: Uint8Array): ProgressText => readProgress(new TextDecoder().decode(bytes));

const recordsIn = (file: string): readonly ProgressRecord[] => {
  const bytes = bytesOf(file);
  const read = bytes.ok ? readIn(bytes.value) : undefined;
  return read?.kind === 'read' ? read.records : [];
};

/**
 * Replaces a damaged progress log by a new one and keeps the old one under the name `aside`. Records that another process added to it
 * meanwhile are copied to the new log.
 */
const replaceBy = (file: string, aside: string, records: readonly ProgressRecord[]): boolean => {
  if (!replaceFile(file, progressText(records), {keepAs: aside, isOurs: true}).ok) return false;
  const known = new Set(records.map(({id}) => id));
  appendProgress(
    file,
    recordsIn(aside).filter(({id}) => !known.has(id)),
  );
  return true;
};

const mend = (file: string, records: readonly ProgressRecord[]): ProgressTrouble => {
  const kept = records.length;
  const aside = nameAside(file, '.bad');
  try {
    return {code: 'damaged', file, kept, ...(replaceBy(file, aside, records) ? {aside} : {})};
  } catch {
    return {code: 'damaged', file, kept};
  }
};

const setNewerAside = (file: string, format: number): ProgressTrouble => {
  const aside = setAside(file, `.v${format}`);
  return {code: 'newer', file, format, ...(aside === undefined ? {} : {aside})};
};

type Whole = {
  readonly records: readonly ProgressRecord[];
  /** The bytes of the progress log; absent if the log could not be used. */
  readonly bytes?: Uint8Array;
  readonly trouble?: ProgressTrouble;
};

const loadWhole = (file: string): Whole => {
  const bytes = bytesOf(file);
  if (!bytes.ok) return {records: [], trouble: {code: 'unreadable', file, error: bytes.error}};
  const read = readIn(bytes.value);
  if (read.kind === 'foreign') return {records: [], trouble: {code: 'foreign', file}};
  if (read.kind === 'newer') return {records: [], trouble: setNewerAside(file, read.format)};
  const {records, damaged} = read;
  return damaged > 0 ? {records, trouble: mend(file, records)} : {records, bytes: bytes.value};
};

/** Loads the progress from its log or the summary beside it. `least`: the size of the log in bytes from which a summary is kept. */
export const loadProgress = (
  file: string,
  {offsetMs, least = longLog}: {readonly offsetMs: number; readonly least?: number},
): StoredProgress => {
  const link = isLink(file) ? ({trouble: {code: 'link', file}} as const) : {};
  const found = summed(file, offsetMs);
  if (found) {
    if (found.isNew && found.reach.bytes >= least) keepSummary(file, found);
    return {summary: found.summary, records: () => recordsIn(file), ...link};
  }
  const {records, bytes, trouble} = loadWhole(file);
  const summary = summaryOf(records, offsetMs);
  // A progress log without records gets no summary: it may lack its header as well, and records added later would hide that.
  if (bytes && bytes.length >= least && records.length > 0) keepSummary(file, {summary, ...reachOf(bytes)});
  return {summary, records: () => records, ...(trouble ? {trouble} : link)};
};

const isOne = (one: Stats, other: Stats): boolean => one.ino === other.ino && one.dev === other.dev;

/** Tells whether the path still belongs to the opened progress log, which another process may have moved aside. */
const isStill = (file: string, descriptor: number): boolean => {
  try {
    return isOne(statSync(file), fstatSync(descriptor));
  } catch {
    return false;
  }
};

const {O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0} = constants;
/** The flags for adding to the log. They make a pipe that nobody reads an error, where a write would otherwise wait. */
const appending = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOFOLLOW;

/** Writes all bytes at once, at this position or at the end. A full disk takes only a part of them, which counts as an error. */
const writeOnce = (descriptor: number, text: string, position?: number): void => {
  const bytes = Buffer.from(text);
  if (writeSync(descriptor, bytes, 0, bytes.length, position) < bytes.length)
    throw Object.assign(new Error('the disk is full'), {code: 'ENOSPC'});
};

/**
 * Writes the header to the start of the opened log, which is empty. Processes that do this at the same time write the same bytes to the
 * same place, so the log gets one header, and before any record. Returns false if the path belongs to another file by now.
 */
const isBegun = (file: string, empty: number): boolean => {
  // On Linux, a descriptor that was opened for appending ignores the position.
  const descriptor = openSync(file, appending & ~O_APPEND, ownFileMode);
  try {
    if (!isOne(fstatSync(empty), fstatSync(descriptor))) return false;
    writeOnce(descriptor, progressHeader, 0);
    return true;
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Adds records in one write at the end. The system puts them after the writes of other processes, and after a kill the file contains all of
 * them or none. A full disk can leave a cut line, which readers skip. Throws the system's error; a second call with the same records is
 * safe, because a record counts once.
 */
export const appendProgress = (file: string, records: readonly ProgressRecord[]): void => {
  if (records.length === 0) return;
  makeOwnFolder(dirname(file));
  for (;;) {
    const descriptor = openSync(file, appending, ownFileMode);
    try {
      const stat = fstatSync(descriptor);
      if (stat.isFIFO()) throw Object.assign(new Error(file), {code: 'ENXIO'});
      if (stat.size === 0 && !isBegun(file, descriptor)) continue;
      writeOnce(descriptor, records.map(progressLine).join(''));
      if (isStill(file, descriptor)) return;
    } finally {
      closeSync(descriptor);
    }
  }
};
