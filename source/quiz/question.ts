// A question of the quiz as data: what is asked, what each answer stands for, and where anybody can look the answer up.

import type {Text} from '../lesson/text.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {CountsFrom} from './initial-numbers.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';

/**
 * The place where the answer to a question can be checked: a field of a packet in a run that `export SOURCE --run RUN --seed SEED --profile
 * PROFILE --fault …` writes.
 */
export type Evidence = {
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  readonly profile: ProfileName | 'capture';
  /** The faults that were added to those of the run, in the notation of `--fault`. */
  readonly faults: readonly string[];
  /** The settings that differ from the run's own, in the notation of `--set`; absent if there are none. */
  readonly set?: readonly string[];
  /** The number of the packet that shows the answer; absent if nothing had been sent. */
  readonly packet?: number | undefined;
  /** The number of the connection in the capture that the question is about, as for `--connection`; absent if it is about the whole run. */
  readonly connection?: number;
  /**
   * The name of the packet's field that shows the answer, as Wireshark names it, or `state:HOST`, `timer:NAME`, `expression:…` or
   * `clause:RFC`.
   */
  readonly field: string;
  /** The right value of that field, for a packet field as `tshark -T fields -e FIELD` prints it. */
  readonly value: string;
};

/**
 * A choice of a question, with a `value` of its own. `misconception` is what taking the choice shows; for one of several right choices,
 * what leaving it out shows.
 */
export type QuizChoice = {
  /** The letter of the choice: `a`, `b`, … in the order shown. */
  readonly id: string;
  readonly text: Text;
  readonly value: string;
  readonly misconception?: string;
  /** The reply to a learner who wrongly takes or leaves out the choice; absent if only the misconception's own reply fits. */
  readonly belief?: Text;
};

/** The form of the answer. `number` and `packet` have no choices: the answer is the number itself, or the packet's number. */
export type AnswerForm = 'choice' | 'several' | 'order' | 'number' | 'packet';

/** A number that a known mistake leads to, with what the mistake is, as in `QuizChoice`. */
export type WrongAnswer = Pick<QuizChoice, 'misconception' | 'belief'> & {readonly value: number};

export type Question = {
  /** The id of a question, a hash of what it asks: kind, lesson, run, seed, profile, faults, settings and place. */
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
   * The initial sequence number from which a typed answer such as `+120` counts, if the answer is a seq or ack. Choices and answer files
   * have raw numbers.
   */
  readonly countsFrom?: CountsFrom;
  /** Known wrong numbers of a question whose answer is typed. */
  readonly wrongAnswers: readonly WrongAnswer[];
  /** The values that the question prints and from which its answer follows; absent if somebody wrote the answer. */
  readonly givens?: object;
  /**
   * Names of facts, or words in another question, that would give away the answer; no other question of the same sheet may tell or contain
   * them.
   */
  readonly secrets?: readonly string[];
  /** Names of facts that the question tells in passing and that would answer another question. */
  readonly tells?: readonly string[];
  /** One to three hints, each of which says more than the one before. */
  readonly hints: readonly Text[];
  readonly explain: Text;
  /** The id of the protocol rule by which the simulated host did what is asked; absent if there is none. */
  readonly because?: string;
  /** The lesson and kind of the question, which name its review card. */
  readonly skill: string;
  /** The misconceptions that a choice or a known wrong answer of the question stands for. */
  readonly touches: readonly string[];
  /** The event before which the question is asked, which is where a player opens the run. */
  readonly place: {readonly n: number};
  readonly evidence: Evidence;
};
