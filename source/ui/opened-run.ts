// What can be opened in the app: a run, ready to be played, and a round of the quiz.

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

/** A run that was simulated; `beats` binds what the lesson still tells of it, which takes as long. */
export type Simulated = {readonly trace: Trace; beats(): readonly BoundBeat[]};

/** What it takes to have a run again with something altered. */
export type Forkable = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  again(scenario: Scenario): Simulated;
};

/** `lettered`: its title in two. */
export type TitleBeside = {readonly title: Text; readonly lettered?: Lettered | undefined};

/** Two runs that a lesson compares. */
export type Together = {
  readonly titles: readonly [TitleBeside, TitleBeside];
  /** Replay codes. */
  readonly codes: readonly [string, string];
  traces(): readonly [Trace, Trace];
};

/** A run, simulated and bound, ready to be played. */
export type OpenedRun = Omit<SceneInput, 'pacing' | 'playback' | 'message' | 'told'> & {
  /** Of a lesson as it is written. */
  readonly opening?: OpeningPage;
  /** Absent: a recording, which leads nowhere. */
  readonly closing?: Closing | undefined;
  /** Absent: a capture or a script, which nobody can alter. */
  readonly fork?: Forkable;
  /** The last of `whatIfs` is this comparison. */
  readonly together?: Together;
  /** Of a lesson that is none of ours: its file. */
  readonly openedFrom?: string;
  /** More will come: `follow` brings it. */
  readonly live?: true;
  /** Absent: 1×. */
  readonly speed?: Speed;
  /** Absent: it begins at the beginning and plays. Present: it stands at this event, or at this time. */
  readonly at?: Place;
  /** Of a challenge: the run that these moves make of it. */
  attempt?(moves: readonly Move[]): Promise<OpenResult> | OpenResult;
  /** Under what the reader's place in it is kept; absent: nothing is. */
  readonly keptAs?: string;
  /** Where they left it; `changed`: there they cannot go back to. */
  readonly left?: LeftOff | 'changed';
  /** Of a capture: the run of a lesson that shows what matters most in it. */
  readonly shownBy?: Shown | undefined;
  /** Opened to see one thing: whoever goes through it has not gone through the lesson. */
  readonly glance?: true;
  /** Opened from a question of the quiz, which names numbers as packets carry them. */
  readonly asked?: true;
  /** Of a glance over a run that still asks: nothing is seen of what comes behind the instant. */
  readonly endsThere?: true;
  /** Where the run that contradicts a belief is one of this lesson: the event by which it shows that, or that it is another run. */
  counterAt?(misconception: string): number | 'another' | undefined;
  /** Of a capture that can be read again: the connection of that packet, as the simulator plays it. */
  simulate?(packet: number | undefined): Promise<SimulatedResult>;
  /** Of a capture, or a connection of one in the simulator: what its packets can be asked; worked out once it is wanted. */
  predictions?(trace: Trace): readonly PacketQuestion[];
  /** Where `check` names no lesson: the round about this run. */
  beginCheck?(): Promise<RoundResult>;
  /** Which question of the quiz a beat of this run asks; undefined: it is the lesson's own. */
  questionOf?(index: number): Question | undefined;
  /** One of `whatIfs`, by its place among them. */
  openWhatIf(index: number): Promise<OpenResult> | OpenResult;
};

/** A capture beside its simulation, and that run to be played. */
export type SimulatedResult =
  | {readonly comparison: Comparison; readonly told: CompareTold; readonly run: OpenedRun}
  | {readonly message: Text};

/** More of a capture that is still being made; `ended`: this is all of it, and how the title says so. */
export type Growth = {readonly trace: Trace; readonly ended: Text | undefined};

/** Of a lesson: a run by its name, and where in it, as `--at` says it; undefined: the first one, where the reader left it. */
export type RunPart = {readonly run?: string | undefined; readonly at?: string | undefined};

/** Nothing where all of the lesson is meant. */
export const partIn = ({run, at}: RunPart): readonly [RunPart] | readonly [] =>
  run === undefined && at === undefined ? [] : [{run, at}];

export type Place = {readonly event: number} | {readonly us: number};

/** What cannot be opened, in one line; the menu shows it and stays. */
export type OpenResult = {readonly run: OpenedRun} | {readonly message: Text};

export type Round = {
  readonly info: RoundInfo;
  readonly reference: QuizReference;
  /** Undefined: there is nothing more to ask. `dropped`: so many could not be shown, and were not answered. */
  next(answered: readonly Answered[], dropped: number): Question | undefined;
  /** Works a little on the question after so many answers, while something is read; false: nothing is left to do. */
  prepare?(answered: number): boolean;
  /** How many there may still be, where that changes while they are answered. */
  left?(): number;
  /** Where the questions are about no lesson: the run of one, at its place. */
  openAsked?(question: Question): Promise<OpenResult>;
  /** Questions like these, with other numbers. */
  repeat(questions: readonly Question[]): Round;
};

export type RoundResult = {readonly round: Round} | {readonly message: Text};
