// A question that is worked out but not finished: ids, shuffling and the run's data are added later.
import type {Text} from '../lesson/text.ts';
import type {Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

/** A choice without its id. Choices are compared by value, because two choices with one value mean the same whatever their texts. */
export type Option = Omit<QuizChoice, 'id'>;

/** The value of the choice "none of these", which is always the last one. */
export const noneOfThese = 'none';

type Chosen = {readonly right: readonly Option[]; readonly wrong: readonly Option[]};
type Typed = {readonly right: number; readonly wrong: readonly WrongAnswer[]};

export type Answering =
  | {readonly form: 'choice'; readonly right: Option; readonly wrong: readonly Option[]}
  | (Chosen & {readonly form: 'several'})
  /** The right order is the order given. */
  | (Chosen & {readonly form: 'order'})
  | (Typed & {readonly form: 'number'})
  | (Typed & {readonly form: 'packet'});

export type Draft = Answering &
  Pick<Question, 'secrets' | 'tells' | 'countsFrom'> & {
    readonly prompt: Prompt;
    /** The numbers that the question prints; absent if somebody wrote its answer. */
    readonly givens?: object;
    /** The hints, each of which says more than the one before. */
    readonly hints: readonly [Text, ...Text[]];
    /** The derivation, or a function that words it with the letters of the choices. */
    readonly explain: Text | ((choices: readonly QuizChoice[]) => Text);
    readonly because?: string | undefined;
    /** The number of the event before which the question is asked. */
    readonly n: number;
    /** The run that the question is about, where that is a fork of the run asked about. */
    readonly of?: Asked | undefined;
    readonly evidence: {
      readonly packet: number | undefined;
      readonly field: string;
      readonly value: string;
    };
    /** The topic of this question, if its kind belongs to no topic. */
    readonly topic?: Topic | undefined;
  };
