// Reads and writes a file of named entries: one JSON object with its format, written in one piece. A damaged file, or one of a newer
// version, is set aside and reported; it never stops the program, and its content is kept. A file that this program did not write stays as
// it is.
import {dirname} from 'node:path';
import {isRecord} from '../sim/canonical-json.ts';
import {makeOwnFolder, replaceFile, setAside} from './file-writing.ts';
import {codeOf, type FileError, readText} from './files.ts';

/**
 * The trouble with a file of entries. `aside`: the path to which the file was moved; absent: it could not be moved and is unchanged.
 * `name`: Node's error code, such as `ENOSPC`.
 */
export type EntriesTrouble =
  | {readonly code: 'damaged'; readonly file: string; readonly aside?: string}
  | {readonly code: 'newer'; readonly file: string; readonly format: number; readonly aside?: string}
  | {readonly code: 'unreadable'; readonly file: string; readonly error: FileError}
  | {readonly code: 'unwritable'; readonly file: string; readonly name: string}
  | {readonly code: 'foreign'; readonly file: string}
  /** The file is a symbolic link. It is read through the link, but nothing is written through it. */
  | {readonly code: 'link'; readonly file: string};

export type Entries = Readonly<Record<string, unknown>>;
type Read = {readonly entries: Entries; readonly trouble?: EntriesTrouble};

const format = 1;

export const entriesOf = (value: unknown): Entries | undefined => (isRecord(value) ? {...value} : undefined);

/**
 * Returns whether damaged text is a file of ours, which only its `format` can show. An undamaged file needs no format, since people may
 * write settings by hand.
 */
const isOurs = (text: string): boolean => /^\s*\{[\s\S]*"format"\s*:\s*\d/.test(text);

/** Returns the entries, or undefined if the text is damaged or was never such a file. */
const parsed = (text: string): Entries | undefined => {
  try {
    return entriesOf(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const aside = (file: string, ending: string): {readonly aside?: string} => {
  const name = setAside(file, ending);
  return name === undefined ? {} : {aside: name};
};

/** Reads the entries of a file. A damaged or newer file is moved aside first, so that nothing is written over it. */
export const readEntries = (file: string): Read => {
  const text = readText(file);
  if (!text.ok && text.error.code === 'missing') return {entries: {}};
  if (!text.ok && text.error.code !== 'encoding')
    return {entries: {}, trouble: {code: 'unreadable', file, error: text.error}};
  if (text.ok && text.value === '') return {entries: {}};
  const entries = text.ok ? parsed(text.value) : undefined;
  if (entries === undefined) {
    const isDamaged = text.ok && isOurs(text.value);
    const trouble = isDamaged ? ({code: 'damaged', file, ...aside(file, '.bad')} as const) : undefined;
    return {entries: {}, trouble: trouble ?? {code: 'foreign', file}};
  }
  const {format: its} = entries;
  if (typeof its === 'number' && its > format)
    return {entries: {}, trouble: {code: 'newer', file, format: its, ...aside(file, `.v${its}`)}};
  return {entries};
};

const isInTheWay = (trouble: EntriesTrouble): boolean => !('aside' in trouble && trouble.aside !== undefined);

/**
 * Changes entries in the present content of the file: another process may have written to it, and entries that are unknown here are kept.
 * Trouble is returned, not thrown, because it is no reason to stop a lesson.
 */
export const changeEntries = (
  file: string,
  change: (entries: Entries) => Entries,
): EntriesTrouble | undefined => {
  const {entries, trouble} = readEntries(file);
  if (trouble && isInTheWay(trouble)) return trouble;
  try {
    makeOwnFolder(dirname(file));
  } catch (problem) {
    return {code: 'unwritable', file, name: codeOf(problem)};
  }
  const text = `${JSON.stringify({...entries, format, ...change(entries)}, undefined, 2)}\n`;
  const written = replaceFile(file, text, {isOurs: true});
  if (written.ok) return undefined;
  const {error} = written;
  if (error.code === 'link') return {code: 'link', file};
  return {code: 'unwritable', file, name: error.code === 'system' ? error.name : error.code};
};
