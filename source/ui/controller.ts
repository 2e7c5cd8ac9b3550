// Joins the pure machine to the world: holds the state, tells who listens, and carries out its effects.

import type {Text} from '../lesson/text.ts';
import {guarded, type Told} from '../view/guarded.ts';
import type {Size} from '../view/layout.ts';
import {type Failed, failedLines, failedParts, keyPart} from '../words/failed.ts';
import {choose, type Mark, mark, pressKey} from './app-keys.ts';
import type {AppOptions} from './app-options.ts';
import type {AppState, Outcome} from './app-state.ts';
import {makeFailureLog} from './failure-log.ts';
import {grownPlayer} from './growing.ts';
import {pastedText} from './key-name.ts';
import {learnedBetween} from './learned.ts';
import {only, play} from './leaving.ts';
import {initialMenu} from './menu-state.ts';
import {playerInterval, workOn} from './panel-keys.ts';
import {grownPicker, openPicker} from './picker.ts';
import {openPlayer} from './player.ts';
import {makeQuestionGuard} from './question-guard.ts';
import {beginQuiz, examInterval, passed} from './quiz-round.ts';
import {withUnsaved} from './unsaved.ts';
import {leadOn, wayOut} from './way-out.ts';
import {makeWorld, type Terminal} from './world.ts';

export type Controller = {
  get(): AppState;
  subscribe(listener: () => void): () => void;
  press(key: string): void;
  tick(ms: number): void;
  mark(row: Mark): void;
  choose(row: Mark): void;
  /** Real milliseconds until the next tick is wanted; undefined: nothing moves. Sentences want one a moment, not one a frame. */
  interval(output?: 'sentences'): number | undefined;
  /** The lines that stand in the place of a part of the screen, or are said in place of it. */
  told: Told;
  /** The screen cannot be drawn: from now on a page that says so, until a key leads on. */
  undrawable(error: unknown): void;
  /** All that has failed so far. */
  failures(): readonly Failed[];
  attach(terminal: Terminal): void;
  /** The screen shows this state, and whatever is new on it listens to keys. */
  drawn(state: AppState): void;
  isDrawn(): boolean;
};

export function initialState({
  lessons,
  preferences,
  initial,
  message: notice,
  captures,
}: Pick<AppOptions, 'lessons' | 'preferences' | 'initial' | 'message' | 'captures'>): AppState {
  const common = {
    lessons,
    preferences,
    menu: initialMenu(lessons),
    ...(captures ? {openable: {last: captures.last()}} : {}),
    setting: 'language',
    help: false,
    message: undefined,
    notice,
    opening: undefined,
    suspended: false,
  } as const;
  if (initial.screen === 'menu') return {...common, screen: 'menu', underPlayer: 'menu', player: undefined};
  if (initial.screen === 'page') return {...common, ...initial, underPlayer: 'quiz', player: undefined};
  if (initial.screen === 'quiz')
    return {
      ...common,
      screen: 'quiz',
      underPlayer: 'quiz',
      player: undefined,
      quiz: beginQuiz(initial.round),
    };
  if (initial.screen === 'picker') {
    const {desk} = initial;
    return {
      ...common,
      screen: 'picker',
      underPlayer: 'picker',
      player: undefined,
      desk,
      picker: openPicker(desk),
    };
  }
  const {desk, run} = initial;
  const underPlayer = desk ? 'picker' : 'shell';
  return {...common, screen: 'player', underPlayer, desk, player: openPlayer(run, preferences)};
}

/** `ms` later: what plays has moved, and what is worked on meanwhile is further. */
export function ticked(before: AppState, ms: number): AppState {
  const isAsked = before.screen === 'quiz' && before.quiz !== undefined;
  const state = isAsked ? {...before, quiz: passed(before.quiz, ms)} : before;
  const moved = play(state, {kind: 'tick', ms});
  const player = moved.player && workOn(moved.player);
  return player === moved.player ? moved : {...moved, player};
}

/** What has been learned on the way from one state to the next is kept. */
function noteLearned(before: AppState, next: AppState, {onLearned, quiz, unsaved}: AppOptions): AppState {
  const learned = learnedBetween(before.player, next.player);
  for (const each of learned) onLearned?.(each);
  return learned.length === 0 ? next : withUnsaved({...next, learner: quiz?.note()}, unsaved?.());
}

/** While the clock itself fails it stands still until the next key. */
function intervalOf(state: AppState, output: 'sentences' | undefined): number | undefined {
  const {player, suspended, undrawable, failed} = state;
  if (suspended || undrawable !== undefined || failed?.part === failedParts.clock) return undefined;
  if (player === undefined) return output === 'sentences' ? undefined : examInterval(state);
  const {motion} = player.playback;
  return playerInterval(player, output === 'sentences' && motion === 'full' ? 'reduced' : motion);
}

/** What a key press is judged by: a steady clock in ms, and the screen as it is now. */
type Surroundings = {now(): number; size(): Size};

/** Where it fails to say when: so long until the next tick says why. */
const failedTickMs = 50;

export function makeController(options: AppOptions, {now, size}: Surroundings): Controller {
  let state = options.resumed ?? {...initialState(options), learner: options.quiz?.note()};
  const guard = makeQuestionGuard(now);
  let onScreen: AppState | undefined;
  let terminal: Terminal | undefined;
  const listeners = new Set<() => void>();
  const log = makeFailureLog(() => state);

  const show = (next: AppState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const become = (next: AppState) => {
    if (next === state) return;
    const noted = guarded(
      () => noteLearned(state, next, options),
      (error) => ({...next, failed: log.add(failedParts.learned, error)}),
    );
    guard.saw(state, next);
    // Whatever has changed is tried to be drawn.
    show(noted.undrawable === undefined ? noted : {...noted, undrawable: undefined});
  };
  const failed = (part: Text, error: unknown) =>
    become({...state, opening: undefined, failed: log.add(part, error)});
  const {carryOut, askNext} = makeWorld(options, {
    ...{get: () => state, become, failed, now},
    terminal: () => terminal,
  });
  const settle = (outcome: Outcome) => {
    become(outcome.state);
    for (const effect of outcome.effects) carryOut(effect);
  };
  /** What comes of it; where it throws, nothing but the message, or what `otherwise` says. */
  const obey = (part: Text, action: (before: AppState) => Outcome, otherwise = only) => {
    const before = state.failed === undefined ? state : {...state, failed: undefined};
    settle(
      guarded(
        () => action(before),
        (error) => otherwise({...before, failed: log.add(part, error)}),
      ),
    );
  };
  const press = (key: string) => {
    log.pressed(key);
    const pressed = {key, atMs: now(), size: size()};
    const action = (before: AppState): Outcome => {
      if (guard.holds(key, before)) return only(before);
      return before.undrawable === undefined ? pressKey(before, pressed) : leadOn(before, pressed);
    };
    obey(keyPart(pastedText(key) === undefined ? key : 'paste'), action, (before) => wayOut(before, key));
  };

  options.follow?.((growth, message) =>
    guarded(
      () => {
        const player = state.player && grownPlayer(state.player, growth);
        become({...state, player, picker: grownPicker(state), message: message ?? state.message});
      },
      (error) => failed(failedParts.growth, error),
    ),
  );
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press,
    tick: (ms) =>
      guarded(
        () => become(ticked(state, ms)),
        (error) => failed(failedParts.clock, error),
      ),
    mark: (row) => obey(failedParts.page, (before) => ({state: mark(before, row), effects: []})),
    choose: (row) =>
      obey(failedParts.page, (before) => (guard.holds('enter', before) ? only(before) : choose(before, row))),
    interval: (output) =>
      guarded(
        () => intervalOf(state, output),
        () => failedTickMs,
      ),
    told: (part, error) => failedLines(log.add(part, error), state.preferences.language),
    undrawable(error) {
      // The page that says so is the last resort.
      if (state.undrawable) terminal?.exit(error instanceof Error ? error : new Error(String(error)));
      else show({...state, undrawable: log.add(failedParts.screen, error)});
    },
    failures: log.all,
    attach(attached) {
      terminal = attached;
      if (state.quiz !== undefined) askNext();
    },
    drawn(shown) {
      onScreen = shown;
    },
    isDrawn: () => onScreen === state,
  };
}
