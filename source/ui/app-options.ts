// The types of the options that commands pass to the app, and of what the app returns.

import type {Language, Text} from '../lesson/text.ts';
import type {Sort} from '../lesson/tracks.ts';
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
import type {Growth, OpenedRun, OpenResult, Round, RoundResult, RunPart, Solved} from './opened-run.ts';
import type {Preferences} from './preferences.ts';
import type {FreshAnswer, LearnerNote, Postponed, RoundWish} from './quiz-round.ts';
import type {SearchDesk} from './search-desk.ts';
import type {TerminalAnswers} from './terminal-answers.ts';
import type {ColourDepth} from './theme.ts';

/** The functions by which the quiz and the interview store answers, make rounds and open runs. */
export type QuizDesk = {
  record(answer: FreshAnswer | FreshTicks): void;
  /** Begins a round of the quiz: practice, a review of due cards, or one of the weakest misconceptions, among others. */
  begin(which: RoundWish): Promise<RoundResult>;
  page(kind: LearnerPage['kind']): LearnerPage;
  /** Postpones a card, or the cards that a question asks for, so that they are not due again today. */
  putOff(what: Postponed): void;
  /** Writes all stored answers to a new file. */
  exportProgress(): Message;
  /** Returns the id of a generated challenge of this sort that the learner has not played. */
  freshChallenge?(sort: Sort): string;
  /** Writes the result of a solved challenge as a picture; returns the text to share, and a message on the picture. */
  share?(solved: Solved, language: Language): {readonly text: string; readonly message: Message};
  note(): LearnerNote;
  /** Opens the run that contradicts a misconception, at the instant at which it does. */
  openCounter(misconception: string): Promise<OpenResult> | OpenResult;
  /**
   * Returns an interview with all questions that can be asked; with `about`, the id of a question, only the due ones, beginning with that
   * one.
   */
  interview(about?: string): InterviewState;
  /** Opens the run that demonstrates a point of an interview's answer, at the instant at which it does. */
  openProof(question: string, point: string, lesson: string): Promise<OpenResult> | OpenResult;
  /** Opens the run that a quiz question is about, at the question's place. */
  openAsked(question: Question): Promise<OpenResult> | OpenResult;
};

/**
 * The preferences that fit the terminal where the reader has chosen none; `message` tells what was chosen for him, undefined if nothing
 * need be said.
 */
export type Fitting = {readonly preferences: Preferences; readonly message?: Text};

export type AppOptions = {
  /** The lessons in the order of the curriculum. */
  readonly lessons: readonly LessonEntry[];
  openLesson(id: string, part?: RunPart): Promise<OpenResult> | OpenResult;
  /**
   * The screen with which the app begins. `q` in a player that was opened here leads to the shell, in one opened from the menu to the menu.
   */
  readonly initial:
    | {readonly screen: 'menu'; readonly track?: string}
    | {readonly screen: 'player'; readonly run: OpenedRun; readonly desk?: CaptureDesk | undefined}
    /** The app begins with the list of conversations in a capture that has several. */
    | {readonly screen: 'picker'; readonly desk: CaptureDesk}
    | {readonly screen: 'quiz'; readonly round: Round}
    | {readonly screen: 'page'; readonly page: LearnerPage}
    | {readonly screen: 'interview'; readonly interview: InterviewState};
  /** The functions for quiz and interview; undefined if answers are not stored and no run can be opened. */
  readonly quiz?: QuizDesk;
  /** The functions for looking things up; undefined if that is impossible. */
  readonly search?: SearchDesk;
  /** The functions that store where the reader left lessons; undefined if that is not stored. */
  readonly places?: PlacesDesk;
  /** The functions that open captures from the menu; undefined if that is impossible. */
  readonly captures?: CapturesDesk;
  /**
   * The state in which the other kind of output (screen or sentences) stopped, and which is continued; undefined to begin with `initial`.
   */
  readonly resumed?: AppState;
  readonly preferences: Preferences;
  /** Called with changed preferences to be saved; returns a text on why they are not saved, or undefined. */
  onPreferences(kept: Partial<Preferences>): Text | undefined;
  /** Called with what the learner's last action has shown, such as an answer or a finished lesson, to be stored. */
  onLearned?(learned: Learned): void;
  /** Returns a text on what could not be saved so far, which is shown until it is saved; undefined if everything is. */
  unsaved?(): Text | undefined;
  /** Sets the listener that is called whenever the capture being taken grows; it replaces an earlier listener. */
  follow?(grown: (growth: Growth, message: Text | undefined) => void): void;
  /** Returns the preferences that fit the terminal, for answers of the terminal that arrive after the first screen. */
  fitting?(late: TerminalAnswers): Fitting;
  readonly colours: ColourDepth;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** A message that is shown until the first key, such as “wide glyphs: ASCII, see ?”. */
  readonly message?: Text;
};

export type RunningApp = {
  /**
   * Resolves with the reason for which the app ended, once the terminal is restored; rejects, after restoring it, if nothing could be
   * drawn.
   */
  readonly done: Promise<ExitReason>;
  /** Restores the terminal immediately; may be called any number of times, such as by signal handlers. */
  restore(): void;
  /** Returns the state of the app, from which the other kind of output (screen or sentences) can continue. */
  state(): AppState;
  /** Returns the errors that parts of the app have thrown; each was shown to the reader when it happened. */
  failures(): readonly Failed[];
};
