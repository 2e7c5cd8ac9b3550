// What the key table says at this moment: the key line and the help page.
import type {Text} from '../lesson/lesson.ts';
import {asciiGlyphs, type Glyphs, plainText, unicodeGlyphs} from '../present/glyphs.ts';
import type {KeyHint} from '../present/key-line.ts';
import {playback} from '../present/playback.ts';
import type {PlaybackState} from '../present/playback-state.ts';
import {isQuestion, type Question} from '../present/waypoints.ts';
import {textWidth} from '../present/width.ts';
import type {Preferences} from './app-options.ts';
import {type AppState, keyContext, type PlayerState, playbackAction} from './app-state.ts';
import {actionFor, type KeyContext, type KeyEntry, keymap} from './keymap.ts';

export function glyphsOf({ascii}: Preferences): Glyphs {
  return ascii ? asciiGlyphs : unicodeGlyphs;
}

/** A key works if pressing it would change what is shown; the reducer itself is asked. */
function worksInPlayer(entry: KeyEntry, {playback: state, context}: PlayerState): boolean {
  return Object.entries(entry.keys).some(([key, action]) => {
    if (action === 'hint' && openQuestion({playback: state, context})?.hint === undefined) return false;
    // A time later than any: the limit on key repeat must not make the line flicker.
    const wanted = playbackAction(action, key, Number.MAX_SAFE_INTEGER);
    return wanted === undefined || !looksSame(state, playback(state, wanted, context));
  });
}

function looksSame(one: PlaybackState, other: PlaybackState): boolean {
  const visible = ({lastStepAtMs: _, ...rest}: PlaybackState) => JSON.stringify(rest);
  return one === other || visible(one) === visible(other);
}

type Asked = Pick<PlayerState, 'playback' | 'context'>;

function openQuestion({playback: {gate}, context}: Asked): Question | undefined {
  const beat = context.beats.find(({index}) => index === gate?.beat);
  return beat !== undefined && isQuestion(beat) ? beat : undefined;
}

function answerSign(player: Asked): string {
  const last = openQuestion(player)?.choices.at(-1)?.id;
  return last === undefined ? 'a–e' : `a–${last}`;
}

/** In the order of the line, as many as fit into it; outside of the help, `?` is always among them. */
export function keyHints(state: AppState, columns: number): readonly KeyHint[] {
  const context = keyContext(state);
  const {preferences, player} = state;
  const glyphs = glyphsOf(preferences);
  const entries = keymap
    .filter((entry) => entry.hint?.in?.includes(context) ?? entry.contexts.includes(context))
    .filter((entry) => player === undefined || context === 'help' || worksInPlayer(entry, player))
    .flatMap(({id, sign, hint}) => (hint === undefined ? [] : [{id, sign, ...hint}]))
    .sort((one, other) => one.rank - other.rank);
  const hints = entries.map(({id, sign, label, playing}) => {
    const shown = id === 'answer' && player !== undefined ? answerSign(player) : sign;
    const text = player?.playback.playing ? (playing ?? label) : label;
    return {
      id,
      key: plainText(shown, glyphs),
      label: plainText(text[preferences.language], glyphs),
    };
  });
  return fit(hints, columns);
}

function fit(hints: readonly (KeyHint & {readonly id: string})[], columns: number): readonly KeyHint[] {
  // Two columns stand before the line, two between its entries, and one stays free at the end.
  const width = hints.reduce((sum, {key, label}) => sum + textWidth(`${key} ${label}`) + 2, 1);
  if (width <= columns) return hints;
  const last = hints.findLastIndex(({id}) => id !== 'help');
  return last === -1 ? hints : fit(hints.toSpliced(last, 1), columns);
}

export const menuContexts: readonly KeyContext[] = ['menu', 'lessons', 'settings'];
export const playerContexts: readonly KeyContext[] = ['player', 'question', 'reply', 'why'];

const notNow: Text = {en: ' (not now)', zh: '（现在不可用）'};

/** Every key of the player, or of the menu; above an open question it says which are off. */
export function helpKeys(state: AppState): readonly KeyHint[] {
  const {language} = state.preferences;
  const glyphs = glyphsOf(state.preferences);
  const gate = state.player?.playback.gate;
  const asking = gate !== undefined && !gate.replied;
  const contexts = state.screen === 'player' ? playerContexts : menuContexts;
  return listedKeys(contexts).map((entry) => {
    const off = asking && isOffInQuestion(entry) ? notNow[language] : '';
    return {key: plainText(entry.sign, glyphs), label: plainText(`${entry.label[language]}${off}`, glyphs)};
  });
}

function isOffInQuestion({keys}: KeyEntry): boolean {
  return Object.entries(keys).every(([key, action]) => actionFor(key, 'question') !== action);
}

/** Keys that do nearly the same in two contexts (step and look back, back and close) are one line. */
export function listedKeys(contexts: readonly KeyContext[]): readonly KeyEntry[] {
  const seen = new Set<string>();
  return keymap.filter(({sign, contexts: within}) => {
    if (seen.has(sign) || !contexts.some((context) => within.includes(context))) return false;
    seen.add(sign);
    return true;
  });
}
