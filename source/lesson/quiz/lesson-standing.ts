// How far each lesson was gone through.
import type {ProgressRecord} from './progress-record.ts';

export type LessonStanding = {readonly finished: boolean; readonly answers: number; readonly right: number};

/** By lesson. */
export const lessonsOf = (records: readonly ProgressRecord[]): ReadonlyMap<string, LessonStanding> => {
  const lessons = new Map<string, LessonStanding>();
  for (const record of records) {
    const {finished, answers, right} = lessons.get(record.lesson) ?? {finished: false, answers: 0, right: 0};
    lessons.set(
      record.lesson,
      record.kind === 'finished'
        ? {finished: true, answers, right}
        : {finished, answers: answers + 1, right: right + (record.right ? 1 : 0)},
    );
  }
  return lessons;
};
