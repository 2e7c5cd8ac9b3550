// The file of progress: read with care, added to in single writes, set aside when it is damaged or of a newer version. There is no
// lock: any number of programs may answer at once, and each may be killed at any instant.
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import {progressHeader, progressLine, progressText, readProgress} from '../lesson/quiz/progress-format.ts';
import type {ProgressRecord} from '../lesson/quiz/progress-record.ts';

/** `aside`: where the file was put; absent: it could not be moved and stays as it is. `name`: Node's code, `ENOSPC` and the like. */
export type ProgressTrouble =
  | {readonly code: 'damaged'; readonly file: string; readonly aside?: string; readonly kept: number}
  | {readonly code: 'newer'; readonly file: string; readonly format: number; readonly aside?: string}
  | {readonly code: 'unreadable'; readonly file: string; readonly name: string}
  | {readonly code: 'unwritable'; readonly file: string; readonly name: string};

export type StoredProgress = {
  readonly records: readonly ProgressRecord[];
  readonly trouble?: ProgressTrouble;
};

const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : 'EIO';

/** Undefined where there is none. Devices and folders are not read: some have no end. */
const textOf = (file: string): string | undefined => {
  try {
    const stat = statSync(file);
    if (stat.isFile()) return readFileSync(file, 'utf8');
    throw Object.assign(new Error(file), {code: stat.isDirectory() ? 'EISDIR' : 'ENXIO'});
  } catch (problem) {
    if (codeOf(problem) === 'ENOENT') return undefined;
    throw problem;
  }
};

/** A name that nothing has yet: what was set aside earlier stays. */
const freeName = (wanted: string): string => {
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}${n}`;
  return name;
};

/** One file under two names, so that at no instant it has none. */
const alsoAs = (file: string, name: string): void => {
  try {
    linkSync(file, name);
  } catch {
    // File systems without links.
    copyFileSync(file, name, constants.COPYFILE_EXCL);
  }
};

const writeDurably = (file: string, text: string): void => {
  const descriptor = openSync(file, 'wx');
  try {
    writeFileSync(descriptor, text);
    // Else the name could survive a power failure without its content.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** A new file takes the place of the old one. What another program added to the old one meanwhile is carried over. */
const replaceBy = (file: string, aside: string, records: readonly ProgressRecord[]): void => {
  const partial = freeName(`${file}.${process.pid}.tmp`);
  try {
    writeDurably(partial, progressText(records));
    alsoAs(file, aside);
    renameSync(partial, file);
  } catch (problem) {
    if (existsSync(partial)) unlinkSync(partial);
    throw problem;
  }
  const later = readProgress(readFileSync(aside, 'utf8'));
  const known = new Set(records.map(({id}) => id));
  if (later.kind === 'read')
    appendProgress(
      file,
      later.records.filter(({id}) => !known.has(id)),
    );
};

const mend = (file: string, records: readonly ProgressRecord[]): ProgressTrouble => {
  const kept = records.length;
  const aside = freeName(`${file}.bad`);
  try {
    replaceBy(file, aside, records);
    return {code: 'damaged', file, aside, kept};
  } catch {
    return {code: 'damaged', file, kept};
  }
};

const setNewerAside = (file: string, format: number): ProgressTrouble => {
  const aside = freeName(`${file}.v${format}`);
  try {
    renameSync(file, aside);
    return {code: 'newer', file, format, aside};
  } catch {
    return {code: 'newer', file, format};
  }
};

export const loadProgress = (file: string): StoredProgress => {
  let text: string | undefined;
  try {
    text = textOf(file);
  } catch (problem) {
    return {records: [], trouble: {code: 'unreadable', file, name: codeOf(problem)}};
  }
  const read = readProgress(text ?? '');
  if (read.kind === 'newer') return {records: [], trouble: setNewerAside(file, read.format)};
  const {records, damaged} = read;
  return damaged === 0 ? {records} : {records, trouble: mend(file, records)};
};

/** Whether the name still stands for the file that was written to: another program may have set it aside. */
const isStill = (file: string, descriptor: number): boolean => {
  try {
    const [named, written] = [statSync(file), fstatSync(descriptor)];
    return named.ino === written.ino && named.dev === written.dev;
  } catch {
    return false;
  }
};

/**
 * Adds records in one write at the end: the system puts it behind what others write, and a kill leaves all of it or none (or, on a
 * full disk, a line that is cut off, which readers pass over). Throws what the system says; it may be called again with the same
 * records, because a record counts once.
 */
export const appendProgress = (file: string, records: readonly ProgressRecord[]): void => {
  if (records.length === 0) return;
  mkdirSync(dirname(file), {recursive: true});
  for (;;) {
    const descriptor = openSync(file, 'a');
    try {
      const header = fstatSync(descriptor).size === 0 ? progressHeader : '';
      const bytes = Buffer.from(`${header}${records.map(progressLine).join('')}`);
      if (writeSync(descriptor, bytes) < bytes.length) throw Object.assign(new Error(file), {code: 'ENOSPC'});
      if (isStill(file, descriptor)) return;
    } finally {
      closeSync(descriptor);
    }
  }
};
