// How far each lesson was gone through.
import type {Answer, ProgressRecord} from './progress-record.ts';

export type LessonStanding = {
  readonly finished: boolean;
  readonly answers: number;
  readonly right: number;
  /** Of the last check of this lesson. */
  readonly check?: CheckStanding;
};

type CheckStanding = {readonly asked: number; readonly right: number};

/** A short round at the end of a lesson has so many questions at most. */
export const checkLength = 5;

/** An answer later than this belongs to another round. */
const pauseMs = 30 * 60_000;

/** The last answers that were given without a long pause between them. */
const checkIn = (answers: readonly Answer[]): CheckStanding | undefined => {
  const checks = answers.filter(({askedIn}) => askedIn === 'check').slice(-checkLength);
  const begin = checks.findLastIndex(({atMs}, n) => atMs - (checks[n - 1]?.atMs ?? atMs) > pauseMs);
  const last = checks.slice(Math.max(0, begin));
  return last.length === 0 ? undefined : {asked: last.length, right: last.filter(({right}) => right).length};
};

const standingIn = (answers: readonly Answer[], finished: boolean): LessonStanding => {
  const check = checkIn(answers);
  const right = answers.filter((answer) => answer.right).length;
  return {finished, answers: answers.length, right, ...(check === undefined ? {} : {check})};
};

/** By lesson. */
export const lessonsOf = (records: readonly ProgressRecord[]): ReadonlyMap<string, LessonStanding> => {
  const lessons = new Map<string, {readonly answers: Answer[]; finished: boolean}>();
  for (const record of records) {
    if (record.kind === 'later' || record.kind === 'ticks') continue;
    const here = lessons.get(record.lesson) ?? {answers: [], finished: false};
    if (record.kind === 'answer') here.answers.push(record);
    else here.finished = true;
    lessons.set(record.lesson, here);
  }
  return new Map([...lessons].map(([id, {answers, finished}]) => [id, standingIn(answers, finished)]));
};
