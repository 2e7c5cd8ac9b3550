// What the pages of progress and review show, from the file and the clock.
import {lessonData, lessonSummaries} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import {type Here, standingOf} from '../lesson/quiz/standing.ts';
import type {Page} from '../present/quiz/progress-page.ts';
import type {Context} from './command.ts';
import {now} from './learner.ts';

const here = (): Here => {
  const nowMs = now();
  return {nowMs, offsetMs: -new Date(nowMs).getTimezoneOffset() * 60_000};
};

export const isoTime = (ms: number): string => new Date(ms).toISOString();

export const pageOf = (progress: Progress, {language, ascii}: Pick<Context, 'language' | 'ascii'>): Page => {
  const place = here();
  return {
    standing: standingOf(progress.records(), place),
    here: place,
    language,
    ascii,
    lessons: lessonSummaries(),
    misconceptions: lessonData().misconceptions.map(({id}) => id),
  };
};
