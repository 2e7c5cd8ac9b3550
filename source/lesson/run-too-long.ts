// What is said of a run that has more events than it may have.
import {runTooLongSentences} from '../words/catalogue/lesson.ts';
import {type Problem, problem} from './problem.ts';
import {worded} from './text.ts';

/** A remedy goes well beyond what was not enough. */
const moreEvents = 10;

export const allowMore = (most: number): string => `--max-events ${moreEvents * most}`;

export const runTooLong = (run: string, most: number, stoppedUs: number): Problem => {
  const at = `${stoppedUs / 1_000_000} s`;
  return problem(
    worded(runTooLongSentences.theRunCosts.message, {run, most, at}),
    worded(runTooLongSentences.theRunCosts.remedy, {most: allowMore(most)}),
  );
};
