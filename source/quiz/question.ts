// A question of the quiz as data: what is asked, what each answer stands for, and where anybody can look the answer up.

import type {Text} from '../lesson/text.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {CountsFrom} from './initial-numbers.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';

/** The place that shows the answer: `export SOURCE --run RUN --seed SEED --profile PROFILE --fault …` exports its run. */
export type Evidence = {
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  readonly profile: ProfileName | 'capture';
  /** The faults added to the run's own, in the notation of `--fault`. */
  readonly faults: readonly string[];
  /** The settings that differ from the run's own, in the notation of `--set`; absent if there are none. */
  readonly set?: readonly string[];
  /** The packet's number; absent if nothing had been sent. */
  readonly packet?: number | undefined;
  /** The connection of the capture that the question is about, as for `--connection`. */
  readonly connection?: number;
  /** Wireshark's name of a field of that packet, or `state:HOST`, `timer:NAME`, `expression:…` or `clause:RFC`. */
  readonly field: string;
  /** The value as `tshark -T fields -e FIELD` prints it. */
  readonly value: string;
};

/**
 * A choice. Its `value` differs from those of the others. `misconception` is the belief that taking it shows; for one of several right
 * choices, the belief that leaving it out shows.
 */
export type QuizChoice = {
  /** `a`, `b`, … in the order shown. */
  readonly id: string;
  readonly text: Text;
  readonly value: string;
  readonly misconception?: string;
  /** The reply to a learner who takes the choice, or leaves it out; absent where only the misconception's own reply fits. */
  readonly belief?: Text;
};

/** The form of the answer. `number` and `packet` have no choices: the answer is the number itself, or the packet's number. */
export type AnswerForm = 'choice' | 'several' | 'order' | 'number' | 'packet';

/** A number that a known mistake leads to, with what the mistake is, as in `QuizChoice`. */
export type WrongAnswer = Pick<QuizChoice, 'misconception' | 'belief'> & {readonly value: number};

export type Question = {
  /** A hash of what is asked: kind, lesson, run, seed, faults and place. */
  readonly id: string;
  readonly lesson: string;
  readonly kind: QuestionKind;
  readonly topic: Topic;
  readonly form: AnswerForm;
  readonly prompt: Prompt;
  readonly choices: readonly QuizChoice[];
  /** The id of a choice, several ids (`several`: in the order shown; `order`: in the right order), or the number. */
  readonly answer: string | readonly string[] | number;
  /**
   * The number from which the answer may be counted, if the answer is a sequence number. Choices, and answers in files, are raw all the
   * same.
   */
  readonly countsFrom?: CountsFrom;
  /** The wrong answers of a question without choices. */
  readonly wrongAnswers: readonly WrongAnswer[];
  /** Everything that is printed, as data, from which the answer follows; absent if somebody wrote the answer. */
  readonly givens?: object;
  /**
   * Facts, by name, that would answer the question besides the words of its answer, and words that occur in no other question of its sheet.
   */
  readonly secrets?: readonly string[];
  /** Facts that the question tells although no word of it is another question's answer. */
  readonly tells?: readonly string[];
  /** One to three hints, each of which says more than the one before. */
  readonly hints: readonly Text[];
  readonly explain: Text;
  /** The rule of the stack that caused the answer. */
  readonly because?: string;
  /** The lesson and the kind of the question, which are the name of its card in reviews. */
  readonly skill: string;
  /** Misconceptions that a choice or a wrong answer stands for. */
  readonly touches: readonly string[];
  /** The event before which the question is asked, which is where a player opens the run. */
  readonly place: {readonly n: number};
  readonly evidence: Evidence;
};
