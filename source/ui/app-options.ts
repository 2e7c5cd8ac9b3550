// What commands hand to the app, and what comes back.
import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Language, Text, Track} from '../lesson/lesson.ts';
import type {PacketQuestion} from '../quiz/in-place.ts';
import type {Question} from '../quiz/question.ts';
import type {Comparison} from '../sim/compare.ts';
import type {Replay} from '../sim/replay.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import type {CompareTold} from '../view/compare/compare-told.ts';
import type {GraphForm} from '../view/glyphs.ts';
import type {Message} from '../view/note.ts';
import type {LearnerPage} from '../view/quiz/learner-page.ts';
import type {SceneInput} from '../view/scene-input.ts';
import type {Motion, Speed} from '../view/time/playback-state.ts';
import type {Failed} from '../words/failed.ts';
import type {AppState} from './app-state.ts';
import type {CapturesDesk} from './captures.ts';
import type {Learned} from './learned.ts';
import type {ThemeName} from './palettes.ts';
import type {CaptureDesk} from './picker.ts';
import type {FreshAnswer, LearnerNote, Postponed, Round, RoundResult, RoundWish} from './quiz-round.ts';
import type {ColourDepth} from './theme.ts';

/** What the reader may change while the app runs. */
export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** Unless `ascii` is on. */
  readonly graphs: GraphForm;
  readonly motion: Motion;
  /** Sentences in place of pictures. */
  readonly screenReader: boolean;
};

/** A lesson as the menu lists it. */
export type LessonEntry = {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
};

/** What it takes to have a run again with something altered. */
export type Forkable = {
  readonly scenario: Scenario;
  readonly replay: Replay;
  /** Simulates it, and binds what the lesson still tells of it. */
  again(scenario: Scenario): {readonly trace: Trace; readonly beats: readonly BoundBeat[]};
};

/** Two runs that a lesson compares. */
export type Together = {
  readonly titles: readonly [Text, Text];
  /** Replay codes. */
  readonly codes: readonly [string, string];
  traces(): readonly [Trace, Trace];
};

/** A run, simulated and bound, ready to be played. */
export type OpenedRun = Omit<SceneInput, 'pacing' | 'playback' | 'message' | 'told'> & {
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
  /** Opened to see one thing: whoever goes through it has not gone through the lesson. */
  readonly glance?: true;
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

export type Place = {readonly event: number} | {readonly us: number};

/** What cannot be opened, in one line; the menu shows it and stays. */
export type OpenResult = {readonly run: OpenedRun} | {readonly message: Text};

/** `interrupted`: ctrl-c, exit code 130. */
export type ExitReason = 'quit' | 'interrupted';

/** What the quiz asks of the world. */
export type QuizDesk = {
  record(answer: FreshAnswer): void;
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
  /** The run that a question is about, at the question's place. */
  openAsked(question: Question): Promise<OpenResult> | OpenResult;
};

export type AppOptions = {
  /** In the order of the curriculum. */
  readonly lessons: readonly LessonEntry[];
  openLesson(id: string): Promise<OpenResult> | OpenResult;
  /** A player opened here is left with `q` to the shell, one opened from the menu to the menu. */
  readonly initial:
    | {readonly screen: 'menu'}
    | {readonly screen: 'player'; readonly run: OpenedRun; readonly desk?: CaptureDesk | undefined}
    /** A capture with several conversations. */
    | {readonly screen: 'picker'; readonly desk: CaptureDesk}
    | {readonly screen: 'quiz'; readonly round: Round}
    | {readonly screen: 'page'; readonly page: LearnerPage};
  /** Absent: nothing is kept, and no run opens. */
  readonly quiz?: QuizDesk;
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
