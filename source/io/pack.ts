// Finds the files of a pack, which is a folder of lessons or a folder with lessons/ in it, with the beliefs beside the lessons.
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {kindAt, readText} from './files.ts';

export const beliefFile = 'misconceptions.yaml';

/** The largest number of lessons in a pack, because they are compiled and held in memory together. */
export const mostLessons = 500;

export type PackFiles = {
  readonly lessons: readonly string[];
  /** The YAML file of the misconceptions that the pack itself defines; absent if it defines none. */
  readonly beliefs?: string;
};

export const isFolder = (path: string): boolean => kindAt(path) === 'folder';

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort();
  } catch {
    return [];
  }
};

/** Returns the files of a pack, with the lessons in the order of their names. */
export const packFiles = (folder: string): PackFiles => {
  const below = join(folder, 'lessons');
  const place = isFolder(below) ? below : folder;
  const names = namesIn(place);
  const lessons = names.filter((name) => name !== beliefFile).map((name) => join(place, name));
  return {lessons, ...(names.includes(beliefFile) ? {beliefs: join(place, beliefFile)} : {})};
};

/** Returns the file of beliefs beside a lesson; undefined: there is none. */
export const beliefsBeside = (lesson: string): string | undefined => {
  const file = join(dirname(lesson), beliefFile);
  return existsSync(file) ? file : undefined;
};

const keyword = 'packet-tutor-pack';

/** Tells whether the folder of a lesson belongs to a pack: it has its own beliefs, or a package.json with the pack keyword. */
export const isInPack = (lesson: string): boolean => {
  const folder = dirname(lesson);
  const packages = [folder, dirname(folder)].map((each) => readText(join(each, 'package.json')));
  return (
    beliefsBeside(lesson) !== undefined || packages.some((each) => each.ok && each.value.includes(keyword))
  );
};
