// The packs that are there without being named: where the program is called, and in its own folder of packs.
import {readdirSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {packsFolder} from './data-folder.ts';
import {isOneFile, readText} from './files.ts';
import {isFolder, isInPack, packFiles} from './pack.ts';

export type PackHere = {
  /** What its package.json calls it, else its folder: replay codes and lists go by it. */
  readonly name: string;
  readonly folder: string;
  readonly lessons: readonly string[];
};

/** Of a folder with thousands of folders the first. */
const mostFolders = 200;

export const foldersIn = (place: string): readonly string[] => {
  try {
    return readdirSync(place)
      .filter((name) => !name.startsWith('.') && name !== 'node_modules')
      .sort()
      .slice(0, mostFolders)
      .map((name) => join(place, name))
      .filter(isFolder);
  } catch {
    return [];
  }
};

const statedName = (folder: string): string | undefined => {
  const text = readText(join(folder, 'package.json'));
  try {
    const {name}: {readonly name?: unknown} = text.ok ? (JSON.parse(text.value) ?? {}) : {};
    return typeof name === 'string' && name.trim() !== '' ? name : undefined;
  } catch {
    return undefined;
  }
};

const nameOf = (folder: string): string => {
  const place = resolve(folder);
  const whole = basename(place) === 'lessons' ? dirname(place) : place;
  return statedName(whole) ?? (basename(whole) || whole);
};

/** Undefined: there are no lessons in it. */
const packAt = (folder: string): PackHere | undefined => {
  const {lessons} = packFiles(folder);
  return lessons.length > 0 ? {name: nameOf(folder), folder, lessons} : undefined;
};

const packsIn = (place: string | undefined): readonly PackHere[] =>
  (place === undefined ? [] : foldersIn(place)).flatMap((each) => packAt(each) ?? []);

/** Not every folder with YAML in it is one. */
const saysSo = ({lessons: [first = '']}: PackHere): boolean => isInPack(first);

const atHand = (): readonly PackHere[] => {
  const here = packAt('.');
  return here && saysSo(here) ? [here] : packsIn('.').filter(saysSo);
};

export type Found = {
  readonly packs: readonly PackHere[];
  /** Left out: another one of that name comes before. */
  readonly second: readonly (readonly [PackHere, PackHere])[];
};

/** What lies at hand goes before what was put away: somebody works on it. */
export const findPacks = (): Found => {
  const packs = new Map<string, PackHere>();
  const second: (readonly [PackHere, PackHere])[] = [];
  for (const pack of [...atHand(), ...packsIn(packsFolder())]) {
    const first = packs.get(pack.name);
    if (first === undefined) packs.set(pack.name, pack);
    // It may be put away by a link.
    else if (!isOneFile(first.folder, pack.folder)) second.push([first, pack]);
  }
  return {packs: [...packs.values()], second};
};

export const packsHere = (): readonly PackHere[] => findPacks().packs;

export const lessonIdOf = (file: string): string => basename(file).replace(/\.ya?ml$/i, '');

/** By its id, which is the file's name. */
export const fileOfLesson = (id: string): string | undefined =>
  packsHere()
    .flatMap(({lessons}) => lessons)
    .find((file) => lessonIdOf(file) === id);

/** By the way to its folder, or by name: copies of it may have the same. */
export const packCalled = (given: string): PackHere | undefined => {
  if (!isFolder(given)) return packsHere().find(({name}) => name === given);
  const pack = packAt(given);
  return pack && (saysSo(pack) || packsHere().some((each) => isOneFile(each.folder, pack.folder)))
    ? pack
    : undefined;
};
