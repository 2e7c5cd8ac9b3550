// Questions as practice and review choose among them, and the record of an answer.
import {hash32} from '../lesson/hash.ts';
import type {Text} from '../lesson/text.ts';
import {type GivenAnswer, grade} from './grade.ts';
import type {Answer, AskedIn, Confidence} from './progress-record.ts';
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';

/** No text, no numbers. `text` is a hash of what would be read. */
export type Candidate = Pick<Question, 'id' | 'lesson' | 'topic' | 'skill' | 'touches'> & {
  readonly kind: string;
  readonly text: string;
};

/** Questions that read alike are the same, in whichever order their choices stand. */
export const textHash = (prompt: Text, choices: readonly {readonly text: Text}[]): string =>
  hash32([prompt.en, ...choices.map(({text}) => text.en).toSorted()].join('\n')).toString(36);

export const candidateOf = (question: Question): Candidate => {
  const {id, lesson, kind, topic, skill, touches} = question;
  return {
    id,
    lesson,
    kind,
    topic,
    skill,
    touches,
    text: textHash(promptText(question.prompt), question.choices),
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
