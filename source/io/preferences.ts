// What the config file holds. Written in one piece; a file that is damaged, or of a newer version, is set aside and reported, never an
// obstacle, and nothing in it is lost.
import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import envPaths from 'env-paths';
import {type Language, languages} from '../words/catalogue/language.ts';
import {replaceFile, setAside} from './file-writing.ts';
import {codeOf, type FileError, readText} from './files.ts';

/** As stored: names are checked by whoever knows the choices. */
export type StoredPreferences = {
  readonly language?: Language;
  readonly theme?: string;
  readonly ascii?: boolean;
  readonly graphs?: string;
  readonly motion?: string;
  readonly screenReader?: boolean;
  /** The whole path of the capture that was opened last: of this machine, so it is no part of the progress that people carry along. */
  readonly lastCapture?: string;
};

/** `aside`: where the file was put; absent: it could not be moved and stays as it is. `name`: Node's code, `ENOSPC` and the like. */
export type PreferencesTrouble =
  | {readonly code: 'damaged'; readonly file: string; readonly aside?: string}
  | {readonly code: 'newer'; readonly file: string; readonly format: number; readonly aside?: string}
  | {readonly code: 'unreadable'; readonly file: string; readonly error: FileError}
  | {readonly code: 'unwritable'; readonly file: string; readonly name: string};

export type ReadPreferences = {
  readonly stored: StoredPreferences;
  readonly trouble?: PreferencesTrouble;
};

const format = 1;

const configFile = (): string => join(envPaths('packet-tutor', {suffix: ''}).config, 'config.json');

type Entries = Readonly<Record<string, unknown>>;

/** Undefined: this was never a file of settings. */
const entriesOf = (text: string): Entries | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : undefined;
  } catch {
    return undefined;
  }
};

const understood = (entries: Entries): StoredPreferences => {
  const {theme, ascii, graphs, motion, screenReader, lastCapture} = entries;
  const language = languages.find((each) => each === entries['language']);
  return {
    ...(language ? {language} : {}),
    ...(typeof theme === 'string' ? {theme} : {}),
    ...(typeof ascii === 'boolean' ? {ascii} : {}),
    ...(typeof graphs === 'string' ? {graphs} : {}),
    ...(typeof motion === 'string' ? {motion} : {}),
    ...(typeof screenReader === 'boolean' ? {screenReader} : {}),
    ...(typeof lastCapture === 'string' ? {lastCapture} : {}),
  };
};

type Read = {readonly entries: Entries; readonly trouble?: PreferencesTrouble};

const aside = (file: string, ending: string): {readonly aside?: string} => {
  const name = setAside(file, ending);
  return name === undefined ? {} : {aside: name};
};

/** What cannot be used is out of the way then: nothing is written over it. */
const read = (file: string): Read => {
  const text = readText(file);
  if (!text.ok && text.error.code === 'missing') return {entries: {}};
  if (!text.ok && text.error.code !== 'encoding')
    return {entries: {}, trouble: {code: 'unreadable', file, error: text.error}};
  const entries = text.ok ? entriesOf(text.value) : undefined;
  if (entries === undefined) return {entries: {}, trouble: {code: 'damaged', file, ...aside(file, '.bad')}};
  const {format: its} = entries;
  if (typeof its === 'number' && its > format)
    return {entries: {}, trouble: {code: 'newer', file, format: its, ...aside(file, `.v${its}`)}};
  return {entries};
};

export const readPreferences = (file = configFile()): ReadPreferences => {
  const {entries, trouble} = read(file);
  return {stored: understood(entries), ...(trouble ? {trouble} : {})};
};

const isInTheWay = (trouble: PreferencesTrouble): boolean =>
  !('aside' in trouble && trouble.aside !== undefined);

/**
 * Into what the file says by now: another copy of the program may have written meanwhile, and what this one does not know of stays.
 * A setting that cannot be kept is no reason to stop a lesson: what comes back says why.
 */
export const changePreferences = (
  changed: StoredPreferences,
  file = configFile(),
): PreferencesTrouble | undefined => {
  const {entries, trouble} = read(file);
  if (trouble && isInTheWay(trouble)) return trouble;
  try {
    mkdirSync(dirname(file), {recursive: true});
  } catch (problem) {
    return {code: 'unwritable', file, name: codeOf(problem)};
  }
  const text = `${JSON.stringify({...entries, format, ...changed}, undefined, 2)}\n`;
  const written = replaceFile(file, text);
  if (written.ok) return undefined;
  const {error} = written;
  return {code: 'unwritable', file, name: error.code === 'system' ? error.name : error.code};
};
