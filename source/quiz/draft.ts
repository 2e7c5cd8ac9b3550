// A question that is worked out: ids, shuffling and the run's data are added when it is finished.
import type {Text} from '../lesson/text.ts';
import type {Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';
import type {Question, QuizChoice, WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

/** Compared by value, where texts would not do: two options of one value mean the same. */
export type Option = Omit<QuizChoice, 'id'>;

type Chosen = {readonly right: readonly Option[]; readonly wrong: readonly Option[]};
type Typed = {readonly right: number; readonly wrong: readonly WrongAnswer[]};

export type Answering =
  | {readonly form: 'choice'; readonly right: Option; readonly wrong: readonly Option[]}
  | (Chosen & {readonly form: 'several'})
  /** As it is right. */
  | (Chosen & {readonly form: 'order'})
  | (Typed & {readonly form: 'number'})
  | (Typed & {readonly form: 'packet'});

export type Draft = Answering &
  Pick<Question, 'secrets' | 'tells' | 'countsFrom'> & {
    readonly prompt: Prompt;
    /** Absent: its answer is somebody's who wrote it. */
    readonly givens?: object;
    /** Each says more than the one before it. */
    readonly hints: readonly [Text, ...Text[]];
    /** Or what says it by the letters of the choices. */
    readonly explain: Text | ((choices: readonly QuizChoice[]) => Text);
    readonly because?: string | undefined;
    /** The event before which it is asked. */
    readonly n: number;
    /** Where the run is another one than that asked about: a fork. */
    readonly of?: Asked | undefined;
    readonly evidence: {
      readonly packet: number | undefined;
      readonly field: string;
      readonly value: string;
    };
    /** Of a kind that belongs to no topic. */
    readonly topic?: Topic | undefined;
  };
