// Connects the pure state machine of the app to the world: holds the state, tells its listeners of changes, and has effects carried out.

import {type Text, worded} from '../lesson/text.ts';
import {guarded, type Told} from '../view/guarded.ts';
import {isTimed, timePassed} from '../view/interview/interview-state.ts';
import type {Size} from '../view/layout.ts';
import {startSearch} from '../view/search/search-state.ts';
import {missedText} from '../view/story/challenge.ts';
import {failedParts, keyPart} from '../words/catalogue/failed.ts';
import {type Failed, failedLines} from '../words/failed.ts';
import {pressKey} from './app-keys.ts';
import type {AppOptions} from './app-options.ts';
import type {AppState, Outcome} from './app-state.ts';
import {makeBooth, movedOn} from './booth.ts';
import {offeringChallenge} from './challenge-solved.ts';
import {endedBetween} from './challenge-told.ts';
import {makeFailureLog} from './failure-log.ts';
import {grownPlayer} from './growing.ts';
import {pastedText} from './key-name.ts';
import {learnedBetween} from './learned.ts';
import {closed, only, play} from './leaving.ts';
import {enter, leftMessage, notePlace} from './left-off.ts';
import {initialMenu} from './menu-state.ts';
import {clickOn} from './mouse.ts';
import type {Growth} from './opened-run.ts';
import {playerInterval, workOn} from './panel-keys.ts';
import {grownPicker, keysNotice, openPicker} from './picker.ts';
import type {PlayerState} from './player.ts';
import type {Preferences} from './preferences.ts';
import {makeQuestionGuard} from './question-guard.ts';
import {beginQuiz, examInterval, passed} from './quiz-round.ts';
import {lookingAs} from './reasons.ts';
import type {TerminalAnswers} from './terminal-answers.ts';
import type {Mouse} from './typed.ts';
import {withUnsaved} from './unsaved.ts';
import {leadOn, wayOut} from './way-out.ts';
import {makeWorld, type Terminal} from './world.ts';

export type Controller = {
  get(): AppState;
  subscribe(listener: () => void): () => void;
  press(key: string): void;
  /**
   * Handles answers of the terminal that arrive after the first screen, to the questions about glyph width and background that were asked
   * at start-up.
   */
  answered(answers: TerminalAnswers): void;
  mouse(did: Mouse): void;
  tick(ms: number): void;
  /**
   * Returns the time in ms until the next tick; undefined if nothing moves. For sentences a tick for each moment is enough, instead of one
   * for each frame.
   */
  interval(output?: 'sentences'): number | undefined;
  /** Logs an error of a part of the screen or of its sentences, and returns the lines that are shown in its place. */
  told: Told;
  /** Shows a page on an error instead of a screen that cannot be drawn, until a key leads elsewhere. */
  undrawable(error: unknown): void;
  /** Notes and stores what the learner did before the program ends; wrong first tries become answers. May be called any number of times. */
  close(): void;
  /** Returns all errors that have been logged. */
  failures(): readonly Failed[];
  attach(terminal: Terminal): void;
  /** Called once the screen shows this state. */
  drawn(state: AppState): void;
  isDrawn(): boolean;
};

export function initialState(
  options: Pick<
    AppOptions,
    'lessons' | 'preferences' | 'initial' | 'message' | 'captures' | 'places' | 'search'
  >,
  learner?: AppState['learner'],
): AppState {
  const {lessons, preferences, initial, message: notice, captures, places, search} = options;
  const common = {
    lessons,
    learner,
    preferences,
    menu: initialMenu(lessons, initial.screen === 'menu' ? initial.track : undefined),
    ...(captures ? {openable: {last: captures.last()}} : {}),
    ...(search ? {search: startSearch()} : {}),
    left: places?.last(lessons),
    setting: 'language',
    help: false,
    player: undefined,
    message: undefined,
    notice,
    opening: undefined,
    suspended: false,
  } as const;
  switch (initial.screen) {
    case 'menu':
      return {...common, screen: 'menu', underPlayer: 'menu'};
    case 'page':
    case 'interview':
      return {...common, ...initial, underPlayer: 'quiz'};
    case 'quiz':
      return {...common, screen: 'quiz', underPlayer: 'quiz', quiz: beginQuiz(initial.round)};
    case 'picker': {
      const picker = openPicker(initial.desk);
      return {...common, ...initial, underPlayer: 'picker', picker, notice: notice ?? keysNotice(picker)};
    }
    case 'player': {
      const {desk, run} = initial;
      const underPlayer = desk ? 'picker' : 'shell';
      const player = enter(offeringChallenge(run, learner), lookingAs(common));
      return {...common, screen: 'player', underPlayer, desk, player, message: leftMessage(player)};
    }
  }
}

/** Returns the state after `ms` of real time: playback has moved, and a part of the panels' background work is done. */
export function ticked(before: AppState, ms: number): AppState {
  const {screen, quiz, interview} = before;
  const state =
    screen === 'quiz' && quiz !== undefined
      ? {...before, quiz: passed(quiz, ms)}
      : screen === 'interview' && interview !== undefined
        ? {...before, interview: timePassed(interview, ms)}
        : before;
  const moved = play(state, {kind: 'tick', ms});
  const player = moved.player && workOn(moved.player);
  return player === moved.player ? moved : {...moved, player};
}

/** Reports what the learner's action has shown, so that it is stored; returns the next state with the updated facts about him. */
function noteLearned(before: AppState, next: AppState, {onLearned, quiz, unsaved}: AppOptions): AppState {
  const learned = learnedBetween(before.player, next.player);
  for (const each of learned) onLearned?.(each);
  if (learned.length === 0) {
    const ended = endedBetween(before.player, next.player);
    return ended === undefined ? next : {...next, message: ended};
  }
  const missed = learned.flatMap((each) =>
    each.kind === 'tried' && !each.challenge.judgement.solved ? missedText(each.challenge) : [],
  )[0];
  const told = missed === undefined ? next : {...next, message: missed};
  return withUnsaved({...told, learner: quiz?.note()}, unsaved?.());
}

/** Returns the time in ms after which the clock of an exam or a timed interview has to be drawn again; undefined without such a clock. */
const clockInterval = (state: AppState): number | undefined =>
  state.screen === 'interview' && state.interview !== undefined && isTimed(state.interview)
    ? 1000
    : examInterval(state);

/** Returns the time in ms until the app's next tick; undefined if nothing moves, and after an error of the clock until the next key. */
function intervalOf(state: AppState, output: 'sentences' | undefined): number | undefined {
  const {player, suspended, undrawable, failed} = state;
  if (suspended || undrawable !== undefined || failed?.part === failedParts.clock) return undefined;
  // A run below the search page stands still.
  if (state.screen === 'search') return undefined;
  if (player === undefined) return output === 'sentences' ? undefined : clockInterval(state);
  const {motion} = player.playback;
  return playerInterval(player, output === 'sentences' && motion === 'full' ? 'reduced' : motion);
}

/** Names what the controller asks of the terminal: a steady clock in ms, and the size of the screen. */
type Surroundings = {now(): number; size(): Size};

/** The time in ms until the next tick if computing that time fails; the tick then reports the error. */
const failedTickMs = 50;

class AppController implements Controller {
  #state: AppState;
  #onScreen: AppState | undefined;
  #terminal: Terminal | undefined;
  /**
   * The preferences at the start, or those that fitted a later answer of the terminal; if the state has others, the reader has changed one.
   */
  #fitting: Preferences;
  readonly #options: AppOptions;
  readonly #surroundings: Surroundings;
  readonly #guard: ReturnType<typeof makeQuestionGuard>;
  readonly #booth = makeBooth();
  readonly #world: ReturnType<typeof makeWorld>;
  readonly #listeners = new Set<() => void>();
  readonly #log = makeFailureLog(() => this.#state);

  constructor(options: AppOptions, surroundings: Surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#state = options.resumed ?? initialState(options, options.quiz?.note());
    this.#fitting = options.preferences;
    this.#guard = makeQuestionGuard(surroundings.now);
    this.#world = makeWorld(options, {
      get: this.get,
      become: (next) => this.#become(next),
      failed: (part, error) => this.#failed(part, error),
      now: () => surroundings.now(),
      terminal: () => this.#terminal,
    });
    options.follow?.((growth, message) => this.#grown(growth, message));
  }

  readonly get = (): AppState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly press = (key: string): void => this.#pressed(key);

  #pressed(key: string, clicked = false): void {
    this.#log.pressed(key);
    this.#booth.touched();
    const pressed = {key, clicked, atMs: this.#surroundings.now(), size: this.#surroundings.size()};
    const action = (before: AppState): Outcome => {
      if (this.#guard.holds(key, before)) return only(before);
      return before.undrawable === undefined ? pressKey(before, pressed) : leadOn(before, pressed);
    };
    const part = worded(keyPart, {key: pastedText(key) === undefined ? key : 'paste'});
    this.#obey(part, action, (before) => wayOut(before, key));
  }

  readonly answered = (answers: TerminalAnswers): void => {
    const {preferences, message} = this.#options.fitting?.(answers) ?? {};
    if (!preferences || this.#state.preferences !== this.#fitting) return;
    this.#fitting = preferences;
    this.#become({...this.#state, preferences, ...(message ? {notice: message} : {})});
  };

  readonly mouse = ({did, ...at}: Mouse): void => {
    if (did !== 'click') {
      this.press(did);
      return;
    }
    const where = {atMs: this.#surroundings.now(), size: this.#surroundings.size()};
    guarded(
      () => {
        const meant = clickOn(this.#state, at, where);
        if ('key' in meant) this.#pressed(meant.key, true);
        else this.#become(meant.state);
      },
      (error) => this.#failed(failedParts.mouse, error),
    );
  };

  readonly tick = (ms: number): void => {
    const moves = this.#moves() !== undefined;
    guarded(
      () => this.#become(ticked(this.#state, ms)),
      (error) => this.#failed(failedParts.clock, error),
    );
    if (!this.#booth.passed(ms, this.#state, moves)) return;
    const where = {atMs: this.#surroundings.now(), size: this.#surroundings.size()};
    this.#obey(failedParts.clock, (before) => movedOn(before, where));
  };

  readonly interval = (output?: 'sentences'): number | undefined =>
    this.#moves(output) ?? this.#booth.interval(this.#state);

  /** Returns the time in ms until the next tick, without that of an unattended player; undefined if nothing moves. */
  #moves(output?: 'sentences'): number | undefined {
    return guarded(
      () => intervalOf(this.#state, output),
      () => failedTickMs,
    );
  }

  readonly told: Told = (part, error) =>
    failedLines(this.#log.add(part, error), this.#state.preferences.language);

  readonly undrawable = (error: unknown): void => {
    // If even the page on an error cannot be drawn, the app ends with that error.
    if (this.#state.undrawable)
      this.#terminal?.exit(error instanceof Error ? error : new Error(String(error)));
    else this.#show({...this.#state, undrawable: this.#log.add(failedParts.screen, error)});
  };

  readonly close = (): void => this.#obey(failedParts.learned, closed);

  readonly failures = (): readonly Failed[] => this.#log.all();

  readonly attach = (terminal: Terminal): void => {
    this.#terminal = terminal;
    if (this.#state.quiz !== undefined) this.#world.askNext();
  };

  readonly drawn = (shown: AppState): void => {
    this.#onScreen = shown;
  };

  readonly isDrawn = (): boolean => this.#onScreen === this.#state;

  #show(next: AppState): void {
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #become(next: AppState): void {
    const before = this.#state;
    if (next === before) return;
    const noted = guarded(
      () => noteLearned(before, next, this.#options),
      (error) => ({...next, failed: this.#log.add(failedParts.learned, error)}),
    );
    this.#guard.saw(before, next);
    this.#prepare(before.player, next.player);
    // After any change of the state the screen is tried again, because it may be drawable now.
    this.#show(
      this.#placed(before, noted.undrawable === undefined ? noted : {...noted, undrawable: undefined}),
    );
  }

  /** Draws the screen again once the settings of the marked host or link are known. */
  #showPrepared(): void {
    const {overlay} = this.#state.player ?? {};
    if (overlay?.kind === 'parts' || overlay?.kind === 'vary') this.#show({...this.#state});
  }

  /** Loads what is needed to change hosts and links of a run, as soon as the reader selects something or opens a page in it. */
  #prepare(before: PlayerState | undefined, after: PlayerState | undefined): void {
    if (!before || !after) return;
    if (before.overlay === after.overlay && before.playback.selection === after.playback.selection) return;
    after.run.fork
      ?.prepare?.()
      .then(() => this.#showPrepared())
      .catch((error: unknown) => this.#failed(failedParts.clock, error));
  }

  /**
   * Notes the reader's place in a lesson for the store; when he leaves the player, returns the state with the place that the menu offers to
   * return to.
   */
  #placed(before: AppState, next: AppState): AppState {
    const {places, lessons} = this.#options;
    notePlace(places, before.player, next.player);
    if (next.player !== undefined || before.player === undefined) return next;
    return {...next, left: places?.last(lessons)};
  }

  #failed(part: Text, error: unknown): void {
    this.#become({...this.#state, opening: undefined, failed: this.#log.add(part, error)});
  }

  /**
   * Applies an action to the state and has its effects carried out; if the action throws an error, the error is logged and `otherwise`
   * returns the outcome.
   */
  #obey(part: Text, action: (before: AppState) => Outcome, otherwise = only): void {
    const before = this.#state.failed === undefined ? this.#state : {...this.#state, failed: undefined};
    const {state, effects} = guarded(
      () => action(before),
      (error) => otherwise({...before, failed: this.#log.add(part, error)}),
    );
    this.#become(state);
    for (const effect of effects) {
      if (effect.kind === 'exit' && effect.reason === 'quit')
        notePlace(this.#options.places, state.player, undefined);
      this.#world.carryOut(effect);
    }
  }

  /** Updates the state with new packets of a capture that is still being taken. */
  #grown(growth: Growth, message: Text | undefined): void {
    guarded(
      () => {
        const state = this.#state;
        const player = state.player && grownPlayer(state.player, growth);
        this.#become({...state, player, picker: grownPicker(state), message: message ?? state.message});
      },
      (error) => this.#failed(failedParts.growth, error),
    );
  }
}

export const makeController = (options: AppOptions, surroundings: Surroundings): Controller =>
  new AppController(options, surroundings);
