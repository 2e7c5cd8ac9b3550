// How hard a question is, by how much has to be read and done for its answer.
import {ofTrack} from './lesson-topic.ts';
import type {AnswerForm, Question} from './question.ts';

const effort: {readonly [form in AnswerForm]: number} = {
  choice: 0,
  packet: 1,
  number: 2,
  several: 2,
  order: 3,
};

const leavesOf = (value: unknown): number =>
  value instanceof Object ? Object.values(value).reduce((sum: number, each) => sum + leavesOf(each), 0) : 1;

/**
 * Questions whose effort differs by less than this count as equally hard. The draw decides their order; a strict order would put the same
 * kinds on each sheet.
 */
const step = 2;

/** Returns in steps how much must be read for the answer: givens, or the prompt, and the choices where each is a sentence of its own. */
export const difficultyOf = ({kind, form, choices, givens, prompt}: Question): number =>
  Math.floor(
    (effort[form] +
      (givens === undefined ? prompt.length : leavesOf(givens)) / 4 +
      choices.length / (ofTrack.includes(kind) ? 1 : 8)) /
      step,
  );
