// Builds the app's pages of progress and review from the progress file and the current time.
import {exists} from '../io/files.ts';
import {interviewQuestions, lessonData, lessonIds} from '../io/lessons.ts';
import {offsetAt, type Progress} from '../io/progress.ts';
import type {Here, Summary} from '../quiz/progress-summary.ts';
import {openQuestionOf, type ReviewCard} from '../quiz/schedule.ts';
import {type Standing, standingIn} from '../quiz/standing.ts';
import type {Page} from '../view/quiz/progress-page.ts';
import type {Context} from './command.ts';
import {now} from './learner.ts';
import {isLessonFile} from './lesson-file.ts';
import {idsKnown, lessonsKnown, packBeliefs} from './packs.ts';

const here = (): Here => {
  const nowMs = now();
  return {nowMs, offsetMs: offsetAt(nowMs)};
};

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** Tells whether a lesson's file still exists, so that its questions can be reviewed; captures are never reviewed. */
const isThereStill = (file: string | undefined): boolean =>
  file !== undefined && isLessonFile(file) && exists(file);

/** The IDs of the lessons whose review cards are wanted. */
export type About = ReadonlySet<string>;

/**
 * Returns the review cards that can be asked now. The card of a missing lesson stays in the progress file until the lesson exists again.
 */
const askable = (standing: Standing, {files}: Pick<Summary, 'files'>, about: About | undefined): Standing => {
  const ours = new Set([...lessonIds(), ...lessonData().misconceptions.map(({id}) => id)]);
  let packed: ReadonlySet<string> | undefined;
  // The search for packs reads the disk, so it is done once for all cards.
  const isPacked = (lesson: string): boolean => {
    packed ??= new Set(idsKnown());
    return packed.has(lesson);
  };
  const isThere = ({lesson, name}: ReviewCard): boolean =>
    (about?.has(lesson) ?? true) &&
    (ours.has(lesson) || ours.has(name) || isThereStill(files.get(lesson)) || isPacked(lesson));
  return {...standing, due: standing.due.filter(isThere), later: standing.later.filter(isThere)};
};

/** Returns the open questions, which are loaded only if a review card is about one. */
const openQuestions = ({due, later}: Standing): Pick<Page, 'openQuestions'> =>
  [...due, ...later].some((card) => openQuestionOf(card) !== undefined)
    ? {openQuestions: new Map(interviewQuestions().map(({id, ask}) => [id, ask]))}
    : {};

/** Returns the page of progress and review for these lessons; for all lessons if `about` is undefined. */
export const pageOf = (
  progress: Progress,
  {language, ascii}: Pick<Context, 'language' | 'ascii'>,
  about?: About,
): Page => {
  const place = here();
  const summary = progress.summary(place.offsetMs);
  const standing = askable(standingIn(summary, place.nowMs), summary, about);
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
    // Beliefs of packs are listed if they have been asked about, because no other list contains them.
    misconceptions: [
      ...ours,
      ...seen
        .filter((id) => !known.has(id))
        .map((id) => packBeliefs().find((each) => each.id === id) ?? {id}),
    ],
  };
};
