// The short form of a question from which practice and review choose, and the record that is stored of an answer.
import {hash32} from '../lesson/hash.ts';
import {type GivenAnswer, grade} from './grade.ts';
import type {Answer, AskedIn, Confidence} from './progress-record.ts';
import type {Question} from './question.ts';

/**
 * A question without its words and numbers, for choosing. `text` is a key that is equal for questions that ask the same (`identityOf`);
 * stored files fix its name.
 */
export type Candidate = Pick<Question, 'id' | 'lesson' | 'topic' | 'skill' | 'touches'> & {
  readonly kind: string;
  readonly text: string;
};

/**
 * Returns the identity of a question. Generated questions of one kind are the same if their givens are, in any wording and any order of
 * choices. A question that a lesson's author wrote is known by its place in the lesson and by its choices, because its numbers differ from
 * run to run.
 */
export const identityOf = (
  kind: string,
  given: object | string,
  choices: readonly {readonly value: string | number | undefined}[],
): string =>
  hash32(JSON.stringify([kind, given, choices.map(({value}) => String(value)).toSorted()])).toString(36);

export const candidateOf = (question: Question): Candidate => {
  const {id, lesson, kind, topic, skill, touches, givens, evidence, choices} = question;
  const written = `${lesson} ${evidence.run} ${evidence.field}`;
  return {
    id,
    lesson,
    kind,
    topic,
    skill,
    touches,
    text: identityOf(kind, givens ?? written, choices),
  };
};

/**
 * Returns how many different mistakes an answer can make. If several choices are right, each one can be taken or left wrongly. Choices that
 * stand for the same belief count once, because a slip hits them as easily as the belief. A typed number gives 0, which means too many to
 * count.
 */
export const wrongWaysOf = ({choices, answer, form}: Question): number => {
  const right = form === 'several' ? [] : typeof answer === 'object' ? answer : [answer];
  const wrong = choices.filter(({id}) => !right.includes(id));
  return new Set(wrong.map(({misconception, id}) => misconception ?? ` ${id}`)).size;
};

type Circumstances = {
  /** The learner's answer; absent if the question was left unanswered. */
  readonly given?: GivenAnswer;
  /** The learner's answer at the second try; absent if there was none. */
  readonly again?: GivenAnswer;
  readonly hints: number;
  readonly confidence?: Confidence;
  readonly askedIn: AskedIn;
};

const written = (given: GivenAnswer): string => (typeof given === 'object' ? given.join(' ') : String(given));

/** Returns the record to be stored of a learner's answer to a question, without its id and time. */
export const answerTo = (
  question: Question,
  {given, again, hints, confidence, askedIn}: Circumstances,
): Omit<Answer, 'id' | 'atMs'> => {
  const {right, misconceptions} =
    given === undefined ? {right: false, misconceptions: []} : grade(question, given);
  const {id, lesson, kind, topic, skill, touches, text} = candidateOf(question);
  const {source} = question.evidence;
  return {
    kind: 'answer',
    ...(source === lesson ? {} : {file: source}),
    question: id,
    text,
    lesson,
    asks: kind,
    topic,
    skill,
    touches,
    wrongWays: wrongWaysOf(question),
    ...(given === undefined ? {} : {given: written(given)}),
    right,
    means: misconceptions,
    ...(again === undefined ? {} : {again: written(again), mended: grade(question, again).right}),
    hints,
    ...(confidence === undefined ? {} : {confidence}),
    askedIn,
  };
};
