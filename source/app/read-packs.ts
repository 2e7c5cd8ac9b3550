// Reads the lessons of packs: those that can be played, and those that cannot, with place and remedy. It is not loaded if there are no
// packs.
import {packsPlace} from '../io/data-folder.ts';
import type {LessonSummary} from '../io/lessons.ts';
import {mostLessons} from '../io/pack.ts';
import {type Found, type PackHere, packCalled} from '../io/packs-here.ts';
import {type ChallengeSummary, challengeSummary} from '../lesson/challenge-summary.ts';
import type {Misconception} from '../lesson/data.ts';
import {challengeTrack} from '../lesson/tracks.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noPack, twoPacks} from '../words/catalogue/packs.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {readLessonFile} from './read-lesson-file.ts';

export type PackLesson = LessonSummary & {readonly pack: string; readonly file: string};

/** A file of a pack that is no valid lesson, with its first fault. */
type FaultyLesson = {
  readonly pack: string;
  readonly file: string;
  readonly failure: Failure;
};

/** A challenge of a pack. A file whose track is that of challenges does not count as a lesson of the pack. */
export type PackChallenge = ChallengeSummary & {readonly pack: string; readonly file: string};

export type ReadPacks = {
  readonly lessons: readonly PackLesson[];
  readonly challenges: readonly PackChallenge[];
  readonly faulty: readonly FaultyLesson[];
  readonly beliefs: readonly Misconception[];
  /** The failures about whole packs, such as two packs of the same name. */
  readonly failures: readonly Failure[];
};

/** Joins lists of beliefs, keeping one of each ID, because all lessons of a pack bring the pack's beliefs. */
const together = (lists: readonly (readonly Misconception[])[]): readonly Misconception[] => [
  ...new Map(lists.flat().map((each) => [each.id, each])).values(),
];

/** Reads the lessons, challenges and beliefs of packs. A faulty lesson is returned with its fault and does not affect the others. */
export const readPacks = async (packs: readonly PackHere[]): Promise<ReadPacks> => {
  const lessons: PackLesson[] = [];
  const challenges: PackChallenge[] = [];
  const faulty: FaultyLesson[] = [];
  const beliefs: (readonly Misconception[])[] = [];
  const elsewhere = new Map<string, string>();
  const files = packs.flatMap(({name, lessons: own}) => own.map((file) => ({pack: name, file})));
  for (const {pack, file} of files.slice(0, mostLessons)) {
    const read = await readLessonFile(file, undefined, elsewhere);
    if (read.ok) {
      const {id, title, summary, track, minutes, rfc, requires} = read.value;
      if (track !== challengeTrack)
        lessons.push({id, title, summary, track, minutes, rfc, requires, pack, file});
      const challenge = challengeSummary(read.value);
      if (challenge) challenges.push({...challenge, pack, file});
      elsewhere.set(id, file);
      beliefs.push(read.value.beliefs ?? []);
    } else {
      const [failure] = read.error;
      if (failure) faulty.push({pack, file, failure});
    }
  }
  return {lessons, challenges, faulty, beliefs: together(beliefs), failures: []};
};

/** Reads all packs that were found, and reports those that are left out. */
export const readFound = async ({packs, second}: Found): Promise<ReadPacks> => {
  const failures = second.map(
    ([{name, folder}, other]): Failure => ({
      ...problemOf(twoPacks, {name, folder, other: other.folder}),
      exit: 2,
    }),
  );
  return {...(await readPacks(packs)), failures};
};

export const packNamed = (given: string): Result<PackHere, Failure> => {
  const pack = packCalled(given);
  return pack ? ok(pack) : err({...problemOf(noPack, {given, folder: packsPlace()}), exit: 2});
};
