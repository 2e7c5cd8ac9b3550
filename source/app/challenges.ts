// The challenges that can be played: the program's own, then those of packs; and the lesson of one by its ID or file.
import {challengeSummaries} from '../io/lessons.ts';
import {fileOfLesson} from '../io/packs-here.ts';
import type {ChallengeSummary} from '../lesson/challenge-summary.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {lessonOnly} from '../words/catalogue/challenge-command.ts';
import {noChallenge} from '../words/errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {isLessonFile, openLessonFile} from './lesson-file.ts';
import {ourLesson} from './our-lesson.ts';
import {packs} from './packs.ts';
import type {PackChallenge} from './read-packs.ts';

type Listed = ChallengeSummary & Partial<PackChallenge>;

export const challengesKnown = async (): Promise<readonly Listed[]> => [
  ...challengeSummaries(),
  ...(await packs()).challenges,
];

/** Returns the lesson of a challenge by its ID or file; a failure if that lesson has no challenge. */
export const challengeCalled = async (given: string): Promise<Result<Lesson, Failure>> => {
  const ours = await ourLesson(given);
  const file = isLessonFile(given) ? given : fileOfLesson(given);
  const found = ours ? ok(ours) : file === undefined ? undefined : await openLessonFile(file);
  if (found?.ok === false) return found;
  if (found?.value.challenge) return found;
  if (found) return err({...problemOf(lessonOnly, {lesson: found.value.id}), exit: 2});
  const known = (await challengesKnown()).map(({id}) => id);
  return err({...noChallenge(given, known), exit: 2});
};
