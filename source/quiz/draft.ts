// What a generator says of a question; ids, shuffling and the run's data are added when it is finished.
import type {Text} from '../lesson/text.ts';
import type {Draw} from './draw.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';
import type {WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

export type Option = {
  readonly text: Text;
  /** Compared, where texts would not do: two options of one value mean the same. */
  readonly value: string;
  readonly misconception?: string;
};

type Numbered = {
  readonly right: number;
  readonly wrong: readonly WrongAnswer[];
  /** Initial sequence number from which a relative number counts. */
  readonly base?: number;
};

type Answering =
  /** Of `wrong`, the first of a value counts, and those that stand for a misconception go before the others. */
  | {readonly form: 'choice'; readonly right: Option; readonly wrong: readonly Option[]}
  | {readonly form: 'several'; readonly right: readonly Option[]; readonly wrong: readonly Option[]}
  /** As it is right. */
  | {readonly form: 'order'; readonly right: readonly Option[]}
  | (Numbered & {readonly form: 'number'})
  | (Numbered & {readonly form: 'packet'});

export type Draft = Answering & {
  readonly prompt: Prompt;
  /** Three at most, the first at least: what is missing is filled by ruling wrong choices out. */
  readonly hints: readonly [Text, ...Text[]];
  readonly explain: Text;
  readonly because?: string | undefined;
  /** The event before which it is asked. */
  readonly n: number;
  /** Where the run is another one than that asked about: a fork. */
  readonly of?: Asked;
  readonly evidence: {
    readonly packet: number | undefined;
    readonly field: string;
    readonly value: string;
  };
  /** Of a kind that belongs to no topic. */
  readonly topic?: Topic;
};

export type Generator = {
  readonly kind: QuestionKind;
  /** Each of its questions simulates the run once more. */
  readonly simulates?: true;
  /** Where this run can be asked: numbers of events, or what else the generator finds its place by. */
  readonly places: (asked: Asked) => readonly number[];
  /** Undefined: there is no good question here after all. */
  readonly ask: (asked: Asked, place: number, draw: Draw) => Draft | undefined;
};
