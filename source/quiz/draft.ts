// The type of a question whose content is worked out but which has no ids, shuffled choices or run yet; `finish.ts` adds these.
import type {Text} from '../lesson/text.ts';
import type {Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

/** A choice of a question before it gets its letter. Two options with the same value mean the same, whatever their texts. */
export type Option = Omit<QuizChoice, 'id'>;

/** The value of the choice "none of these", which is always the last one. */
export const noneOfThese = 'none';

type Chosen = {readonly right: readonly Option[]; readonly wrong: readonly Option[]};
type Typed = {readonly right: number; readonly wrong: readonly WrongAnswer[]};

export type Answering =
  | {readonly form: 'choice'; readonly right: Option; readonly wrong: readonly Option[]}
  | (Chosen & {readonly form: 'several'})
  /** A question that asks to put things in order; `right` has them in the right order. */
  | (Chosen & {readonly form: 'order'})
  | (Typed & {readonly form: 'number'})
  | (Typed & {readonly form: 'packet'});

export type Draft = Answering &
  Pick<Question, 'secrets' | 'tells' | 'countsFrom'> & {
    readonly prompt: Prompt;
    /** The values that the question prints and from which its answer is computed; absent if somebody wrote the answer. */
    readonly givens?: object;
    /** The hints, each of which says more than the one before. */
    readonly hints: readonly [Text, ...Text[]];
    /** The explanation of the answer, or a function that words it with the letters of the shuffled choices. */
    readonly explain: Text | ((choices: readonly QuizChoice[]) => Text);
    readonly because?: string | undefined;
    /** The number of the event of the run before which the question is asked. */
    readonly n: number;
    /** The run that the question is about if it is a fork of the one asked about; absent otherwise. */
    readonly of?: Asked | undefined;
    readonly evidence: {
      readonly packet: number | undefined;
      readonly field: string;
      readonly value: string;
    };
    /** The topic of this question, for a kind whose questions have different topics. */
    readonly topic?: Topic | undefined;
  };
