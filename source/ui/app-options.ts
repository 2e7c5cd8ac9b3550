// What commands hand to the app, and what comes back.

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

/** What the quiz asks of the world. */
export type QuizDesk = {
  record(answer: FreshAnswer | FreshTicks): void;
  /** Practice, what is due, or what is weak. */
  begin(which: RoundWish): Promise<RoundResult>;
  page(kind: LearnerPage['kind']): LearnerPage;
  /** What this question, or this card, asks for is not asked again today. */
  putOff(what: Postponed): void;
  /** Writes all records to a new file. */
  exportProgress(): Message;
  note(): LearnerNote;
  /** The run that contradicts this belief, at the instant where it does. */
  openCounter(misconception: string): Promise<OpenResult> | OpenResult;
  /** What can be asked; `about`: what is due, this one first. */
  interview(about?: string): InterviewState;
  /** The run that shows a point of an answer, at the instant where it does. */
  openProof(question: string, point: string, lesson: string): Promise<OpenResult> | OpenResult;
  /** The run that a question is about, at the question's place. */
  openAsked(question: Question): Promise<OpenResult> | OpenResult;
};

/** What nobody has chosen, as it fits the terminal; `message`: what is to be known of it. */
export type Fitting = {readonly preferences: Preferences; readonly message?: Text};

export type AppOptions = {
  /** In the order of the curriculum. */
  readonly lessons: readonly LessonEntry[];
  openLesson(id: string, part?: RunPart): Promise<OpenResult> | OpenResult;
  /** A player opened here is left with `q` to the shell, one opened from the menu to the menu. */
  readonly initial:
    | {readonly screen: 'menu'; readonly track?: string}
    | {readonly screen: 'player'; readonly run: OpenedRun; readonly desk?: CaptureDesk | undefined}
    /** A capture with several conversations. */
    | {readonly screen: 'picker'; readonly desk: CaptureDesk}
    | {readonly screen: 'quiz'; readonly round: Round}
    | {readonly screen: 'page'; readonly page: LearnerPage}
    | {readonly screen: 'interview'; readonly interview: InterviewState};
  /** Absent: nothing is kept, and no run opens. */
  readonly quiz?: QuizDesk;
  /** Absent: nothing can be looked up. */
  readonly search?: SearchDesk;
  /** Absent: no place is kept. */
  readonly places?: PlacesDesk;
  /** Absent: no capture can be opened from the menu. */
  readonly captures?: CapturesDesk;
  /** Absent: as `initial` says. Present: where the other kind of output has left off. */
  readonly resumed?: AppState;
  readonly preferences: Preferences;
  /** What was changed where changes are to be kept; a text that comes back says that it is not. */
  onPreferences(kept: Partial<Preferences>): Text | undefined;
  /** What the learner has shown. */
  onLearned?(learned: Learned): void;
  /** What of that could not be saved so far; shown until it is. */
  unsaved?(): Text | undefined;
  /** From now on `grown` hears of what comes; it takes the place of who heard before. */
  follow?(grown: (growth: Growth, message: Text | undefined) => void): void;
  /** What else follows from answers of the terminal that come late. */
  fitting?(late: TerminalAnswers): Fitting;
  readonly colours: ColourDepth;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Shown until the first key: “wide glyphs: ASCII, see ?”. */
  readonly message?: Text;
};

export type RunningApp = {
  /** Settles once the terminal is as it was; rejects, after restoring, with what leaves nothing to be drawn. */
  readonly done: Promise<ExitReason>;
  /** For signal handlers and last resorts: at once, any number of times. */
  restore(): void;
  /** For whoever goes on from here. */
  state(): AppState;
  /** Parts of it that threw; each was told when it did. */
  failures(): readonly Failed[];
};
