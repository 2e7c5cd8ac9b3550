// The lessons of the installed packs, which are read once.
import {type LessonSummary, lessonIds, lessonSummaries} from '../io/lessons.ts';
import {fileOfLesson, findPacks, lessonIdOf, packCalled} from '../io/packs-here.ts';
import type {Misconception} from '../lesson/data.ts';
import type {PackChallenge, PackLesson, ReadPacks} from './read-packs.ts';

const none: ReadPacks = {lessons: [], challenges: [], faulty: [], beliefs: [], failures: []};

let known = none;
let reading: Promise<ReadPacks> | undefined;

const readHere = async (): Promise<ReadPacks> => {
  const found = findPacks();
  // A second pack of the same name exists only if there is a first one.
  if (found.packs.length > 0) known = await (await import('./read-packs.ts')).readFound(found);
  return known;
};

/** Reads the packs once; if there are none, this only looks into two folders. */
export const packs = (): Promise<ReadPacks> => {
  reading ??= readHere();
  return reading;
};

/** Returns the program's own lessons, then those of the packs that have been read. */
export const lessonsKnown = (): readonly (LessonSummary & Partial<PackLesson>)[] => [
  ...lessonSummaries(),
  ...known.lessons,
];

/** Returns the challenges of the packs that have been read. */
export const packChallenges = (): readonly PackChallenge[] => known.challenges;

export const packBeliefs = (): readonly Misconception[] => known.beliefs;

export const packNames = (): readonly string[] => findPacks().packs.map(({name}) => name);

/** Returns the IDs of lessons, whether or not they can be read. */
export const idsKnown = (): readonly string[] => [
  ...lessonIds(),
  ...findPacks().packs.flatMap(({lessons}) => lessons.map(lessonIdOf)),
];

/** Returns the file of a pack's lesson by its ID; if `orPack`, also that of the first lesson of a pack. */
export const packFileOf = (source: string, orPack = false): string | undefined =>
  fileOfLesson(source) ?? (orPack ? packCalled(source)?.lessons[0] : undefined);
