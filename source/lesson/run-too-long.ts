// Words the error of a run with more events than it may have.
import {runTooLongSentences} from '../words/catalogue/lesson.ts';
import {type Problem, problemWith} from './problem.ts';

/** The factor by which the remedy raises the limit of events (`--max-events`), so that the new limit is surely enough. */
const moreEvents = 10;

export const allowMore = (most: number): string => `--max-events ${moreEvents * most}`;

export const runTooLong = (run: string, most: number, stoppedUs: number): Problem => {
  const at = `${stoppedUs / 1_000_000} s`;
  return problemWith(runTooLongSentences.theRunCosts, {run, most, at, option: allowMore(most)});
};
