// A question of the quiz, as data: what is asked, what each answer stands for, and where anybody can look the answer up.

import type {Text} from '../lesson/text.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {CountsFrom} from './initial-numbers.ts';
import type {QuestionKind, Topic} from './kinds.ts';
import type {Prompt} from './prompt.ts';

/** `export SOURCE --run RUN --seed SEED --profile PROFILE --fault …` shows it. */
export type Evidence = {
  readonly source: string;
  readonly seed: number;
  readonly run: string;
  readonly profile: ProfileName | 'capture';
  /** Those that come on top of the run's own, in the notation of `--fault`. */
  readonly faults: readonly string[];
  /** Absent: nothing was sent by then. */
  readonly packet?: number | undefined;
  /** Of a capture of which one connection was asked about: `--connection`. */
  readonly connection?: number;
  /** Wireshark's name of a field of that packet; else `state:HOST`, `timer:NAME`, `expression:…` or `clause:RFC`. */
  readonly field: string;
  /** As `tshark -T fields -e FIELD` prints it. */
  readonly value: string;
};

/**
 * `value` tells choices apart: no two of a question have the same. `misconception`: what taking it shows; of a right one among
 * several, what leaving it out shows.
 */
export type QuizChoice = {
  /** `a`, `b`, … in the order shown. */
  readonly id: string;
  readonly text: Text;
  readonly value: string;
  readonly misconception?: string;
  /** What whoever takes it goes by, where no lesson is about that. */
  readonly belief?: Text;
};

/** `number` and `packet` have no choices: the answer is the number itself, or the packet's. */
export type AnswerForm = 'choice' | 'several' | 'order' | 'number' | 'packet';

/** What somebody answers who believes this. */
export type WrongAnswer = {readonly value: number; readonly misconception: string};

export type Question = {
  /** A hash of what is asked: kind, lesson, run, seed, faults, place. */
  readonly id: string;
  readonly lesson: string;
  readonly kind: QuestionKind;
  readonly topic: Topic;
  readonly form: AnswerForm;
  readonly prompt: Prompt;
  readonly choices: readonly QuizChoice[];
  /** A choice's id, ids (`several`: in the order shown; `order`: as it is right), or the number. */
  readonly answer: string | readonly string[] | number;
  /** The answer is a number of sequence space, which may be counted from here. Choices and answers in files are raw all the same. */
  readonly countsFrom?: CountsFrom;
  /** Of a question without choices. */
  readonly wrongAnswers: readonly WrongAnswer[];
  /** All that is printed, as data: the answer follows from it. Absent where somebody wrote the answer. */
  readonly givens?: object;
  /** What would answer it, beside the words of its answer: facts by name, and words that stand in no other question of its sheet. */
  readonly secrets?: readonly string[];
  /** Facts that it tells, though none of its words are the other one’s answer. */
  readonly tells?: readonly string[];
  /** One to three; each says more than the one before it. */
  readonly hints: readonly Text[];
  readonly explain: Text;
  /** The rule of the stack that made it so. */
  readonly because?: string;
  /** What review keeps of it: lesson and kind. */
  readonly skill: string;
  /** Misconceptions that a choice or a wrong answer stands for. */
  readonly touches: readonly string[];
  /** The event before which it is asked: what a player shows who opens the run there. */
  readonly place: {readonly n: number};
  readonly evidence: Evidence;
};
