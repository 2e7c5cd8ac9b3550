// Sums up for each lesson whether a learner finished it, how many questions were answered, and the result of the last check.
import type {Answer, ProgressRecord} from './progress-record.ts';

export type LessonStanding = {
  readonly finished: boolean;
  readonly answers: number;
  readonly right: number;
  /** The result of the last check (the short round of questions after the lesson); absent if there was none. */
  readonly check?: CheckStanding;
};

type CheckStanding = {readonly asked: number; readonly right: number};

/** The highest number of questions in a check, the short round at the end of a lesson. */
export const checkLength = 5;

/** The longest pause in milliseconds between two answers of the same check. */
const pauseMs = 30 * 60_000;

/** Holds what is known of a learner's work on one lesson, updated with each record. `checks` are the latest answers in its checks. */
export type LessonSum = {
  finished: boolean;
  answers: number;
  right: number;
  readonly checks: Pick<Answer, 'atMs' | 'right'>[];
};

/**
 * Returns the number of questions and of right answers in the last check, which are the latest answers without a long pause between them;
 * undefined if there are none.
 */
const checkIn = (checks: LessonSum['checks']): CheckStanding | undefined => {
  const begin = checks.findLastIndex(({atMs}, n) => atMs - (checks[n - 1]?.atMs ?? atMs) > pauseMs);
  const last = checks.slice(Math.max(0, begin));
  return last.length === 0 ? undefined : {asked: last.length, right: last.filter(({right}) => right).length};
};

export const addToLesson = (lessons: Map<string, LessonSum>, record: ProgressRecord): void => {
  if (record.kind === 'later' || record.kind === 'ticks' || record.kind === 'tried') return;
  const here = lessons.get(record.lesson) ?? {finished: false, answers: 0, right: 0, checks: []};
  lessons.set(record.lesson, here);
  if (record.kind === 'finished') {
    here.finished = true;
    return;
  }
  const {atMs, right, askedIn} = record;
  here.answers += 1;
  here.right += Number(right);
  if (askedIn === 'check' && here.checks.push({atMs, right}) > checkLength) here.checks.shift();
};

/** Returns how far the learner has gone through each lesson, by the lesson's id. */
export const lessonsIn = (lessons: ReadonlyMap<string, LessonSum>): ReadonlyMap<string, LessonStanding> =>
  new Map(
    [...lessons].map(([id, {finished, answers, right, checks}]) => {
      const check = checkIn(checks);
      return [id, {finished, answers, right, ...(check === undefined ? {} : {check})}];
    }),
  );
