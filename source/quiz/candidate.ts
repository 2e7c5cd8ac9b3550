// Questions as practice and review choose among them, and the record of an answer.
import {hash32} from '../lesson/hash.ts';
import {type GivenAnswer, grade} from './grade.ts';
import type {Answer, AskedIn, Confidence} from './progress-record.ts';
import type {Question} from './question.ts';

/** No text, no numbers. `text` is the same for questions that ask the same (`identityOf`); files call it so. */
export type Candidate = Pick<Question, 'id' | 'lesson' | 'topic' | 'skill' | 'touches'> & {
  readonly kind: string;
  readonly text: string;
};

/**
 * Questions of one kind that are given the same are the same, in whichever words and in whichever order their choices stand. What a
 * lesson's author wrote is known by its place in the lesson, and by its choices, whose numbers are fresh in each run.
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
 * How many different mistakes can be made. Of several, each choice can be taken or left wrongly; choices that stand for the same
 * belief are one mistake, which a slip makes as easily as the belief. Of a number: 0, too many to count.
 */
export const wrongWaysOf = ({choices, answer, form}: Question): number => {
  const right = form === 'several' ? [] : typeof answer === 'object' ? answer : [answer];
  const wrong = choices.filter(({id}) => !right.includes(id));
  return new Set(wrong.map(({misconception, id}) => misconception ?? ` ${id}`)).size;
};

type Circumstances = {
  /** Absent: it was left unanswered. */
  readonly given?: GivenAnswer;
  /** At the second try. */
  readonly again?: GivenAnswer;
  readonly hints: number;
  readonly confidence?: Confidence;
  readonly askedIn: AskedIn;
};

const written = (given: GivenAnswer): string => (typeof given === 'object' ? given.join(' ') : String(given));

/** What is kept of an answer. */
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
