// Reads and writes a JSON file of named entries, such as the settings. A damaged or newer file is moved aside and reported; a file that
// this program did not write is left alone.
import {dirname} from 'node:path';
import {isRecord} from '../sim/canonical-json.ts';
import {makeOwnFolder, replaceFile, setAside} from './file-writing.ts';
import {codeOf, type FileError, readText} from './files.ts';

/**
 * Tells what is wrong with a file of named entries, such as the settings. `aside`: the path to which the file was moved; absent if it could
 * not be moved. `name`: Node's error code, such as `ENOSPC`.
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
 * Tells whether a damaged text was once a file of this program, which only its `format` shows. An undamaged file needs no `format`, because
 * people may write settings by hand.
 */
const isOurs = (text: string): boolean => /^\s*\{[\s\S]*"format"\s*:\s*\d/.test(text);

/** Parses a JSON file of named entries and returns the entries; undefined if the text is not JSON or not an object. */
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

/**
 * Reads a JSON file of named entries, such as the settings. A damaged or newer file is moved aside first, so that nothing overwrites it.
 */
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
 * Changes entries of a JSON file such as the settings. The file is read again first, because another process may have changed it; unknown
 * entries are kept. Trouble is returned, not thrown.
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
