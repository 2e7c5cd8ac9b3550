// The words about the learner's progress and reviews, and about progress that cannot be saved.
import {type Text, worded} from '../lesson/text.ts';
import {
  dayOfMonth,
  notSavedYet as notSavedYetWords,
  progressLostWords,
  records,
} from './catalogue/progress-file.ts';
import {reasonOf} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** A day of the year without the year, for texts on reviews; the month is from 1 to 12. */
type Day = {readonly month: number; readonly day: number};

export const dayText = (day: Day): Text => worded(dayOfMonth, day);

/**
 * Returns the line on the screen about records of progress that are not saved. `name`: Node's error code; undefined if the file is of a
 * newer version.
 */
export const notSavedYet = (count: number, name: string | undefined): Text => {
  const reason = name === undefined ? notSavedYetWords.reason : reasonOf(name);
  return worded(notSavedYetWords.itself, {records: worded(records, {count}), reason});
};

/** Returns the error at the program's end that records of progress are lost, with what is wrong with the file. */
export const progressLost = (count: number, {what}: Problem): Problem =>
  problemOf(progressLostWords, {count: worded(records, {count}), what});
