// Lists the captures in a folder, and completes a path that is being typed. The work has a bound, however large the folder is.
import {type Dirent, opendirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Completion} from '../view/captures/offer.ts';
import {kindAt} from './files.ts';
import {expanded, unquoted} from './typed-path.ts';

/** The largest number of entries of a folder that are searched for captures. */
const mostEntries = 20_000;
/** The largest number of captures in a folder whose size and time of change are looked up. */
const mostAsked = 4000;
const mostNames = 200;

/** The name that a capture from a pipe is given. Such a capture can be read only once. */
export const standardInputName = 'standard input';

export const hasCaptureName = (file: string): boolean => /\.(pcap|pcapng|cap)(\.gz)?$/i.test(file);

/**
 * Returns the path of the TLS key log beside a capture with the same name (`a.keys` or `a.keylog` beside `a.pcap`), without reading it;
 * undefined if there is none.
 */
export const keyLogBeside = (capture: string): string | undefined => {
  if (!hasCaptureName(capture)) return undefined;
  const name = capture.replace(/\.gz$/i, '').replace(/\.[^.]+$/, '');
  return ['.keys', '.keylog'].map((ending) => `${name}${ending}`).find((file) => kindAt(file) === 'file');
};

export type CaptureFile = {readonly path: string; readonly bytes: number; readonly changedMs: number};

/** Returns the entries of a folder; an empty list if the folder cannot be read. */
const entriesOf = (folder: string): readonly Dirent[] => {
  const entries: Dirent[] = [];
  try {
    const directory = opendirSync(folder);
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        entries.push(entry);
        if (entries.length === mostEntries) break;
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    return entries;
  }
  return entries;
};

const statOf = (path: string) => {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
};

/** Returns the captures in a folder, in no particular order. */
export const capturesIn = (folder: string): readonly CaptureFile[] =>
  entriesOf(folder)
    .filter(({name}) => hasCaptureName(name))
    .slice(0, mostAsked)
    .flatMap(({name}) => {
      const path = join(folder, name);
      const stat = statOf(path);
      return stat?.isFile() ? [{path, bytes: stat.size, changedMs: stat.mtimeMs}] : [];
    });

const commonStart = (names: readonly string[]): string => {
  const [first = '', ...others] = names;
  const characters = [...first];
  for (const other of others) {
    const theirs = [...other];
    let same = 0;
    while (same < characters.length && characters[same] === theirs[same]) same += 1;
    characters.length = same;
  }
  return characters.join('');
};

/** Returns the names of folders and captures in a folder that begin with the text typed so far, sorted; those of folders end in a slash. */
const namesLike = (folder: string, begun: string): readonly string[] =>
  entriesOf(folder === '' ? '.' : folder)
    .filter(({name}) => name.startsWith(begun) && (begun.startsWith('.') || !name.startsWith('.')))
    .flatMap((entry) => {
      const {name} = entry;
      const isFolder = entry.isSymbolicLink() ? kindAt(join(folder, name)) === 'folder' : entry.isDirectory();
      if (isFolder) return [`${name}/`];
      return hasCaptureName(name) ? [name] : [];
    })
    .toSorted((one, other) => (one < other ? -1 : 1));

export const completionOf = (typed: string): Completion => {
  const text = unquoted(typed.trimStart());
  if (text === '~') return {text: '~/', names: [], more: 0};
  const [folder = ''] = /^.*[\\/]/s.exec(text) ?? [];
  const names = namesLike(expanded(folder), text.slice(folder.length));
  if (names.length === 0) return {text: typed, names, more: 0};
  if (names.length === 1) return {text: `${folder}${names[0]}`, names: [], more: 0};
  return {
    text: `${folder}${commonStart(names)}`,
    names: names.slice(0, mostNames),
    more: Math.max(0, names.length - mostNames),
  };
};
