// The lessons of the packs that are here, read once: what can be played, and what cannot, with its place and remedy.
import {packsFolder} from '../io/data-folder.ts';
import {type LessonSummary, lessonIds, lessonSummaries} from '../io/lessons.ts';
import {mostLessons} from '../io/pack.ts';
import {fileOfLesson, findPacks, lessonIdOf, type PackHere, packCalled} from '../io/packs-here.ts';
import type {Misconception} from '../lesson/data.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noPack, twoPacks} from '../words/catalogue/packs.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {readLessonFile} from './lesson-file.ts';

export type PackLesson = LessonSummary & {readonly pack: string; readonly file: string};

/** A file that is no lesson as it stands, and the first thing that is wrong with it. */
type FaultyLesson = {
  readonly pack: string;
  readonly file: string;
  readonly failure: Failure;
};

export type ReadPacks = {
  readonly lessons: readonly PackLesson[];
  readonly faulty: readonly FaultyLesson[];
  readonly beliefs: readonly Misconception[];
  /** What is wrong with packs as such. */
  readonly failures: readonly Failure[];
};

const none: ReadPacks = {lessons: [], faulty: [], beliefs: [], failures: []};

/** By their ids; the same one of several lessons of a pack is the same. */
const together = (lists: readonly (readonly Misconception[])[]): readonly Misconception[] => [
  ...new Map(lists.flat().map((each) => [each.id, each])).values(),
];

/** A lesson with faults costs itself only. */
export const readPacks = async (packs: readonly PackHere[]): Promise<ReadPacks> => {
  const lessons: PackLesson[] = [];
  const faulty: FaultyLesson[] = [];
  const beliefs: (readonly Misconception[])[] = [];
  const elsewhere = new Map<string, string>();
  const files = packs.flatMap(({name, lessons: own}) => own.map((file) => ({pack: name, file})));
  for (const {pack, file} of files.slice(0, mostLessons)) {
    const read = await readLessonFile(file, undefined, elsewhere);
    if (read.ok) {
      const {id, title, summary, track, minutes, rfc, requires} = read.value;
      lessons.push({id, title, summary, track, minutes, rfc, requires, pack, file});
      elsewhere.set(id, file);
      beliefs.push(read.value.beliefs ?? []);
    } else {
      const [failure] = read.error;
      if (failure) faulty.push({pack, file, failure});
    }
  }
  return {lessons, faulty, beliefs: together(beliefs), failures: []};
};

let known = none;
let reading: Promise<ReadPacks> | undefined;

const readHere = async (): Promise<ReadPacks> => {
  const {packs, second} = findPacks();
  const failures = second.map(
    ([{name, folder}, other]): Failure => ({
      ...problemOf(twoPacks, {name, folder, other: other.folder}),
      exit: 2,
    }),
  );
  known = {...(await readPacks(packs)), failures};
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

export const packNamed = (given: string): Result<PackHere, Failure> => {
  const pack = packCalled(given);
  return pack ? ok(pack) : err({...problemOf(noPack, {given, folder: packsFolder()}), exit: 2});
};

/** The file of a lesson that is none of ours, by its id; `orPack`: or the first of a pack. */
export const packFileOf = (source: string, orPack = false): string | undefined =>
  fileOfLesson(source) ?? (orPack ? packCalled(source)?.lessons[0] : undefined);
