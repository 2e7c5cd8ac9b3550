// Sums up what a quiz round shows about the learner: which misconceptions and which kinds of question went wrong, and how often.

import {kindNames} from '../../lesson/question-kinds.ts';
import type {Text} from '../../lesson/text.ts';
import {type GivenAnswer, reportOn} from '../../quiz/grade.ts';
import type {Topic} from '../../quiz/kinds.ts';
import type {Question} from '../../quiz/question.ts';
import {type Answered, pointsOf} from './answered.ts';

export type ResultRow = {
  /**
   * The id of the misconception that explains wrong answers of the round; undefined for a kind of question whose wrong answers no
   * misconception explains.
   */
  readonly misconception?: string;
  /** The name of the kind of question that went wrong; undefined for a misconception. */
  readonly kind?: Text;
  readonly wrong: number;
  readonly asked: number;
  /** The first question of the round that went wrong because of this misconception, or of this kind. */
  readonly question: Question;
};

const isWrong = ({grade: {right}}: Answered): boolean => !right;

const reportOf = (answered: readonly Answered[]) =>
  reportOn(
    answered.map(({question}) => question),
    new Map(answered.map(({question, given}): [string, GivenAnswer] => [question.id, given])),
  );

const beliefRows = (answered: readonly Answered[]): readonly ResultRow[] =>
  reportOf(answered).misconceptions.flatMap(({id, wrong, asked}) => {
    const first = answered.find(({grade}) => grade.misconceptions.includes(id));
    return first === undefined ? [] : [{misconception: id, wrong, asked, question: first.question}];
  });

const kindRows = (answered: readonly Answered[]): readonly ResultRow[] => {
  const unexplained = answered.filter((each) => isWrong(each) && each.grade.misconceptions.length === 0);
  return [...new Set(unexplained.map(({question: {kind}}) => kind))].flatMap((kind) => {
    const here = unexplained.filter(({question}) => question.kind === kind);
    const [first] = here;
    const asked = answered.filter(({question}) => question.kind === kind).length;
    return first === undefined
      ? []
      : [{kind: kindNames[kind], wrong: here.length, asked, question: first.question}];
  });
};

/** Returns the rows of a quiz round's result: misconceptions, the most frequent first, then kinds of questions. */
export const resultRows = (answered: readonly Answered[]): readonly ResultRow[] => [
  ...beliefRows(answered),
  ...kindRows(answered),
];

export type TopicScore = {readonly topic: Topic; readonly right: number; readonly asked: number};

export const topicScores = (answered: readonly Answered[]): readonly TopicScore[] =>
  [...new Set(answered.map(({question: {topic}}) => topic))].map((topic) => {
    const here = answered.filter(({question}) => question.topic === topic);
    return {topic, right: here.filter((each) => !isWrong(each)).length, asked: here.length};
  });

export const rightIn = (answered: readonly Answered[]): number =>
  answered.filter((each) => !isWrong(each)).length;

/** Returns the points of a quiz round: one for each right first try, and half a point for a right second try. */
export const pointsIn = (answered: readonly Answered[]): number =>
  answered.reduce((sum, each) => sum + pointsOf(each), 0);

export const mendedIn = (answered: readonly Answered[]): number =>
  answered.filter(({again}) => again?.grade.right).length;

export const wrongQuestions = (answered: readonly Answered[]): readonly Question[] =>
  answered.filter(isWrong).map(({question}) => question);
