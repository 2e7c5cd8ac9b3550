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
  /** Makes scenarios with other settings of hosts and links; absent if the run does not come from a lesson file. */
  readonly vary?: Vary | undefined;
  /** Returns the settings of hosts and links that the reader may change; empty until `prepare` is done. */
  settables?(): readonly Settable[];
  /** Loads the code that `vary` and `settables` need, which takes a moment; it has to be called before them. */
  prepare?(): Promise<void>;
};

/** The title of a run where it is compared or listed; `lettered` has the letter at its beginning, and the title without it. */
export type TitleBeside = {readonly title: Text; readonly lettered?: Lettered | undefined};

/** Two runs that a lesson compares. */
export type Together = {
  readonly titles: readonly [TitleBeside, TitleBeside];
  /** The replay codes of the two compared runs. */
  readonly codes: readonly [string, string];
  traces(): readonly [Trace, Trace];
};

/** A run that is simulated or captured, together with its lesson's beats, ready to be played. */
export type OpenedRun = Omit<SceneInput, 'pacing' | 'playback' | 'message' | 'told'> & {
  /** The lesson's first page; absent unless the run is a lesson's first one and nothing in it is altered. */
  readonly opening?: OpeningPage;
  /** The content of the lesson's last page; undefined for runs without a last page, such as a capture. */
  readonly closing?: Closing | undefined;
  /** The parts that are needed to alter packets; undefined for a capture or a script, which cannot be altered. */
  readonly fork?: Forkable;
  /** The comparison of two runs that the last of `whatIfs` opens; absent if it opens a run. */
  readonly together?: Together;
  /** The lesson file from which the run was opened; absent if the lesson is built in. */
  readonly openedFrom?: string;
  /** Set if the capture is still being taken; the app's option `follow` then reports new packets. */
  readonly live?: true;
  /** The speed at which the run begins to play; undefined for 1×. */
  readonly speed?: Speed;
  /** The event or time at which the run is opened, paused; undefined if it plays from its beginning. */
  readonly at?: Place;
  /** Simulates the challenge's run again with these moves; absent if the run is not one of a challenge. */
  attempt?(moves: readonly Move[]): Promise<OpenResult> | OpenResult;
  /** The key under which the reader's place is stored; undefined if it is not stored. */
  readonly keptAs?: string;
  /** The place where the reader left the run; `changed` if the lesson has changed so that the place no longer exists. */
  readonly left?: LeftOff | 'changed';
  /** The lesson and its run that demonstrate the most important finding on this capture; undefined if none does. */
  readonly shownBy?: Shown | undefined;
  /** Set if the run was opened to show one thing, so that reaching its end does not finish the lesson. */
  readonly glance?: true;
  /** Set if the run was opened from a quiz question, which names absolute sequence numbers. */
  readonly asked?: true;
  /** Set if nothing after the place at which the run is opened is shown, because it would answer open questions of the run below. */
  readonly endsThere?: true;
  /**
   * Returns the number of the event in this run that contradicts a misconception, or `another` if another run of the lesson does; undefined
   * if none does.
   */
  counterAt?(misconception: string): number | 'another' | undefined;
  /** Simulates the connection to which a captured packet belongs, for comparison; absent if the capture cannot be read again. */
  simulate?(packet: number | undefined): Promise<SimulatedResult>;
  /**
   * Returns the questions about packets of a capture, or of its connection in the simulator; absent if there are none to ask. Computed only
   * when the reader asks for them.
   */
  predictions?(trace: Trace): readonly PacketQuestion[];
  /** Begins the check (a short test) of this run; absent if `check` names a lesson. */
  beginCheck?(): Promise<RoundResult>;
  /** Returns the packet or quiz question behind a beat of this run; undefined if the beat is the lesson's own. */
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

/** Returns the run and place as a list of arguments for `openLesson`: empty if the whole lesson is meant. */
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
   * Returns the next question of a quiz round; undefined if there are no more. `dropped` is the number of questions that could not be shown
   * and so have no answer.
   */
  next(answered: readonly Answered[], dropped: number): Question | undefined;
  /**
   * Does a part of the work for the quiz question that follows after `answered` answers, while the learner reads; returns false if nothing
   * is left to do.
   */
  prepare?(answered: number): boolean;
  /** Returns how many more questions the quiz round may ask; absent if their number is fixed. */
  left?(): number;
  /** Opens the run of a quiz question that belongs to no lesson, at the place that the question concerns. */
  openAsked?(question: Question): Promise<OpenResult>;
  /** Returns a quiz round with questions like these, but with other numbers. */
  repeat(questions: readonly Question[]): Round;
};

export type RoundResult = {readonly round: Round} | {readonly message: Text};

/** A solved challenge with the numbers of moves and hints, from which the result to share is made. */
export type Solved = {
  readonly id: string;
  readonly title: OpenedRun['title'];
  readonly moves: number;
  readonly par: number;
  readonly hints: number;
};
