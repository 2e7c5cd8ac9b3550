// Writes the texts on the keys that work in the present state: the key line and the help page.
import type {Text} from '../lesson/text.ts';
import {type Glyphs, plainText} from '../view/glyphs.ts';
import type {HelpKey, HelpSection} from '../view/help.ts';
import type {Size} from '../view/layout.ts';
import {type KeyHint, mostHints} from '../view/page-frame.ts';
import {challengePanel} from '../view/panels/challenge.ts';
import {focusables} from '../view/panels/fixed.ts';
import {panels, panelsByName} from '../view/panels/registry.ts';
import {turnPanel} from '../view/panels/turn.ts';
import {playLeadsTo} from '../view/time/changes.ts';
import {atEnd, isQuestion, narrationPlaces, type Question} from '../view/time/waypoints.ts';
import {helpGroups, notNow} from '../words/catalogue/keys-table.ts';
import {textWidth} from '../words/width.ts';
import type {AppState} from './app-state.ts';
import {restLabel, restsHere} from './challenge-told.ts';
import {keysOfGroup, restOfGroups} from './help-groups.ts';
import {keyContext} from './key-context.ts';
import {type KeyContext, keyContexts, presenting} from './key-entry.ts';
import type {Hint, KeyEntry} from './key-row.ts';
import {actionFor, isEnabled, keymap} from './keymap.ts';
import {panelContexts, panelKeysNow} from './panel-keys.ts';
import {closes, leadsBack, lookOf, type PlayerState, playbackAction, undoesRun} from './player.ts';
import {answerKeys} from './quiz-round.ts';
import {glyphsOf} from './settings.ts';

const isCalledUp = ({playback: {focus}}: PlayerState): boolean => panelsByName.get(focus)?.calledUp === true;

/** Tells whether the open question of the quiz takes more than one choice, so that a letter does not yet give the answer. */
const picksSome = ({quiz}: AppState): boolean =>
  ['several', 'order'].includes(quiz?.state.question?.form ?? '');

/** Returns the label of a key, which may depend on what the key does in this state. */
function labelNow(entry: KeyEntry, hint: Hint, state: AppState): Text {
  const {player} = state;
  if (hint.costs !== undefined && keyContext(state) === 'quiz') return hint.costs;
  if (hint.picks !== undefined && picksSome(state)) return hint.picks;
  if (player === undefined) return hint.label;
  const {overlay} = player;
  if (hint.called !== undefined && isCalledUp(player)) return hint.called;
  const goesBack = Object.values(entry.keys).some(
    (action) => leadsBack(action, player) || undoesRun(action, player),
  );
  if (goesBack || (overlay?.kind === 'opening' && overlay.goesOn)) return hint.back ?? hint.label;
  if (player.playback.playing) return hint.playing ?? hint.label;
  if (hint.asking === undefined) return hint.label;
  const {playback, context} = player;
  switch (playLeadsTo(playback, context)) {
    case 'question':
      return hint.asking;
    case 'ending':
      return (closes(player) ? hint.closing : hint.ending) ?? hint.label;
    case 'again':
      if (Object.values(entry.keys).some((action) => restsHere(action, player))) return restLabel(player);
      return hint.again ?? hint.label;
    default: {
      const stopped = !atEnd(playback, context) && narrationPlaces(context).includes(playback.viewMs);
      return (stopped ? hint.reading : undefined) ?? hint.label;
    }
  }
}

type Asked = Pick<PlayerState, 'playback' | 'context'>;

function openQuestion({playback: {gate}, context}: Asked): Question | undefined {
  const beat = context.beats.find(({index}) => index === gate?.beat);
  return beat !== undefined && isQuestion(beat) ? beat : undefined;
}

/**
 * Returns the signs of the keys that answer the player's open question, such as `a–d`; after a wrong first try without that choice, such as
 * `a–c` or `a c d`. In a presentation they are digits, such as `1–4`.
 */
export function answerSign(player: Asked): string {
  const {gate, firstTries, alone} = player.playback;
  const tried = firstTries[gate?.beat ?? -1]?.choice;
  const ids = openQuestion(player)?.choices.map(({id}) => id) ?? [];
  const left = ids.flatMap((id, index) => (id === tried ? [] : [alone ? `${index + 1}` : id]));
  const isRow = tried === undefined || tried === ids[0] || tried === ids.at(-1);
  return isRow ? `${left[0] ?? 'a'}–${left.at(-1) ?? 'e'}` : left.join(' ');
}

const ofPanel = ({player}: AppState, context: KeyContext): ReturnType<typeof panelKeysNow> =>
  player !== undefined && panelContexts.includes(context) ? panelKeysNow(player) : [];

/** Tells whether a key does anything now, in the app or in the focused panel. */
export function keyWorks(state: AppState, key: string, size: Size): boolean {
  const context = keyContext(state);
  return isEnabled(key, context, {state, size}) || ofPanel(state, context).some(({keys}) => key in keys);
}

function signNow(entry: KeyEntry, hint: Hint, {player, quiz}: AppState): string {
  if (entry.id === 'answer' && player !== undefined) return answerSign(player);
  if (entry.id === 'quizLetter' && quiz !== undefined) return answerKeys(quiz.state);
  if (hint.called !== undefined && player !== undefined && isCalledUp(player)) return 'esc';
  return hint.sign ?? entry.sign;
}

/**
 * Returns a number for leaving hints out of a key line that is too long, the highest first: a key that begins the run again goes before
 * keys that continue; 0 stays longest.
 */
function leaving(hint: Hint, label: Text): number {
  if (hint.stays) return 0;
  return hint.again !== undefined && label === hint.again ? leavesFirst : (hint.leaves ?? hint.rank);
}

const leavesFirst = 50;

/** Returns a key's sign and label in the glyphs of the screen's preferences, Unicode or ASCII. */
function written(sign: string, label: string, {preferences}: AppState): HelpKey {
  const glyphs = glyphsOf(preferences);
  return {key: plainText(sign, glyphs), label: plainText(label, glyphs)};
}

/** Returns the hints for the key line in order, as many as fit into the width; the hint for `?` is never left out. */
export function keyHints(state: AppState, size: Size): readonly KeyHint[] {
  const context = keyContext(state);
  const {player} = state;
  const {language} = state.preferences;
  const entries = keymap
    .filter((entry) => entry.hint?.in?.includes(context) ?? entry.contexts.includes(context))
    .filter(({keys, enabled}) =>
      Object.entries(keys).some(([key, action]) => enabled({state, size}, action, key)),
    )
    .flatMap((entry) => (entry.hint === undefined ? [] : [{entry, hint: entry.hint}]));
  const panelKeys = ofPanel(state, context);
  const taken = new Set(panelKeys.flatMap(({keys}) => Object.keys(keys)));
  const waits = player?.playback.playing === false;
  const inPanel = panelKeys.flatMap(({sign, label, rank}) =>
    rank === undefined
      ? []
      : [{rank, leaves: rank, isHelp: false, main: false, ...written(sign, label[language], state)}],
  );
  const ofPlayer = entries
    // A key of the panel replaces the player's key with the same name. A key that continues the run keeps its hint if only `enter` is
    // taken, because space still works.
    .filter(({entry, hint}) => {
      const keys = Object.keys(entry.keys);
      return !(hint.goesOn ? keys.slice(0, 1) : keys).some((key) => taken.has(key));
    })
    .map(({entry, hint}) => {
      const leads = player && entry.id === 'panel' ? challengeAfter(player, size) : undefined;
      const text = leads ?? labelNow(entry, hint, state);
      return {
        rank: hint.rank,
        // While the learner is away from a challenge's panel, the key that leads to it is left out last.
        leaves: entry.id === 'panel' && player && awayFromMoves(player) ? 0 : leaving(hint, text),
        isHelp: entry.id === 'help',
        main: waits && (hint.goesOn ?? false),
        ...written(signNow(entry, hint, state), text[language], state),
      };
    });
  const hints = [...ofPlayer, ...inPanel].sort((one, other) => one.rank - other.rank);
  return fit(hints, size.columns).map(({key, label, main}) => ({key, label, main}));
}

/** Returns the title of the panel to which `tab` leads, if the learner makes a challenge's moves there; undefined otherwise. */
function challengeAfter(player: PlayerState, size: Size): Text | undefined {
  const next = playbackAction('panelNext', {key: 'tab', atMs: 0, size}, player);
  const panel = next?.kind === 'focus' ? panelsByName.get(next.panel) : undefined;
  return panel && movesIn.includes(panel.name) ? panel.title : undefined;
}

const awayFromMoves = ({run, playback}: PlayerState): boolean =>
  run.challenge !== undefined && playback.focus !== challengePanel.name;

const movesIn: readonly string[] = [turnPanel.name, challengePanel.name];

type Candidate = Required<KeyHint> & {readonly leaves: number; readonly isHelp: boolean};

function fit(hints: readonly Candidate[], columns: number): readonly Candidate[] {
  // The key line needs one column at its beginning, and two after each key and label.
  const width = hints.reduce((sum, {key, label}) => sum + textWidth(`${key} ${label}`) + 2, 1);
  if (width <= columns && hints.length <= mostHints) return hints;
  const [first] = hints.filter(({isHelp}) => !isHelp).toSorted((one, other) => other.leaves - one.leaves);
  return first === undefined
    ? hints
    : fit(
        hints.filter((hint) => hint !== first),
        columns,
      );
}

/**
 * Returns the screen whose part of the key table applies to this one: Settings has the keys of the menu, the pages of review and progress
 * those of the quiz.
 */
export const keysScreen = ({screen}: Pick<AppState, 'screen'>) => {
  if (screen === 'settings') return 'menu';
  return screen === 'page' ? 'quiz' : screen;
};

const besidePlayer = {
  menu: ['menu', 'lessons', 'settings'],
  quiz: ['quiz', 'quizSure', 'quizReply', 'quizResult', 'review', 'progress'],
  picker: ['picker', 'export', 'replace'],
  captures: ['captures', 'path', 'reading'],
  challenges: ['challenges'],
  interview: ['interviewList', 'interviewAsked', 'interviewPoints', 'interviewRead'],
  search: ['search'],
} as const satisfies {readonly [screen: string]: readonly KeyContext[]};

const elsewhere: readonly KeyContext[] = [...Object.values(besidePlayer).flat(), presenting];

/** The contexts in which keys are read, for each screen that has a part of its own in the key table. */
export const contextsBy: {
  readonly [screen in ReturnType<typeof keysScreen>]: readonly KeyContext[];
} = {...besidePlayer, player: keyContexts.filter((context) => !elsewhere.includes(context))};

const isPresented = ({screen, preferences}: AppState): boolean =>
  screen === 'player' && preferences.presented === true;

/**
 * Tells whether a presentation replaces this entry of the key table: digits answer instead of letters, and the keys that make the screen
 * blank mean nothing else.
 */
const isReplaced = ({id, keys, contexts}: KeyEntry): boolean =>
  id === 'answer' ||
  (!contexts.includes(presenting) &&
    Object.keys(keys).every((key) => actionFor(key, presenting) === 'blank'));

const keysOn = (state: AppState): readonly KeyEntry[] => {
  const contexts = contextsBy[keysScreen(state)];
  return isPresented(state)
    ? listedKeys([...contexts, presenting]).filter((entry) => !isReplaced(entry))
    : listedKeys(contexts);
};

/** Returns a function that gives a key with its label for the help; while a question is open, the label says if the key does not work. */
const helpKey =
  (state: AppState) =>
  (entry: KeyEntry): HelpKey => {
    const {language} = state.preferences;
    const gate = state.player?.playback.gate;
    const asking = gate !== undefined && !gate.replied;
    const off = asking && isOffInQuestion(entry) ? notNow[language] : '';
    return written(entry.sign, `${entry.label[language]}${off}`, state);
  };

/** Returns the keys that everybody needs on this screen, which the help shows first. */
export const helpKeys = (state: AppState): readonly HelpKey[] =>
  keysOfGroup('first', keysOn(state)).map(helpKey(state));

function isOffInQuestion({keys}: KeyEntry): boolean {
  const all = Object.entries(keys);
  return all.length > 0 && all.every(([key, action]) => actionFor(key, 'question') !== action);
}

/**
 * Returns the entries of the key table for some contexts. Of entries with the same sign (such as step and look back, back and close) only
 * the first is included.
 */
export function listedKeys(contexts: readonly KeyContext[]): readonly KeyEntry[] {
  const seen = new Set<string>();
  return keymap.filter(({sign, contexts: within}) => {
    if (seen.has(sign) || !contexts.some((context) => within.includes(context))) return false;
    seen.add(sign);
    return true;
  });
}

/** Returns the sections of the help: all other keys of the screen by purpose, then those of the panels that this run can show. */
export function helpSections(state: AppState): readonly HelpSection[] {
  const {language} = state.preferences;
  const listed = keysOn(state);
  const groups = restOfGroups.map((group) => ({
    heading: helpGroups[group][language],
    keys: keysOfGroup(group, listed).map(helpKey(state)),
  }));
  return [...groups, ...panelSections(state)].filter(({keys}) => keys.length > 0);
}

function panelSections(state: AppState): readonly HelpSection[] {
  const {screen, player, preferences} = state;
  if (screen !== 'player' || player === undefined) return [];
  const {language} = preferences;
  const view = lookOf(player);
  const {first, last} = focusables;
  return [...first, ...panels.filter((panel) => panel.isAvailable(view)), ...last].map(({title, keys}) => ({
    heading: title[language],
    keys: keys.map(({sign, label}) => written(sign, label[language], state)),
  }));
}

/** Returns the sign of the key that turns the pages of the help. */
export function pageSign(glyphs: Glyphs): string {
  const entry = keymap.find(({id}) => id === 'helpPage');
  return plainText(entry?.hint?.sign ?? '', glyphs);
}
