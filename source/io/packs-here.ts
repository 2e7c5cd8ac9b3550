// Finds the packs that need not be named: those in the working folder and those in the program's own folder of packs.
import {readdirSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {packsFolder} from './data-folder.ts';
import {isOneFile, readText} from './files.ts';
import {isFolder, isInPack, packFiles} from './pack.ts';

export type PackHere = {
  /** The pack's name in its package.json, or else the name of its folder. Replay codes and lists use it. */
  readonly name: string;
  readonly folder: string;
  readonly lessons: readonly string[];
};

/** The largest number of subfolders of a folder that are searched for packs. */
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

/** Returns the pack of lessons in a folder; undefined if the folder contains no lessons. */
const packAt = (folder: string): PackHere | undefined => {
  const {lessons} = packFiles(folder);
  return lessons.length > 0 ? {name: nameOf(folder), folder, lessons} : undefined;
};

const packsIn = (place: string | undefined): readonly PackHere[] =>
  (place === undefined ? [] : foldersIn(place)).flatMap((each) => packAt(each) ?? []);

/** Tells whether a folder with lessons is marked as a pack, because not every folder with YAML files is one. */
const saysSo = ({lessons: [first = '']}: PackHere): boolean => isInPack(first);

const atHand = (): readonly PackHere[] => {
  const here = packAt('.');
  return here && saysSo(here) ? [here] : packsIn('.').filter(saysSo);
};

export type Found = {
  readonly packs: readonly PackHere[];
  /** The packs that are left out because an earlier pack has the same name: each pair is that earlier pack and the one left out. */
  readonly second: readonly (readonly [PackHere, PackHere])[];
};

/**
 * Finds the packs of lessons: those in the working folder, then the installed ones. Of two packs with the same name the first counts,
 * because somebody is probably working on the one at hand.
 */
export const findPacks = (): Found => {
  const packs = new Map<string, PackHere>();
  const second: (readonly [PackHere, PackHere])[] = [];
  for (const pack of [...atHand(), ...packsIn(packsFolder())]) {
    const first = packs.get(pack.name);
    if (first === undefined) packs.set(pack.name, pack);
    // An installed pack may be a link to the folder of the first one, and is then not reported as a second pack of the same name.
    else if (!isOneFile(first.folder, pack.folder)) second.push([first, pack]);
  }
  return {packs: [...packs.values()], second};
};

export const packsHere = (): readonly PackHere[] => findPacks().packs;

export const lessonIdOf = (file: string): string => basename(file).replace(/\.ya?ml$/i, '');

/** Returns the file of the lesson with this id, which is the file's name without its ending. */
export const fileOfLesson = (id: string): string | undefined =>
  packsHere()
    .flatMap(({lessons}) => lessons)
    .find((file) => lessonIdOf(file) === id);

/** Returns the pack with this path or this name. A path is exact, while copies of a pack have the same name. */
export const packCalled = (given: string): PackHere | undefined => {
  if (!isFolder(given)) return packsHere().find(({name}) => name === given);
  const pack = packAt(given);
  return pack && (saysSo(pack) || packsHere().some((each) => isOneFile(each.folder, pack.folder)))
    ? pack
    : undefined;
};
