// The types of what can be opened in the app: a run, ready to be played, and a round of the quiz.

import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lettered} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import type {Settable} from '../lesson/settable.ts';
import type {Text} from '../lesson/text.ts';
import type {LeftOff} from '../quiz/left-off.ts';
import type {PacketQuestion} from '../quiz/packet-question.ts';
import type {Question} from '../quiz/question.ts';
import type {Comparison} from '../sim/compare.ts';
import type {Vary} from '../sim/fork.ts';
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

/** A simulated run; `beats` returns the lesson's beats that still fit it, which takes as long as the simulation. */
export type Simulated = {readonly trace: Trace; beats(): readonly BoundBeat[]};

/** The parts of a run that are needed to simulate it again with changes. */
export type Forkable = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  again(scenario: Scenario): Simulated;
  /** Makes scenarios with other settings of hosts and links; absent if no lesson file describes the run. */
  readonly vary?: Vary | undefined;
  /** Returns what the reader may change of hosts and links; empty until `prepare` is done. */
  settables?(): readonly Settable[];
  /** Loads what `vary` and `settables` need. It takes a moment and is needed before either is called. */
  prepare?(): Promise<void>;
};

/** The title of a run in a list; `lettered` contains the letter at its beginning, and the title without it. */
export type TitleBeside = {readonly title: Text; readonly lettered?: Lettered | undefined};

/** Two runs that a lesson compares. */
export type Together = {
  readonly titles: readonly [TitleBeside, TitleBeside];
  /** The replay codes of the runs. */
  readonly codes: readonly [string, string];
  traces(): readonly [Trace, Trace];
};

/** A run that is simulated and bound to its lesson's beats, ready to be played. */
export type OpenedRun = Omit<SceneInput, 'pacing' | 'playback' | 'message' | 'told'> & {
  /** The first page, if the run is a lesson that is opened unaltered. */
  readonly opening?: OpeningPage;
  /** The facts for the last page; undefined for runs without one, such as a recording. */
  readonly closing?: Closing | undefined;
  /** The parts that are needed to alter packets; undefined for a capture or a script, which cannot be altered. */
  readonly fork?: Forkable;
  /** The comparison of two runs, if that is the last of `whatIfs`. */
  readonly together?: Together;
  /** The file from which the lesson was opened, if it is not built in. */
  readonly openedFrom?: string;
  /** Set if the capture still grows; the app's option `follow` then reports new packets. */
  readonly live?: true;
  /** The speed at which the run begins to play; undefined for 1×. */
  readonly speed?: Speed;
  /** The event or time at which the run is opened, paused; undefined if it plays from its beginning. */
  readonly at?: Place;
  /** Returns the run of a challenge with these moves. */
  attempt?(moves: readonly Move[]): Promise<OpenResult> | OpenResult;
  /** The key under which the reader's place is stored; undefined if it is not stored. */
  readonly keptAs?: string;
  /** The place where the reader left the run; `changed` if the lesson has changed so that the place no longer exists. */
  readonly left?: LeftOff | 'changed';
  /** The run of a lesson that demonstrates the most important finding on this capture. */
  readonly shownBy?: Shown | undefined;
  /** Set if the run was opened to show one thing, so that reaching its end does not finish the lesson. */
  readonly glance?: true;
  /** Set if the run was opened from a quiz question, which names absolute sequence numbers. */
  readonly asked?: true;
  /** Set if nothing after the opened place is shown, because the run below this one still has open questions. */
  readonly endsThere?: true;
  /**
   * Returns the number of the event in this run that contradicts a misconception, or `another` if another run of the lesson does; undefined
   * if none does.
   */
  counterAt?(misconception: string): number | 'another' | undefined;
  /** Simulates the connection of a captured packet; absent if the capture cannot be read again. */
  simulate?(packet: number | undefined): Promise<SimulatedResult>;
  /** Returns the questions about packets of a capture, or of its connection in the simulator; computed when the reader asks for them. */
  predictions?(trace: Trace): readonly PacketQuestion[];
  /** Begins the check of this run, if `check` names no lesson. */
  beginCheck?(): Promise<RoundResult>;
  /** Returns the quiz question behind a beat of this run; undefined if the beat is the lesson's own. */
  questionOf?(index: number): Question | undefined;
  /** Opens the what-if with this index in `whatIfs`. */
  openWhatIf(index: number): Promise<OpenResult> | OpenResult;
};

/** A capture compared with its simulation, and that simulated run ready to be played; or a message on why there is none. */
export type SimulatedResult =
  | {readonly comparison: Comparison; readonly told: CompareTold; readonly run: OpenedRun}
  | {readonly message: Text};

/** A longer version of a capture that is being taken; `ended` is a text for the title once no more packets will come. */
export type Growth = {readonly trace: Trace; readonly ended: Text | undefined};

/**
 * A run of a lesson by its name, and a place in it in the notation of `--at`; both undefined for the lesson's first run at the place where
 * the reader left it. `challenge` is true if the lesson's challenge is meant: if the learner plays a host in it, it begins with that.
 */
export type RunPart = {
  readonly run?: string | undefined;
  readonly at?: string | undefined;
  readonly challenge?: true;
};

/** Returns the part as an argument list: empty if the whole lesson is meant. */
export const partIn = ({run, at, challenge}: RunPart): readonly [RunPart] | readonly [] => {
  if (challenge) return [{challenge}];
  return run === undefined && at === undefined ? [] : [{run, at}];
};

export type Place = {readonly event: number} | {readonly us: number};

/** The opened run, or a line on why it cannot be opened. */
export type OpenResult = {readonly run: OpenedRun} | {readonly message: Text};

export type Round = {
  readonly info: RoundInfo;
  readonly reference: QuizReference;
  /**
   * Returns the next question; undefined if there are no more. `dropped` is the number of questions that could not be shown and so have no
   * answer.
   */
  next(answered: readonly Answered[], dropped: number): Question | undefined;
  /**
   * Does a part of the work for the question that follows after `answered` answers, while the learner reads; returns false if nothing is
   * left to do.
   */
  prepare?(answered: number): boolean;
  /** Returns how many questions there may still be; absent if that does not change during the round. */
  left?(): number;
  /** Opens the run of a question that belongs to no lesson, at the question's place. */
  openAsked?(question: Question): Promise<OpenResult>;
  /** Returns a round of questions like these, with other numbers. */
  repeat(questions: readonly Question[]): Round;
};

export type RoundResult = {readonly round: Round} | {readonly message: Text};

/** A solved challenge, for the result to share. */
export type Solved = {
  readonly id: string;
  readonly title: OpenedRun['title'];
  readonly moves: number;
  readonly par: number;
  readonly hints: number;
};
