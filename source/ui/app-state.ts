// The app as a pure machine: what a key makes of the state, and what it asks of the world.
import type {Text, Track} from '../lesson/lesson.ts';
import {pacing} from '../present/pacing.ts';
import {playback, startPlayback} from '../present/playback.ts';
import type {PlaybackAction, PlaybackContext, PlaybackState} from '../present/playback-state.ts';
import type {ExitReason, LessonEntry, OpenedRun, OpenResult, Preferences} from './app-options.ts';
import {type Action, actionFor, type KeyContext} from './keymap.ts';
import {
  type MenuItem,
  type MenuState,
  type MenuTarget,
  markTrack,
  menuBack,
  menuForward,
} from './menu-state.ts';
import {changeSetting, type SettingId} from './settings.ts';

export type PlayerState = {
  readonly run: OpenedRun;
  readonly context: PlaybackContext;
  readonly playback: PlaybackState;
};

export type AppState = {
  readonly lessons: readonly LessonEntry[];
  readonly preferences: Preferences;
  readonly screen: 'menu' | 'settings' | 'player';
  /** Where `q` in the player leads. */
  readonly underPlayer: 'menu' | 'shell';
  readonly menu: MenuState;
  /** The marked row of Settings. */
  readonly setting: SettingId;
  readonly player: PlayerState | undefined;
  /** Over the menu and Settings; the player's own state knows of its help. */
  readonly help: boolean;
  /** What could not be done; until the next key. */
  readonly message: Text | undefined;
  /** What the start-up found; until the first key. */
  readonly notice: Text | undefined;
  /** The lesson that is being opened. */
  readonly opening: string | undefined;
  /** The terminal is the shell's: nothing may move. */
  readonly suspended: boolean;
};

export type Effect =
  | {readonly kind: 'exit'; readonly reason: ExitReason}
  | {readonly kind: 'preferences'; readonly preferences: Preferences}
  | {readonly kind: 'open'; readonly lesson: string}
  | {readonly kind: 'suspend'}
  | {readonly kind: 'redraw'};

export type Outcome = {readonly state: AppState; readonly effects: readonly Effect[]};

const only = (state: AppState): Outcome => ({state, effects: []});

export function openPlayer(run: OpenedRun, {language, motion}: Preferences): PlayerState {
  const context: PlaybackContext = {trace: run.trace, pacing: pacing(run.trace), beats: run.beats};
  const begun = startPlayback({
    language,
    motion,
    speed: run.speed ?? 1,
    stopAtBeats: true,
    playing: run.atEvent === undefined,
  });
  const state =
    run.atEvent === undefined ? begun : playback(begun, {kind: 'toEvent', event: run.atEvent}, context);
  return {run, context, playback: state};
}

export function keyContext({screen, help, menu, player}: AppState): KeyContext {
  if (help) return 'help';
  if (screen === 'menu') return menu.level === 'main' ? 'menu' : 'lessons';
  if (screen === 'settings' || player === undefined) return 'settings';
  const {gate, why, help: playerHelp} = player.playback;
  if (playerHelp) return 'help';
  if (gate !== undefined && !gate.replied) return 'question';
  if (why !== undefined) return 'why';
  return gate === undefined ? 'player' : 'reply';
}

/** `atMs` is any steady clock. */
export function pressKey(state: AppState, key: string, atMs: number): Outcome {
  const action = actionFor(key, keyContext(state));
  const isQuiet = state.message === undefined && state.notice === undefined;
  const read = isQuiet ? state : {...state, message: undefined, notice: undefined};
  return action === undefined ? only(read) : act(read, action, {key, atMs});
}

function act(
  state: AppState,
  action: Action,
  {key, atMs}: {readonly key: string; readonly atMs: number},
): Outcome {
  switch (action) {
    case 'leave':
      return {state, effects: [{kind: 'exit', reason: 'interrupted'}]};
    case 'suspend':
      return {state, effects: [{kind: 'suspend'}]};
    case 'redraw':
      return {state, effects: [{kind: 'redraw'}]};
    case 'language':
    case 'theme':
    case 'ascii':
      return change(state, action);
    case 'help':
      return only(toggleHelp(state));
    case 'back':
      return back(state);
    case 'forward':
      return select(state, menuForward(state.menu, state.lessons));
    case 'change':
      return change(state, state.setting);
    case 'choose':
    case 'open':
      // ink-select-input moves the mark and reports the choice itself.
      return only(state);
    default: {
      const wanted = playbackAction(action, key, atMs);
      return only(wanted === undefined ? state : play(state, wanted));
    }
  }
}

/** What an action means to the player; undefined: it is the app's own. */
export function playbackAction(action: Action, key: string, atMs: number): PlaybackAction | undefined {
  if (action === 'answer') return {kind: 'answer', choice: key};
  if (action === 'stepForward') return {kind: 'stepForward', atMs};
  return plainActions.get(action);
}

const plainActions: ReadonlyMap<Action, PlaybackAction> = new Map<Action, PlaybackAction>([
  ['playPause', {kind: 'togglePlay'}],
  ['stepBack', {kind: 'stepBack'}],
  ['beatBack', {kind: 'beatPrevious'}],
  ['beatForward', {kind: 'beatNext'}],
  ['start', {kind: 'toStart'}],
  ['end', {kind: 'toEnd'}],
  ['faster', {kind: 'faster'}],
  ['slower', {kind: 'slower'}],
  ['packetUp', {kind: 'packetPrevious'}],
  ['packetDown', {kind: 'packetNext'}],
  ['why', {kind: 'toggleWhy'}],
  ['cause', {kind: 'causePrevious'}],
  ['effect', {kind: 'causeNext'}],
  ['numbers', {kind: 'toggleRelative'}],
  ['hint', {kind: 'hint'}],
  ['skip', {kind: 'skip'}],
  ['goOn', {kind: 'continue'}],
]);

export function play(state: AppState, action: PlaybackAction): AppState {
  const {player} = state;
  if (player === undefined) return state;
  const moved = playback(player.playback, action, player.context);
  return moved === player.playback ? state : {...state, player: {...player, playback: moved}};
}

/** The next value of a setting. */
function change(state: AppState, setting: SettingId): Outcome {
  const preferences = {...state.preferences, ...changeSetting(setting, state.preferences)};
  const {language} = preferences;
  const changed = play({...state, preferences}, {kind: 'language', language});
  return {state: changed, effects: [{kind: 'preferences', preferences}]};
}

function toggleHelp(state: AppState): AppState {
  return state.screen === 'player' ? play(state, {kind: 'toggleHelp'}) : {...state, help: !state.help};
}

function back(state: AppState): Outcome {
  switch (keyContext(state)) {
    case 'help':
      return only(toggleHelp(state));
    case 'why':
      return only(play(state, {kind: 'toggleWhy'}));
    case 'menu':
      return {state, effects: [{kind: 'exit', reason: 'quit'}]};
    case 'lessons':
      return only({...state, menu: menuBack(state.menu)});
    case 'settings':
      return only({...state, screen: 'menu'});
    default:
      return state.underPlayer === 'menu'
        ? only({...state, screen: 'menu', player: undefined})
        : {state, effects: [{kind: 'exit', reason: 'quit'}]};
  }
}

/** What was chosen in the menu. */
function select(state: AppState, target: MenuTarget | undefined): Outcome {
  if (target === undefined || state.opening !== undefined) return only(state);
  if (target.kind === 'lesson') {
    return {state: {...state, opening: target.id}, effects: [{kind: 'open', lesson: target.id}]};
  }
  if (target.kind === 'settings') return only({...state, screen: 'settings'});
  return only({...state, menu: target.menu});
}

/** A row of the menu or of Settings. */
export type Mark =
  | {readonly kind: 'item'; readonly item: MenuItem}
  | {readonly kind: 'track'; readonly track: Track}
  | {readonly kind: 'lesson'; readonly id: string}
  | {readonly kind: 'setting'; readonly id: SettingId};

/** The mark has moved. */
export function mark(state: AppState, to: Mark): AppState {
  const {menu, lessons} = state;
  switch (to.kind) {
    case 'item':
      return {...state, menu: {...menu, item: to.item}};
    case 'track':
      return {...state, menu: markTrack(menu, to.track, lessons)};
    case 'lesson':
      return {...state, menu: {...menu, lesson: to.id}};
    case 'setting':
      return {...state, setting: to.id};
  }
}

/** `enter` on a row. */
export function choose(state: AppState, row: Mark): Outcome {
  const marked = mark(state, row);
  return row.kind === 'setting'
    ? change(marked, row.id)
    : select(marked, menuForward(marked.menu, marked.lessons));
}

/** A lesson has been loaded, or could not be. */
export function opened(state: AppState, result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  if ('message' in result) return {...here, message: result.message};
  const player = openPlayer(result.run, state.preferences);
  return {...here, screen: 'player', underPlayer: 'menu', help: false, player};
}
