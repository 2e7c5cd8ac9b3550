// How hard a question is, by how much has to be read and done for its answer.
import {oncePer} from '../wire/once-per.ts';
import type {QuestionKind} from './kinds.ts';
import {ofTrack} from './lesson-topic.ts';
import {promptText} from './prompt.ts';
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

/** Kinds with little to be read for which a whole handshake has to be remembered. */
const recalled: readonly QuestionKind[] = ['key-of-record', 'leaked-key'];

/** The length of a sentence to be judged, in characters, that counts as one effort: a long one describes a case of its own. */
const lengthOfCase = 60;

/** Choices that are all numbers of so many digits are the results of a sum. */
const sum = /^\d{3,}$/;

/** Returns the effort of a question beyond the number of things that it prints. */
const thinking = ({kind, choices, prompt}: Question): number => {
  if (kind === 'is-it-so') return promptText(prompt.slice(0, 1)).en.length / lengthOfCase;
  if (recalled.includes(kind)) return step;
  return choices.filter(({value}) => sum.test(value)).length > 1 ? step : 0;
};

/** Returns in steps how much must be read and thought for the answer: givens, or the prompt, and the choices where each is a sentence of its own. */
export const difficultyOf = oncePer((question: Question): number => {
  const {kind, form, choices, givens, prompt} = question;
  const read = (givens === undefined ? prompt.length : leavesOf(givens)) / 4;
  const chosen = choices.length / (ofTrack.includes(kind) ? 1 : 8);
  return Math.floor((effort[form] + read + chosen + thinking(question)) / step);
});
