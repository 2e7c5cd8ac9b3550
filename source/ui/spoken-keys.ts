// The key table as sentences for a screen reader: the keys that matter now, and all keys, a line each.
import {type Language, type Text, textOf} from '../lesson/text.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {betweenKeys, keyWords, playerKeys, readerWords} from '../words/catalogue/reader.ts';
import {asSentence, ended} from '../words/spoken.ts';
import {spokenText} from '../words/spoken-text.ts';
import type {AppState} from './app-state.ts';
import {keyContext} from './key-context.ts';
import type {Action} from './key-entry.ts';
import {helpKeys, helpSections, keyHints, keysScreen} from './key-hints.ts';
import {actionFor} from './keymap.ts';

/** The number of columns for spoken key hints, so large that no hint is left out. */
const allColumns = 1000;
/** The most keys that are spoken at once. */
const most = 9;

const keyWord = (sign: string, language: Language): string =>
  textOf(keyWords, sign)?.[language] ?? sign.replace('–', betweenKeys.to[language]);

const labelWords = (label: string, language: Language): string =>
  spokenText(label.replace(' / ', betweenKeys.or[language]), language);

/** The keys of the player that are spoken instead of its key line, one for each action. */
const keysOfPlayer: readonly {readonly action: Action; readonly key: string; readonly label: Text}[] = [
  {action: 'stepForward', key: 'right', label: playerKeys.next},
  {action: 'stepBack', key: 'left', label: playerKeys.back},
  {action: 'why', key: 'w', label: playerKeys.why},
  {action: 'help', key: '?', label: playerKeys.allKeys},
];

type Spoken = {readonly key: string; readonly label: string};

function keysNow(state: AppState, language: Language): readonly Spoken[] {
  if (keyContext(state) === 'player')
    return keysOfPlayer
      .filter(({key, action}) => actionFor(key, 'player') === action)
      .map(({key, label}) => ({key, label: label[language]}));
  // The hints are made with Unicode signs even if `ascii` is on, because the sentences name arrows by their Unicode signs.
  const drawn = {...state, preferences: {...state.preferences, ascii: false}};
  return keyHints(drawn, {columns: allColumns, rows: most}).slice(0, most);
}

/** Returns the sentence on the keys that matter now, such as `Keys: right arrow next, left arrow back, w why, question mark all keys.` */
export function keyLine(state: AppState): string {
  const {language} = state.preferences;
  const words = keysNow(state, language).map(({key, label}) =>
    spokenText(`${keyWord(key, language)} ${labelWords(label, language)}`, language),
  );
  const colon = punctuation.colon[language];
  return ended(`${readerWords.keys[language]}${colon}${words.join(punctuation.comma[language])}`, language);
}

export function helpLines(state: AppState): readonly string[] {
  const {language} = state.preferences;
  const screen = keysScreen(state);
  const drawn = {...state, preferences: {...state.preferences, ascii: false}};
  const colon = punctuation.colon[language];
  const said = ({key, label}: {readonly key: string; readonly label: string}): string =>
    ended(`${keyWord(key, language)}${colon}${labelWords(label, language)}`, language);
  return [
    ended(
      readerWords.allKeys[screen === 'search' || screen === 'challenges' ? 'menu' : screen][language],
      language,
    ),
    ...helpKeys(drawn).map(said),
    ...helpSections(drawn).flatMap(({heading, keys}) => [asSentence(heading, language), ...keys.map(said)]),
  ];
}
