// The state of the app, and what it asks of the world.

import type {Move} from '../lesson/attempt.ts';
import type {Text} from '../lesson/text.ts';
import type {InterviewState} from '../view/interview/interview-state.ts';
import type {Message} from '../view/note.ts';
import type {LearnerPage} from '../view/quiz/learner-page.ts';
import type {SearchState} from '../view/search/search-state.ts';
import type {Failed} from '../words/failed.ts';
import type {CaptureState, CapturesEffect, CapturesPart, PickerEffect} from './capture-state.ts';
import type {Clicked} from './clicked.ts';
import type {Forking} from './fork-state.ts';
import type {InterviewEffect} from './interview.ts';
import type {LessonLeft} from './left-off.ts';
import type {LessonEntry, MenuState} from './menu-state.ts';
import type {RunPart} from './opened-run.ts';
import type {PlayerState} from './player.ts';
import type {Preferences} from './preferences.ts';
import type {LearnerNote, OpenQuiz, QuizEffect} from './quiz-round.ts';
import type {SearchEffect} from './search-desk.ts';
import type {SettingId} from './settings.ts';

export type AppState = CaptureState &
  CapturesPart & {
    readonly lessons: readonly LessonEntry[];
    readonly preferences: Preferences;
    readonly screen:
      | 'menu'
      | 'settings'
      | 'player'
      | 'quiz'
      | 'page'
      | 'picker'
      | 'captures'
      | 'interview'
      | 'search';
    /** Review or progress. */
    readonly page?: LearnerPage | undefined;
    /** Absent: nothing is kept of the learner. */
    readonly learner?: LearnerNote | undefined;
    /** Where `q` in the player leads. */
    readonly underPlayer: 'menu' | 'shell' | 'quiz' | 'page' | 'picker' | 'interview' | 'search';
    /** The round that is under way, or whose result is shown. */
    readonly quiz?: OpenQuiz | undefined;
    readonly interview?: InterviewState | undefined;
    /** Absent: nothing can be looked up. */
    readonly search?: SearchState | undefined;
    /** Where `q` in the quiz and its pages leads; absent: to the shell. */
    readonly underQuiz?: 'menu' | UnderCheck;
    /** The lesson that was left last. */
    readonly left?: LessonLeft | undefined;
    readonly menu: MenuState;
    /** The marked row of Settings. */
    readonly setting: SettingId;
    readonly player: PlayerState | undefined;
    /** Over the menu and Settings; the player's own state knows of its help. */
    readonly help: boolean;
    /** Pages turned since the help was opened; absent: none. */
    readonly helpPage?: number;
    readonly message: Message | undefined;
    /** What could not be saved so far: the message while there is no other. */
    readonly unsaved?: Text | undefined;
    /** What the start-up found; until the first key. */
    readonly notice: Text | undefined;
    /** The lesson that is being opened. */
    readonly opening: string | undefined;
    /** What could not be done; until the next key. */
    readonly failed?: Failed | undefined;
    /** The screen cannot be drawn: a page that says so stands in its place. */
    readonly undrawable?: Failed | undefined;
    /** What was clicked last; until the next key. */
    readonly clicked?: Clicked | undefined;
    /** Before an audience: nothing is to be seen for now. */
    readonly blank?: boolean;
    /** The terminal is the shell's: nothing may move. */
    readonly suspended: boolean;
  };

/** The lesson whose check is under way. */
type UnderCheck = Pick<AppState, 'player' | 'underPlayer'>;

export type Effect =
  | {readonly kind: 'exit'; readonly reason: ExitReason}
  /** To be kept: the rest holds for this sitting. */
  | {readonly kind: 'preferences'; readonly kept: Partial<Preferences>}
  | ({readonly kind: 'open'; readonly lesson: string} & RunPart)
  | {readonly kind: 'openWhatIf'; readonly index: number}
  /** Over the run that led to it. */
  | ({readonly kind: 'openLink'; readonly lesson: string} & RunPart)
  | {readonly kind: 'attempt'; readonly moves: readonly Move[]}
  | {readonly kind: 'fork'; readonly forking: Forking}
  | {readonly kind: 'simulate'; readonly packet: number | undefined}
  | QuizEffect
  | InterviewEffect
  | SearchEffect
  | PickerEffect
  | CapturesEffect
  | {readonly kind: 'copy'; readonly text: string}
  | {readonly kind: 'suspend'}
  | {readonly kind: 'redraw'};

export type Outcome = {readonly state: AppState; readonly effects: readonly Effect[]};

/** `interrupted`: ctrl-c, exit code 130. */
export type ExitReason = 'quit' | 'interrupted';
