// Converts between the files of lessons and the paths in replay codes, which name a lesson by its pack, wherever the pack lies.
import {existsSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {foldersIn, type PackHere, packsHere} from './packs-here.ts';

const inside = ({name, folder}: PackHere, file: string): string =>
  join(name, relative(resolve(folder), resolve(file)));

const packOf = (file: string): PackHere | undefined =>
  packsHere().find(({lessons}) => lessons.some((each) => resolve(each) === resolve(file)));

/**
 * Returns the path of a lesson for a replay code. It begins with the name of the lesson's pack; a lesson of no known pack keeps the path
 * with which it was opened.
 */
export const carried = (file: string): string => {
  const pack = packOf(file);
  return pack ? inside(pack, file) : file;
};

/** Returns the name of the pack in a replay code's path to a lesson; undefined: the path names only a file. */
export const packNamedIn = (path: string): string | undefined => {
  const folder = dirname(path).replace(/[\\/]?\blessons$/, '');
  const named = isAbsolute(folder) || folder.startsWith('.') ? basename(folder) : folder;
  return /^\.*$/.test(named) ? undefined : named;
};

/** Tells whether the path of a replay code names another pack than that of the file. */
export const isOfOtherPack = (path: string, file: string): boolean => {
  const [named, here] = [packNamedIn(path), packOf(file)?.name ?? packNamedIn(file)];
  return named !== undefined && here !== undefined && named !== here;
};

/** Returns the working folder and its subfolders, each of which may be a pack. */
const placesHere = (): readonly string[] =>
  ['', ...foldersIn('.')].flatMap((each) => [each, join(each, 'lessons')]);

/**
 * Returns the file of a lesson that a replay code calls `path`. It is looked for in its pack, at that path, and in and below the working
 * folder. Undefined: it is nowhere.
 */
export const whereLessonLies = (path: string): string | undefined => {
  const pack = packsHere().flatMap((each) => each.lessons.filter((file) => inside(each, file) === path));
  const near = () => placesHere().map((place) => join(place, path.split(/[\\/]/).at(-1) ?? ''));
  return [...pack, path].concat(existsSync(path) ? [] : near()).find((each) => existsSync(each));
};
