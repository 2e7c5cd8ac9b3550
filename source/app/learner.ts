// Opens the learner's progress for commands: the clock, the file, the answers, and the messages if the file cannot be used.
import process from 'node:process';
import {openProgress, type Progress} from '../io/progress.ts';
import type {ProgressTrouble} from '../io/progress-file.ts';
import type {Language} from '../lesson/text.ts';
import type {Answer} from '../quiz/progress-record.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {progressTroubles} from '../words/catalogue/progress-file.ts';
import type {Problem} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {troubleIn} from './file-trouble.ts';
import {printWarning} from './print.ts';

/** Returns the current time in ms since 1970. PACKET_TUTOR_TEST_NOW replaces it in tests. */
export const now = (): number => {
  const given = process.env['PACKET_TUTOR_TEST_NOW'];
  return given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : Date.now();
};

const seeds = 9000;

/** Returns a new seed for a quiz that names none; it is small enough to be typed. */
export const freshSeed = (): number => 1 + (Math.floor(now() / 1000) % seeds);

export const answersIn = (progress: Progress): readonly Answer[] =>
  progress.records().flatMap((record) => (record.kind === 'answer' ? [record] : []));

export const troubleText = (trouble: ProgressTrouble): Problem => troubleIn(progressTroubles, trouble);

const tellTrouble = ({trouble}: Progress, language: Language): void => {
  if (trouble) printWarning(troubleText(trouble), undefined, language);
};

/**
 * Opens the progress file for a command that shows only progress. It fails if the file is not the program's or there is no folder for it.
 */
export const learnerAsked = (language: Language): Result<Progress, Failure> => {
  const progress = openProgress(now);
  const {trouble} = progress;
  if (trouble?.code === 'foreign' || trouble?.code === 'nowhere')
    return err({...troubleText(trouble), exit: 2});
  tellTrouble(progress, language);
  return ok(progress);
};

/** Opens the progress file for a command that also works without it: trouble with the file is printed as a warning. */
export const openLearner = (language: Language): Progress => {
  const progress = openProgress(now);
  tellTrouble(progress, language);
  return progress;
};
