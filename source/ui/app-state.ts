// The type of the app's state, and the effects that the caller has to carry out.

import type {Move} from '../lesson/move.ts';
import type {Text} from '../lesson/text.ts';
import type {Sort} from '../lesson/tracks.ts';
import type {ChallengesState} from '../view/challenge/challenge-list.ts';
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
import type {RunPart, Solved} from './opened-run.ts';
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
      | 'challenges'
      | 'interview'
      | 'search';
    /** The page of review or progress that is open; undefined if none is. */
    readonly page?: LearnerPage | undefined;
    /** The facts about the learner that the menu shows; undefined if nothing is stored. */
    readonly learner?: LearnerNote | undefined;
    /** The screen to which `q` leads from the player. */
    readonly underPlayer:
      | 'menu'
      | 'shell'
      | 'quiz'
      | 'page'
      | 'picker'
      | 'challenges'
      | 'interview'
      | 'search';
    /** The round of the quiz in progress, or the one whose result is shown. */
    readonly quiz?: OpenQuiz | undefined;
    readonly interview?: InterviewState | undefined;
    /** The page that lists the challenges, on the screen or as the reader left it; undefined if it was not opened. */
    readonly challenges?: ChallengesState | undefined;
    /** The state of the page for looking things up; undefined if nothing can be looked up. */
    readonly search?: SearchState | undefined;
    /** The screen to which the page for looking things up leads back; undefined while it is not open. */
    readonly underSearch?: UnderSearch | undefined;
    /** The place to which `q` leads from the quiz and its pages: the menu, or the run whose check it is; undefined for the shell. */
    readonly underQuiz?: 'menu' | UnderCheck;
    /** The lesson that the reader left last, and the place in it; undefined if there is none. */
    readonly left?: LessonLeft | undefined;
    readonly menu: MenuState;
    /** The setting whose row is marked in Settings. */
    readonly setting: SettingId;
    readonly player: PlayerState | undefined;
    /** True if the help is open over a screen other than the player, whose own state includes its help. */
    readonly help: boolean;
    /** The index of the help's page on the screen, from 0 and before it is limited to the pages that exist; undefined for the first. */
    readonly helpPage?: number;
    readonly message: Message | undefined;
    /** A text on what could not be saved so far; it is shown while there is no other message. */
    readonly unsaved?: Text | undefined;
    /** A message from the start of the program, or about an opened capture, shown until the first key; undefined if there is none. */
    readonly notice: Text | undefined;
    /** The name of what is being opened, such as a lesson's id; undefined if nothing is. */
    readonly opening: string | undefined;
    /** An error in a part of the app, shown until the next key. */
    readonly failed?: Failed | undefined;
    /** The error because of which the screen cannot be drawn; a page on it is shown instead. */
    readonly undrawable?: Failed | undefined;
    /** The part of the screen that was clicked last, so that a second click there acts; undefined after any other key. */
    readonly clicked?: Clicked | undefined;
    /** True if the screen is blank during a presentation. */
    readonly blank?: boolean;
    /** True while the program is suspended and the shell has the terminal, so that nothing may be drawn. */
    readonly suspended: boolean;
  };

type UnderSearch = Pick<AppState, 'screen' | 'player' | 'underPlayer' | 'search' | 'underSearch' | 'help'>;

/** The player with the lesson's run to which the reader returns after the check of that lesson. */
type UnderCheck = Pick<AppState, 'player' | 'underPlayer'>;

export type Effect =
  | {readonly kind: 'exit'; readonly reason: ExitReason}
  /** An effect that saves these preferences; preferences that are not saved hold only until the program ends. */
  | {readonly kind: 'preferences'; readonly kept: Partial<Preferences>}
  | ({readonly kind: 'open'; readonly lesson: string} & RunPart)
  /** An effect that opens a newly generated challenge of this sort. */
  | {readonly kind: 'openFresh'; readonly sort: Sort}
  | {readonly kind: 'openWhatIf'; readonly index: number}
  /** An effect that opens a lesson over the run from which a link leads to it, so that closing it leads back to that run. */
  | ({readonly kind: 'openLink'; readonly lesson: string} & RunPart)
  | {readonly kind: 'attempt'; readonly moves: readonly Move[]}
  /** Writes the result of a solved challenge to share it. */
  | {readonly kind: 'share'; readonly solved: Solved}
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

/** The reason for which the app ended; `interrupted` stands for ctrl-c, with exit code 130. */
export type ExitReason = 'quit' | 'interrupted';
