// The lessons of the packs that are here, read once.
import {type LessonSummary, lessonIds, lessonSummaries} from '../io/lessons.ts';
import {fileOfLesson, findPacks, lessonIdOf, packCalled} from '../io/packs-here.ts';
import type {Misconception} from '../lesson/data.ts';
import type {PackLesson, ReadPacks} from './read-packs.ts';

const none: ReadPacks = {lessons: [], faulty: [], beliefs: [], failures: []};

let known = none;
let reading: Promise<ReadPacks> | undefined;

const readHere = async (): Promise<ReadPacks> => {
  const found = findPacks();
  // Two of one name are there only beside a first one.
  if (found.packs.length > 0) known = await (await import('./read-packs.ts')).readFound(found);
  return known;
};

/** Once; without packs this costs a look into two folders. */
export const packs = (): Promise<ReadPacks> => {
  reading ??= readHere();
  return reading;
};

/** Ours, then those of the packs that have been read. */
export const lessonsKnown = (): readonly (LessonSummary & Partial<PackLesson>)[] => [
  ...lessonSummaries(),
  ...known.lessons,
];

export const packBeliefs = (): readonly Misconception[] => known.beliefs;

export const packNames = (): readonly string[] => findPacks().packs.map(({name}) => name);

/** Ids of lessons, whether they can be read or not. */
export const idsKnown = (): readonly string[] => [
  ...lessonIds(),
  ...findPacks().packs.flatMap(({lessons}) => lessons.map(lessonIdOf)),
];

/** The file of a lesson that is none of ours, by its id; `orPack`: or the first of a pack. */
export const packFileOf = (source: string, orPack = false): string | undefined =>
  fileOfLesson(source) ?? (orPack ? packCalled(source)?.lessons[0] : undefined);
