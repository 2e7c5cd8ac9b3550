// The options that commands pass to the app, and what it returns.

import type {Text} from '../lesson/text.ts';
import type {Question} from '../quiz/question.ts';
import type {InterviewState} from '../view/interview/interview-state.ts';
import type {Message} from '../view/note.ts';
import type {LearnerPage} from '../view/quiz/learner-page.ts';
import type {Failed} from '../words/failed.ts';
import type {AppState, ExitReason} from './app-state.ts';
import type {CaptureDesk, CapturesDesk} from './capture-state.ts';
import type {FreshTicks} from './interview.ts';
import type {Learned} from './learned.ts';
import type {PlacesDesk} from './left-off.ts';
import type {LessonEntry} from './menu-state.ts';
import type {Growth, OpenedRun, OpenResult, Round, RoundResult, RunPart} from './opened-run.ts';
import type {Preferences} from './preferences.ts';
import type {FreshAnswer, LearnerNote, Postponed, RoundWish} from './quiz-round.ts';
import type {SearchDesk} from './search-desk.ts';
import type {TerminalAnswers} from './terminal-answers.ts';
import type {ColourDepth} from './theme.ts';

/** The functions that the quiz needs from outside. */
export type QuizDesk = {
  record(answer: FreshAnswer | FreshTicks): void;
  /** Begins practice, a review of what is due, or one of weak beliefs. */
  begin(which: RoundWish): Promise<RoundResult>;
  page(kind: LearnerPage['kind']): LearnerPage;
  /** Postpones what this question or card asks for, so that it is not asked again today. */
  putOff(what: Postponed): void;
  /** Writes all records to a new file. */
  exportProgress(): Message;
  note(): LearnerNote;
  /** Opens the run that contradicts this belief, at the instant where it does. */
  openCounter(misconception: string): Promise<OpenResult> | OpenResult;
  /** Returns the questions that can be asked; with `about` those that are due, this one first. */
  interview(about?: string): InterviewState;
  /** Opens the run that shows a point of an answer, at the instant where it does. */
  openProof(question: string, point: string, lesson: string): Promise<OpenResult> | OpenResult;
  /** Opens the run that a question is about, at the question's place. */
  openAsked(question: Question): Promise<OpenResult> | OpenResult;
};

/** Preferences that fit the terminal, where the reader has chosen none; `message` tells about them. */
export type Fitting = {readonly preferences: Preferences; readonly message?: Text};

export type AppOptions = {
  /** The lessons in the order of the curriculum. */
  readonly lessons: readonly LessonEntry[];
  openLesson(id: string, part?: RunPart): Promise<OpenResult> | OpenResult;
  /** The first screen. `q` leaves a player that was opened here to the shell, and one that was opened from the menu to the menu. */
  readonly initial:
    | {readonly screen: 'menu'; readonly track?: string}
    | {readonly screen: 'player'; readonly run: OpenedRun; readonly desk?: CaptureDesk | undefined}
    /** The list of a capture with several conversations. */
    | {readonly screen: 'picker'; readonly desk: CaptureDesk}
    | {readonly screen: 'quiz'; readonly round: Round}
    | {readonly screen: 'page'; readonly page: LearnerPage}
    | {readonly screen: 'interview'; readonly interview: InterviewState};
  /** The functions of the quiz; absent if nothing is stored and no run can be opened. */
  readonly quiz?: QuizDesk;
  /** The functions for looking things up; absent if that is impossible. */
  readonly search?: SearchDesk;
  /** The functions that store places in lessons; absent if none are stored. */
  readonly places?: PlacesDesk;
  /** The functions that open captures from the menu; absent if that is impossible. */
  readonly captures?: CapturesDesk;
  /** The state in which the other kind of output stopped; absent to begin as `initial` says. */
  readonly resumed?: AppState;
  readonly preferences: Preferences;
  /** Called with changes to be saved; returns a text if they are not. */
  onPreferences(kept: Partial<Preferences>): Text | undefined;
  /** Called with what the learner has shown. */
  onLearned?(learned: Learned): void;
  /** Returns what of that could not be saved so far; it is shown until it is saved. */
  unsaved?(): Text | undefined;
  /** Calls `grown` from now on when the capture grows; replaces an earlier listener. */
  follow?(grown: (growth: Growth, message: Text | undefined) => void): void;
  /** Returns preferences after late answers of the terminal. */
  fitting?(late: TerminalAnswers): Fitting;
  readonly colours: ColourDepth;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** A message until the first key, such as “wide glyphs: ASCII, see ?”. */
  readonly message?: Text;
};

export type RunningApp = {
  /** Resolves once the terminal is restored; rejects after restoring if nothing could be drawn. */
  readonly done: Promise<ExitReason>;
  /** Restores the terminal immediately, any number of times; for signal handlers and last resorts. */
  restore(): void;
  /** Returns the state for the other kind of output, which continues from it. */
  state(): AppState;
  /** Returns the parts of the app that threw errors, each of which was told when it did. */
  failures(): readonly Failed[];
};
