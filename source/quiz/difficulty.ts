// Estimates how hard a question is by how much its answer requires to read and to do.
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
 * The width of one difficulty level, in units of effort. Questions within it count as equally hard, so that the draw and not the kind
 * decides their order.
 */
const step = 2;

/** Kinds of questions that print little but require a whole handshake from memory, so that they count as harder. */
const recalled: readonly QuestionKind[] = ['key-of-record', 'leaked-key'];

/** The number of characters of a sentence to be judged that counts as one unit of effort. */
const lengthOfCase = 60;

/** A choice that is a number of three digits or more; a question with several of them takes calculation. */
const sum = /^\d{3,}$/;

/** Returns the effort that a question takes besides reading what it prints, in the units of `difficultyOf`. */
const thinking = ({kind, choices, prompt}: Question): number => {
  if (kind === 'is-it-so') return promptText(prompt.slice(0, 1)).en.length / lengthOfCase;
  if (recalled.includes(kind)) return step;
  return choices.filter(({value}) => sum.test(value)).length > 1 ? step : 0;
};

/** Returns the difficulty level of a question: from its form of answer, the amount to read, the number of choices and the thinking. */
export const difficultyOf = oncePer((question: Question): number => {
  const {kind, form, choices, givens, prompt} = question;
  const read = (givens === undefined ? prompt.length : leavesOf(givens)) / 4;
  const chosen = choices.length / (ofTrack.includes(kind) ? 1 : 8);
  return Math.floor((effort[form] + read + chosen + thinking(question)) / step);
});
