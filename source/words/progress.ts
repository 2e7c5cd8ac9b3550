// The words of progress and review, and what cannot be kept.
import {type Text, worded} from '../lesson/text.ts';
import {
  dayOfMonth,
  notSavedYet as notSavedYetWords,
  progressLostWords,
  records,
} from './catalogue/progress-file.ts';
import {reasonOf} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** 1 … 12 */
type Day = {readonly month: number; readonly day: number};

export const dayText = (day: Day): Text => worded(dayOfMonth, day);

/** On the screen, where there is room for one line. `name`: undefined where the file is of a newer version. */
export const notSavedYet = (count: number, name: string | undefined): Text => {
  const reason = name === undefined ? notSavedYetWords.reason : reasonOf(name);
  return worded(notSavedYetWords.itself, {records: worded(records, {count}), reason});
};

/** At the end, where nothing tries again. `why`: what is wrong with the file. */
export const progressLost = (count: number, {what}: Problem): Problem =>
  problemOf(progressLostWords, {count: worded(records, {count}), what});
