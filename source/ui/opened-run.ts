// The things that can be opened in the app: a run, ready to be played, and a round of the quiz.

import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lettered} from '../lesson/lesson.ts';
import type {Text} from '../lesson/text.ts';
import type {LeftOff} from '../quiz/left-off.ts';
import type {PacketQuestion} from '../quiz/packet-question.ts';
import type {Question} from '../quiz/question.ts';
import type {Comparison} from '../sim/compare.ts';
import type {Replay} from '../sim/replay.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import type {CompareTold} from '../view/compare/compare-facts.ts';
import type {Closing} from '../view/opening/closing.ts';
import type {OpeningPage} from '../view/opening/opening.ts';
import type {Shown} from '../view/picker/overview.ts';
import type {Answered} from '../view/quiz/answered.ts';
import type {QuizReference} from '../view/quiz/quiz-screen.ts';
import type {RoundInfo} from '../view/quiz/quiz-state.ts';
import type {SceneInput} from '../view/scene-input.ts';
import type {Speed} from '../view/time/playback-state.ts';

/** A simulated run; `beats` binds the lesson's beats that still fit, which takes as long again. */
export type Simulated = {readonly trace: Trace; beats(): readonly BoundBeat[]};

/** The parts of a run that are needed to simulate it again with changes. */
export type Forkable = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  again(scenario: Scenario): Simulated;
};

/** The title of a run; `lettered` is the title without its letter, and the letter. */
export type TitleBeside = {readonly title: Text; readonly lettered?: Lettered | undefined};

/** Two runs that a lesson compares. */
export type Together = {
  readonly titles: readonly [TitleBeside, TitleBeside];
  /** The replay codes of the runs. */
  readonly codes: readonly [string, string];
  traces(): readonly [Trace, Trace];
};

/** A run, simulated and bound, ready to be played. */
export type OpenedRun = Omit<SceneInput, 'pacing' | 'playback' | 'message' | 'told'> & {
  /** The first page, for a lesson that is opened unaltered. */
  readonly opening?: OpeningPage;
  /** The last page; absent for a recording, which leads nowhere. */
  readonly closing?: Closing | undefined;
  /** The parts for forks; absent for a capture or a script, which cannot be altered. */
  readonly fork?: Forkable;
  /** The comparison that is the last of `whatIfs`. */
  readonly together?: Together;
  /** The file of a lesson that is not built in. */
  readonly openedFrom?: string;
  /** The capture still grows: `follow` tells of it. */
  readonly live?: true;
  /** The speed; absent for 1×. */
  readonly speed?: Speed;
  /** The event or time at which the run is opened; absent if it plays from its beginning. */
  readonly at?: Place;
  /** Returns the run that these moves make of a challenge. */
  attempt?(moves: readonly Move[]): Promise<OpenResult> | OpenResult;
  /** The key under which the reader's place is stored; absent if it is not. */
  readonly keptAs?: string;
  /** The place where the reader left the run; `changed` if it no longer exists. */
  readonly left?: LeftOff | 'changed';
  /** The run of a lesson that shows the most important finding on a capture. */
  readonly shownBy?: Shown | undefined;
  /** The run was opened to see one thing, so that reaching its end does not finish the lesson. */
  readonly glance?: true;
  /** The run was opened from a question of the quiz, which names absolute sequence numbers. */
  readonly asked?: true;
  /** Nothing after the instant is shown, because the run below this one still has questions. */
  readonly endsThere?: true;
  /** Returns the event in this run that contradicts a belief, or `another` if another run of the lesson does. */
  counterAt?(misconception: string): number | 'another' | undefined;
  /** Simulates the connection of that packet, if the capture can be read again. */
  simulate?(packet: number | undefined): Promise<SimulatedResult>;
  /** Returns the questions about packets of a capture, or of its connection in the simulator; computed when it is wanted. */
  predictions?(trace: Trace): readonly PacketQuestion[];
  /** Begins the test of this run, if `check` names no lesson. */
  beginCheck?(): Promise<RoundResult>;
  /** Returns the quiz question behind a beat of this run; undefined if the question is the lesson's own. */
  questionOf?(index: number): Question | undefined;
  /** Opens one of `whatIfs` by its index. */
  openWhatIf(index: number): Promise<OpenResult> | OpenResult;
};

/** A capture compared with its simulation, and that run ready to be played. */
export type SimulatedResult =
  | {readonly comparison: Comparison; readonly told: CompareTold; readonly run: OpenedRun}
  | {readonly message: Text};

/** A longer version of a capture that is being taken; `ended` is set if it is complete, with the text for the title. */
export type Growth = {readonly trace: Trace; readonly ended: Text | undefined};

/**
 * A run of a lesson by its name, and a place in it as `--at` names it; undefined for the first run, at the place where the reader left it.
 */
export type RunPart = {readonly run?: string | undefined; readonly at?: string | undefined};

/** Returns the part, or nothing if the whole lesson is meant. */
export const partIn = ({run, at}: RunPart): readonly [RunPart] | readonly [] =>
  run === undefined && at === undefined ? [] : [{run, at}];

export type Place = {readonly event: number} | {readonly us: number};

/** The opened run, or one line on why it cannot be opened, which the menu shows. */
export type OpenResult = {readonly run: OpenedRun} | {readonly message: Text};

export type Round = {
  readonly info: RoundInfo;
  readonly reference: QuizReference;
  /**
   * Returns the next question; undefined if there are no more. `dropped` counts questions that could not be shown and were not answered.
   */
  next(answered: readonly Answered[], dropped: number): Question | undefined;
  /** Does a part of the work for the question after so many answers, while the learner reads; returns false if nothing is left to do. */
  prepare?(answered: number): boolean;
  /** Returns how many questions there may still be, if that changes during the round. */
  left?(): number;
  /** Opens the run of a question that is about no lesson, at its place. */
  openAsked?(question: Question): Promise<OpenResult>;
  /** Returns a round of questions like these, with other numbers. */
  repeat(questions: readonly Question[]): Round;
};

export type RoundResult = {readonly round: Round} | {readonly message: Text};
