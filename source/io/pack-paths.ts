// Converts between the files of lessons and the paths in replay codes, which name a lesson by its pack, wherever the pack lies.
import {existsSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {foldersIn, type PackHere, packsHere} from './packs-here.ts';

const inside = ({name, folder}: PackHere, file: string): string =>
  join(name, relative(resolve(folder), resolve(file)));

const packOf = (file: string): PackHere | undefined =>
  packsHere().find(({lessons}) => lessons.some((each) => resolve(each) === resolve(file)));

/**
 * Returns the path by which a replay code names a lesson: it begins with the name of the lesson's pack. A lesson of no known pack keeps its
 * file path.
 */
export const carried = (file: string): string => {
  const pack = packOf(file);
  return pack ? inside(pack, file) : file;
};

/** Returns the name of the pack in the lesson path of a replay code; undefined if the path has only a file name. */
export const packNamedIn = (path: string): string | undefined => {
  const folder = dirname(path).replace(/[\\/]?\blessons$/, '');
  const named = isAbsolute(folder) || folder.startsWith('.') ? basename(folder) : folder;
  return /^\.*$/.test(named) ? undefined : named;
};

/** Tells whether the lesson path of a replay code names another pack than the one to which the file belongs. */
export const isOfOtherPack = (path: string, file: string): boolean => {
  const [named, here] = [packNamedIn(path), packOf(file)?.name ?? packNamedIn(file)];
  return named !== undefined && here !== undefined && named !== here;
};

/** Returns the folders near the working folder in which lessons are looked for: it, its subfolders, and the folder lessons/ in each. */
const placesHere = (): readonly string[] =>
  ['', ...foldersIn('.')].flatMap((each) => [each, join(each, 'lessons')]);

/**
 * Returns the file of the lesson that a replay code names by `path`: in its pack, at that path, or by its name in or below the working
 * folder. Undefined if there is none.
 */
export const whereLessonLies = (path: string): string | undefined => {
  const pack = packsHere().flatMap((each) => each.lessons.filter((file) => inside(each, file) === path));
  const near = () => placesHere().map((place) => join(place, path.split(/[\\/]/).at(-1) ?? ''));
  return [...pack, path].concat(existsSync(path) ? [] : near()).find((each) => existsSync(each));
};
