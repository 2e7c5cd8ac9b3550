// Lessons as replay codes name them: by their packs, wherever these lie.
import {existsSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {foldersIn, type PackHere, packsHere} from './packs-here.ts';

const inside = ({name, folder}: PackHere, file: string): string =>
  join(name, relative(resolve(folder), resolve(file)));

const packOf = (file: string): PackHere | undefined =>
  packsHere().find(({lessons}) => lessons.some((each) => resolve(each) === resolve(file)));

/** As a replay code names a lesson: by its pack, wherever that lies; of no pack that is here, as it was opened. */
export const carried = (file: string): string => {
  const pack = packOf(file);
  return pack ? inside(pack, file) : file;
};

/** The pack that the way to a lesson names, as a replay code has it; undefined: it names a file alone. */
export const packNamedIn = (path: string): string | undefined => {
  const folder = dirname(path).replace(/[\\/]?\blessons$/, '');
  const named = isAbsolute(folder) || folder.startsWith('.') ? basename(folder) : folder;
  return /^\.*$/.test(named) ? undefined : named;
};

/** Whether the pack that the code names is another one than that of the file. */
export const isOfOtherPack = (path: string, file: string): boolean => {
  const [named, here] = [packNamedIn(path), packOf(file)?.name ?? packNamedIn(file)];
  return named !== undefined && here !== undefined && named !== here;
};

/** In the folder at hand and those one below, each a pack or none. */
const placesHere = (): readonly string[] =>
  ['', ...foldersIn('.')].flatMap((each) => [each, join(each, 'lessons')]);

/** Where a lesson lies that was called `path` elsewhere: in its pack, there, or near at hand. Undefined: nowhere. */
export const whereLessonLies = (path: string): string | undefined => {
  const pack = packsHere().flatMap((each) => each.lessons.filter((file) => inside(each, file) === path));
  const near = () => placesHere().map((place) => join(place, path.split(/[\\/]/).at(-1) ?? ''));
  return [...pack, path].concat(existsSync(path) ? [] : near()).find((each) => existsSync(each));
};
