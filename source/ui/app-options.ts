// What commands hand to the app, and what comes back.
import type {Language, Text, Track} from '../lesson/lesson.ts';
import type {ThemeName} from './palettes.ts';
import type {ColourDepth} from './theme.ts';

export type Motion = 'full' | 'reduced' | 'none';

/** What the reader may change while the app runs. */
export type Preferences = {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly ascii: boolean;
  readonly motion: Motion;
};

/** A lesson as the menu lists it. */
export type LessonEntry = {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
};

/** `interrupted`: ctrl-c, exit code 130. */
export type ExitReason = 'quit' | 'interrupted';

export type AppOptions<Run> = {
  /** In the order of the curriculum. */
  readonly lessons: readonly LessonEntry[];
  /** Loads, simulates and binds; a rejected promise is shown as one message line and the menu stays. */
  openLesson(id: string): Promise<Run> | Run;
  /** Where to begin. A player opened here is left with `q` to the shell, one opened from the menu to the menu. */
  readonly initial: {readonly screen: 'menu'} | {readonly screen: 'player'; readonly run: Run};
  readonly preferences: Preferences;
  /** After every change by a key or in Settings. */
  onPreferences(preferences: Preferences): void;
  readonly colours: ColourDepth;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Test hook (PACKET_TUTOR_TEST_CRASH=view): the first view throws. */
  readonly crashForTest?: boolean;
};

export type RunningApp = {
  /** Settles once the terminal is as it was; rejects with what a view threw, after restoring. */
  readonly done: Promise<ExitReason>;
  /** For signal handlers and last resorts: at once, any number of times. */
  restore(): void;
};
