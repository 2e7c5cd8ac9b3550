// Finds out what a click means. Lists do not tell where their rows are: the keys that move a list's mark are tried until the mark is at the
// clicked place. The first click only marks; a second one on the same words acts.

import {arrange} from '../view/arrange.ts';
import {lit, marksOn, type Stretch, selectedIn, textIn, wordsAt} from '../view/drawn.ts';
import {type Part, partsOf} from '../view/forks/parts.ts';
import {unicodeGlyphs} from '../view/glyphs.ts';
import {layoutOf, type Region} from '../view/layout.ts';
import type {Line} from '../view/span.ts';
import {msAtShare} from '../view/time/pace.ts';
import {shareAt} from '../view/time/timeline.ts';
import {textWidth} from '../words/width.ts';
import {pressKey} from './app-keys.ts';
import type {AppState} from './app-state.ts';
import type {Clicked} from './clicked.ts';
import {canMarkParts, markPart} from './fork-world.ts';
import {keyContext} from './key-context.ts';
import {keyHints} from './key-hints.ts';
import {play} from './leaving.ts';
import {panelContexts} from './panel-keys.ts';
import {lookOf, type Press, under} from './player.ts';
import {answerLetters} from './presenting.ts';
import {screenLines} from './screen-lines.ts';

export type Click = {readonly row: number; readonly column: number};

type Where = Pick<Press, 'atMs' | 'size'>;

const told = () => [];
const drawn = (state: AppState, size: Press['size']): readonly Line[] =>
  screenLines({...state, clicked: undefined}, size, told);

const isWithin = ({row, column}: Click, {row: at, from, to}: Stretch): boolean =>
  row === at && column >= from - 2 && column <= to;

const keyNames: {readonly [sign: string]: string} = {esc: 'escape', '←': 'left', '→': 'right'};

/** Returns the key in the key line that was clicked; undefined if none was, or if the sign there stands for several keys. */
const keyAt = (state: AppState, click: Click, size: Press['size']): Clicked | undefined => {
  if (click.row !== size.rows) return undefined;
  const line = textIn(drawn(state, size).at(-1) ?? []);
  for (const {key, label} of keyHints(state, size)) {
    const at = line.indexOf(`${key} ${label}`);
    const from = textWidth(line.slice(0, at)) + 1;
    const clicked = {row: click.row, from, to: from + textWidth(`${key} ${label}`) - 1};
    const name = keyNames[key] ?? key;
    const isOne = [...name].length === 1 || /^[a-z]+$/.test(name);
    if (at >= 0 && isOne && isWithin(click, clicked)) return {...clicked, key: name, isLit: true};
  }
  return undefined;
};

/** Returns the choice of the player's question that was clicked, with its key; undefined if none was. */
const answerAt = (state: AppState, click: Click, size: Press['size']): Clicked | undefined => {
  if (keyContext(state) !== 'question') return undefined;
  const line = textIn(drawn(state, size)[click.row - 1] ?? []);
  const [, letter, digit] = /^ {4}(?:([a-e])|([1-5])) {3}\S/.exec(line) ?? [];
  const key = state.player?.playback.alone ? answerLetters[Number(digit) - 1] : letter;
  return key === undefined
    ? undefined
    : {row: click.row, from: 5, to: textWidth(line.trimEnd()), key, isLit: true};
};

/**
 * Returns the state at the place in the run that corresponds to the clicked column of the timeline; undefined if the click was elsewhere.
 */
const timeAt = (state: AppState, click: Click, {size}: Where): AppState | undefined => {
  const {player} = state;
  if (player === undefined || !panelContexts.includes(keyContext(state))) return undefined;
  const {context, playback} = player;
  if (layoutOf(size, playback.language).timelineRow !== click.row) return undefined;
  const share = shareAt(lookOf(player), size, click.column);
  return play(state, {kind: 'goTo', viewMs: msAtShare(context.pacing, share)});
};

const contains = ({row, rows, column, columns}: Region, click: Click): boolean =>
  click.row >= row && click.row < row + rows && click.column >= column && click.column < column + columns;

/** Returns the state in which the clicked panel has the focus, or the ladder if no panel was clicked. */
const focusedAt = (state: AppState, click: Click, {size}: Where): AppState => {
  const {player} = state;
  if (player === undefined || !panelContexts.includes(keyContext(state))) return state;
  const {focus} = player.playback;
  const {placed, instead} = arrange(lookOf(player), size);
  const panel = placed.find(({region}) => contains(region, click))?.panel.name ?? instead?.name ?? 'ladder';
  return panel === focus ? state : play(state, {kind: 'focus', panel, keep: true});
};

type Mark = Stretch & {readonly words: string};

const behind = ({from, to}: Stretch) => ({from: from + 1, to});

const marksIn = (lines: readonly Line[]): readonly Mark[] =>
  marksOn(lines, unicodeGlyphs).map((mark) => ({...mark, words: wordsAt(lines[mark.row - 1], behind(mark))}));

/** Returns the drawn mark that is on the clicked words, even if a list has scrolled them to another row; undefined if none is. */
const markAt = (marks: readonly Mark[], click: Click, lines: readonly Line[]): Mark | undefined =>
  marks.find((mark) => {
    const isThere = isWithin(click, {...mark, row: click.row});
    const isSame = mark.words !== '' && mark.words === wordsAt(lines[click.row - 1], behind(mark));
    return isThere && isSame && (mark.row === click.row || mark.words.length > scrolledLength);
  });

/**
 * The number of characters that words must exceed to be recognized in another row after scrolling; shorter words may occur in several rows.
 */
const scrolledLength = 6;

/** Returns the key that a second click on marked words presses: `enter`, or `b` for a packet, which opens its bytes. */
const actsBy = (state: AppState): string =>
  keyContext(state) === 'player' && state.player?.playback.focus === 'ladder' ? 'b' : 'enter';

/** The keys that lead to each of the menu's lists, which are side by side; a click tries them in this order. */
const beside: readonly (readonly string[])[] = [[], ['left'], ['right'], ['left', 'left']];

/** Returns the stretch of the screen on which a host or link is drawn; undefined if it is not on the screen. */
const stretchOf = (state: AppState, part: Part, {size}: Where): Stretch | undefined => {
  const marked = state.player && {...state, player: under(state.player, {kind: 'parts', part})};
  if (marked === undefined) return undefined;
  const lines = drawn(marked, size).slice(0, headRowsMost);
  const [stretch] = lines.flatMap((line, index) =>
    selectedIn(line).map((each) => ({row: index + 1, ...each})),
  );
  return stretch;
};

/** The number of rows at the top of the screen in which the names of hosts and links above the ladder are searched. */
const headRowsMost = 5;

/**
 * Returns the state in which the clicked host or link above the ladder is marked, so that a second click opens its settings; undefined if
 * the click was elsewhere.
 */
const partAt = (state: AppState, click: Click, where: Where): AppState | undefined => {
  const {player} = state;
  const isFree =
    player !== undefined && ['player', 'parts'].includes(keyContext(state)) && canMarkParts(player);
  if (!isFree || click.row > headRowsMost) return undefined;
  for (const part of partsOf(player.run.trace)) {
    const stretch = stretchOf(state, part, where);
    if (stretch && isWithin(click, {...stretch, from: stretch.from + 2}))
      return {...state, player: markPart(player, part).player, clicked: {...stretch, key: 'x'}};
  }
  return undefined;
};

/** The most times that a click tries a key to move a list's mark, more than a screen has rows. */
const mostRows = 60;

/**
 * Returns the row in which a clicked packet of the ladder has its mark: if the label above the packet's line was clicked, the row below.
 */
const lineRow = (state: AppState, lines: readonly Line[], {row}: Click): number => {
  if (!panelContexts.includes(keyContext(state)) || state.player?.playback.focus !== 'ladder') return row;
  const isLine = (index: number): boolean => /[├┤]/.test(textIn(lines[index] ?? []));
  return !isLine(row - 1) && isLine(row) ? row + 1 : row;
};

/** Returns the state after pressing the keys that move a list's mark until it is at the clicked place; undefined if it never is. */
const markedAt = (before: AppState, at: Click, where: Where): AppState | undefined => {
  const lines = drawn(before, where.size);
  if (wordsAt(lines[at.row - 1], {from: at.column - 2, to: at.column + 2}) === '') return undefined;
  const click = {...at, row: lineRow(before, lines, at)};
  for (const first of before.screen === 'menu' ? beside : [[]])
    for (const key of ['down', 'up']) {
      const seen = new Set<string>();
      let state = before;
      for (const [index, each] of [...first, ...Array.from({length: mostRows}, () => key)].entries()) {
        const marks = marksIn(drawn(state, where.size));
        const mark = index < first.length ? undefined : markAt(marks, click, lines);
        if (mark) {
          const row = mark.row === click.row ? at.row : mark.row;
          return {...state, clicked: {row, from: mark.from, to: mark.to, key: actsBy(state)}};
        }
        const known = JSON.stringify(marks);
        const outcome = seen.has(known) ? undefined : pressKey(state, {...where, key: each});
        if (!outcome || outcome.effects.length > 0 || outcome.state.screen !== before.screen) break;
        seen.add(known);
        state = outcome.state;
      }
    }
  return undefined;
};

/** Returns the key that a click presses, or the state in which it has marked something or moved the focus. */
export const clickOn = (
  given: AppState,
  click: Click,
  where: Where,
): {readonly key: string} | {readonly state: AppState} => {
  const {clicked, ...rest} = given;
  if (clicked && isWithin(click, clicked)) return {key: clicked.key};
  const state: AppState = {...rest, preferences: {...rest.preferences, ascii: false, graphs: 'braille'}};
  const {size} = where;
  const mine = (next: AppState): AppState => ({...next, preferences: rest.preferences});
  const put = keyAt(state, click, size) ?? answerAt(state, click, size);
  if (put) return {state: mine({...state, clicked: put})};
  const there = timeAt(state, click, where) ?? partAt(state, click, where);
  if (there) return {state: mine(there)};
  const focused = focusedAt(state, click, where);
  return {state: mine(markedAt(focused, click, where) ?? focused)};
};

/** Returns the lines of the screen with the clicked part highlighted, if nothing else shows the click. */
export const withLight = (lines: readonly Line[], {clicked}: AppState): readonly Line[] =>
  clicked?.isLit ? lit(lines, clicked) : lines;
