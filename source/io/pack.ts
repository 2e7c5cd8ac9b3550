// A pack: a folder of lessons, or a folder with lessons/ in it, and the beliefs beside them.
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {kindAt, readText} from './files.ts';

export const beliefFile = 'misconceptions.yaml';

/** They are compiled and held together. */
export const mostLessons = 500;

export type PackFiles = {
  readonly lessons: readonly string[];
  /** Absent: it has no beliefs of its own. */
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

/** In the order of their names, wherever the pack lies. */
export const packFiles = (folder: string): PackFiles => {
  const below = join(folder, 'lessons');
  const place = isFolder(below) ? below : folder;
  const names = namesIn(place);
  const lessons = names.filter((name) => name !== beliefFile).map((name) => join(place, name));
  return {lessons, ...(names.includes(beliefFile) ? {beliefs: join(place, beliefFile)} : {})};
};

/** Undefined: there are none. */
export const beliefsBeside = (lesson: string): string | undefined => {
  const file = join(dirname(lesson), beliefFile);
  return existsSync(file) ? file : undefined;
};

const keyword = 'packet-tutor-pack';

/** The folder of a lesson belongs to a pack: it has beliefs of its own, or a package.json that says so. */
export const isInPack = (lesson: string): boolean => {
  const folder = dirname(lesson);
  const packages = [folder, dirname(folder)].map((each) => readText(join(each, 'package.json')));
  return (
    beliefsBeside(lesson) !== undefined || packages.some((each) => each.ok && each.value.includes(keyword))
  );
};
