// What the pages of progress and review show, from the file and the clock.
import {exists} from '../io/files.ts';
import {interviewQuestions, lessonData, lessonIds} from '../io/lessons.ts';
import {fileOfLesson} from '../io/packs-here.ts';
import type {Progress} from '../io/progress.ts';
import type {ProgressRecord} from '../quiz/progress-record.ts';
import {openQuestionOf, type ReviewCard} from '../quiz/schedule.ts';
import {type Here, type Standing, standingOf} from '../quiz/standing.ts';
import type {Page} from '../view/quiz/progress-page.ts';
import type {Context} from './command.ts';
import {now} from './learner.ts';
import {isLessonFile} from './lesson-file.ts';
import {lessonsKnown, packBeliefs} from './packs.ts';

const here = (): Here => {
  const nowMs = now();
  return {nowMs, offsetMs: -new Date(nowMs).getTimezoneOffset() * 60_000};
};

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** Captures are asked about once, not reviewed. */
const isThereStill = (file: string | undefined): boolean =>
  file !== undefined && isLessonFile(file) && exists(file);

/** The lessons whose cards are wanted, by their ids. */
export type About = ReadonlySet<string>;

/** Whose lesson is gone, nobody can ask about: such a card waits in the file until the lesson is there again. */
const askable = (
  standing: Standing,
  records: readonly ProgressRecord[],
  about: About | undefined,
): Standing => {
  const files = new Map(records.map(({lesson, file}) => [lesson, file]));
  const ours = new Set([...lessonIds(), ...lessonData().misconceptions.map(({id}) => id)]);
  const isThere = ({lesson, name}: ReviewCard): boolean =>
    (about?.has(lesson) ?? true) &&
    (ours.has(lesson) ||
      ours.has(name) ||
      isThereStill(files.get(lesson)) ||
      fileOfLesson(lesson) !== undefined);
  return {...standing, due: standing.due.filter(isThere), later: standing.later.filter(isThere)};
};

/** Read only where something is to be said of one. */
const openQuestions = ({due, later}: Standing): Pick<Page, 'openQuestions'> =>
  [...due, ...later].some((card) => openQuestionOf(card) !== undefined)
    ? {openQuestions: new Map(interviewQuestions().map(({id, ask}) => [id, ask]))}
    : {};

/** `about`: absent, all of them. */
export const pageOf = (
  progress: Progress,
  {language, ascii}: Pick<Context, 'language' | 'ascii'>,
  about?: About,
): Page => {
  const place = here();
  const records = progress.records();
  const standing = askable(standingOf(records, place), records, about);
  const seen = standing.beliefs.map(({misconception}) => misconception);
  const ours = lessonData().misconceptions;
  const known = new Set(ours.map(({id}) => id));
  return {
    standing,
    here: place,
    language,
    ascii,
    ...openQuestions(standing),
    lessons: lessonsKnown(),
    // Of packs those that have been asked about: no other list has them.
    misconceptions: [
      ...ours,
      ...seen
        .filter((id) => !known.has(id))
        .map((id) => packBeliefs().find((each) => each.id === id) ?? {id}),
    ],
  };
};
