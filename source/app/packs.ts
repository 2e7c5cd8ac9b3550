// The lessons of the installed packs, read once while the program runs.
import {type LessonSummary, lessonIds, lessonSummaries} from '../io/lessons.ts';
import {fileOfLesson, findPacks, lessonIdOf, packCalled} from '../io/packs-here.ts';
import type {Misconception} from '../lesson/data.ts';
import type {PackChallenge, PackLesson, ReadPacks} from './read-packs.ts';

const none: ReadPacks = {lessons: [], challenges: [], faulty: [], beliefs: [], failures: []};

let known = none;
let reading: Promise<ReadPacks> | undefined;

const readHere = async (): Promise<ReadPacks> => {
  const found = findPacks();
  // Without a pack there can be no second pack of the same name to report either.
  if (found.packs.length > 0) known = await (await import('./read-packs.ts')).readFound(found);
  return known;
};

/** Reads the installed packs at the first call; if there are none, it only looks into two folders. */
export const packs = (): Promise<ReadPacks> => {
  reading ??= readHere();
  return reading;
};

/** Returns all lessons that can be opened: the program's own, then those of the packs read so far. */
export const lessonsKnown = (): readonly (LessonSummary & Partial<PackLesson>)[] => [
  ...lessonSummaries(),
  ...known.lessons,
];

/** Returns the challenges of the packs that have been read. */
export const packChallenges = (): readonly PackChallenge[] => known.challenges;

export const packBeliefs = (): readonly Misconception[] => known.beliefs;

export const packNames = (): readonly string[] => findPacks().packs.map(({name}) => name);

/** Returns the IDs of all lessons, of the program and of packs, also of lessons that cannot be read. */
export const idsKnown = (): readonly string[] => [
  ...lessonIds(),
  ...findPacks().packs.flatMap(({lessons}) => lessons.map(lessonIdOf)),
];

/** Returns the file of a pack's lesson by its ID; with `orPack`, a pack's name gives its first lesson. Undefined if there is none. */
export const packFileOf = (source: string, orPack = false): string | undefined =>
  fileOfLesson(source) ?? (orPack ? packCalled(source)?.lessons[0] : undefined);
