// The words of progress and review, and what can be wrong with the file that holds them.
import {type Text, worded} from '../lesson/text.ts';
import {
  damagedAside,
  damagedThere,
  dayOfMonth,
  progressLostWords,
  progressSentences,
  progressUnwritableWords,
  records,
} from './catalogue/progress-file.ts';
import {reasonOf} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** 1 … 12 */
type Day = {readonly month: number; readonly day: number};

export const dayText = (day: Day): Text => worded(dayOfMonth, day);

export const progressDamaged = (file: string, aside: string | undefined, kept: number): Problem =>
  problemOf(aside === undefined ? damagedThere : damagedAside, {file, aside: aside ?? '', kept});

export const progressNewer = (file: string, format: number, aside: string | undefined): Problem =>
  aside === undefined
    ? problemOf(progressSentences.progressNewer.isOfANewerPacket, {file, format})
    : problemOf(progressSentences.progressNewer.isOfANewerPacket2, {file, format, aside});

/** `why`: what is wrong with the file. */
export const progressUnreadable = ({what}: Problem): Problem => ({
  what,
  remedy: progressSentences.progressUnreadable.remedy,
});

export const progressUnwritable = (file: string, name: string): Problem =>
  problemOf(progressUnwritableWords, {file, name: reasonOf(name)});

/** On the screen, where there is room for one line. `name`: undefined where the file is of a newer version. */
export const notSavedYet = (count: number, name: string | undefined): Text => {
  const reason = name === undefined ? progressSentences.notSavedYet.reason : reasonOf(name);
  return worded(progressSentences.notSavedYet.itself, {records: worded(records, {count}), reason});
};

/** At the end, where nothing tries again. `why`: what is wrong with the file. */
export const progressLost = (count: number, {what}: Problem): Problem =>
  problemOf(progressLostWords, {count: worded(records, {count}), what});
