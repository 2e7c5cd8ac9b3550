// Draws the heads of the lifelines. Two hosts have names and addresses, or on small screens names and states; three and more have names and
// states, those of the selected or else the newest connection.

import {lettersHad} from '../../account/letters.ts';
import {isDnsAlone} from '../../account/packet.ts';
import type {Language} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {cut, textWidth} from '../../words/width.ts';
import {type Canvas, muted, type Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {headsOf} from '../panels/fixed.ts';
import type {Scene} from '../scene.ts';
import type {StateLabel} from './ladder-item.ts';
import {putMarkedPart} from './marked-part.ts';
import {type Columns, isFolded, type Lifeline, stateStyle} from './picture.ts';
import type {SceneHost} from './scene-hosts.ts';

export type HeadsLook = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: Columns;
  readonly glyphs: Glyphs;
  /** True if the screen has few rows: TCP states are then beside the hosts' names, or share one row. */
  readonly small: boolean;
  /** True if the ladder of two hosts shows their addresses under their names. */
  readonly addresses: boolean;
  /** The screen row with the hosts' names above the ladder, and the first screen row of the ladder. */
  readonly nameRow: number;
  readonly top: number;
};

/** Tells whether the reader has marked this host, or one that is folded into the same lifeline. */
const isMarked = ({scene}: HeadsLook, hosts: readonly SceneHost[]): boolean => {
  const {part} = scene.view.input;
  return part !== undefined && 'host' in part && hosts.some(({id}) => id === part.host);
};

const nameStyle = (look: HeadsLook, host: SceneHost): Style => ({
  ...{role: host.role, bold: true},
  ...(isMarked(look, [host]) ? {selected: true} : {}),
});

/** Returns the text “captured here” for the host on which the capture was taken; empty for others. */
const vantageText = ({vantage}: SceneHost, language: Language, glyphs: Glyphs): string =>
  vantage ? `${glyphs.deduced} ${captureTexts.takenHere[language]}` : '';

const addressText = (host: SceneHost, language: Language, glyphs: Glyphs): string =>
  [host.address, vantageText(host, language, glyphs)].filter((text) => text !== '').join(' ');

/**
 * Returns the two hosts of the ladder, the columns of their lifelines, and the column in the middle, where the right host's half begins.
 */
const endsOf = ({plan, scene}: HeadsLook) => {
  const [first, second] = scene.hosts;
  const [left = 0, right = 0] = plan.lifelines.map(({column}) => column);
  return {first, second, left, right, middle: left + Math.floor((right - left) / 2)};
};

const wholeName = ({name, also}: SceneHost): string => (also === undefined ? name : `${name}, ${also}`);

const putPairHeads = (look: HeadsLook): void => {
  const {canvas, scene, glyphs, addresses, nameRow, top} = look;
  const {language} = scene;
  const {first, second, left, right, middle} = endsOf(look);
  const shownLeft = cut(wholeName(first), middle - 3, glyphs.ellipsis);
  const shownRight = cut(wholeName(second), canvas.columns - middle - 2, glyphs.ellipsis);
  // The name is centred on its lifeline, but keeps a distance from the other name and the edges.
  const startOf = (text: string, column: number, least: number, most: number): number =>
    Math.max(least, Math.min(column - Math.floor((textWidth(text) - 1) / 2), most - textWidth(text)));
  canvas.put(nameRow, startOf(shownLeft, left, 2, middle), shownLeft, nameStyle(look, first));
  const rightStart = startOf(shownRight, right, middle + 1, canvas.columns);
  canvas.put(nameRow, rightStart, shownRight, nameStyle(look, second));
  // The short text that the second host has received is shown beside its name.
  const {input, cursor} = scene.view;
  const had = lettersHad(input.trace, second.id, cursor);
  if (had !== undefined)
    canvas.put(nameRow, rightStart + textWidth(shownRight) + 1, `"${had}"`, {role: 'data', bold: true});
  if (addresses) {
    const [under, beside] = [first, second].map((host) => addressText(host, language, glyphs));
    canvas.putEnd(nameRow + 1, left + 3, cut(under ?? '', left + 2, glyphs.ellipsis), muted);
    canvas.put(nameRow + 1, right - 2, cut(beside ?? '', canvas.columns - right + 2, glyphs.ellipsis), muted);
    return;
  }
  // Without a row for addresses, the text on where the capture was taken is in the ladder's first row, which has no states and times yet.
  canvas.putEnd(top, left - 2, vantageText(first, language, glyphs), muted);
  canvas.put(top, right + 2, vantageText(second, language, glyphs), muted);
};

const besideName = ({text, deduced, of}: StateLabel, glyphs: Glyphs): string => {
  const said = deduced ? `${glyphs.deduced}${text}` : text;
  return of === undefined ? said : `${of} ${said}`;
};

/** Draws the heads of two hosts on a screen of 60 columns, with the states beside the names. */
const putSmallPair = (look: HeadsLook): void => {
  const {canvas, scene, glyphs, nameRow} = look;
  const {left, right, middle} = endsOf(look);
  for (const index of [0, 1] as const) {
    const host = scene.hosts[index];
    const state = scene.states[index] ?? {text: '', fresh: false};
    const text = besideName(state, glyphs);
    const name = cut(host.name, Math.max(4, middle - left - textWidth(text) - 3), glyphs.ellipsis);
    const mark = state.fresh ? glyphs.changed : '';
    const style = stateStyle(state);
    if (index === 0) {
      canvas.put(nameRow, left, name, nameStyle(look, host));
      canvas.put(nameRow, left + textWidth(name) + 1, text + mark, style);
    } else {
      canvas.putEnd(nameRow, right, name, nameStyle(look, host));
      canvas.putEnd(nameRow, right - textWidth(name) - 1, mark + text, style);
    }
  }
};

/** The number of columns of the longest state with the sign that it is new. */
const widestState = 14;

/** Tells whether the states of neighbouring hosts alternate between two rows, because one row has no room for them. */
const takesTurns = ({distance}: Columns): boolean => distance <= widestState - 1;

/** The least gap in columns between two states in one row. */
const leastApart = 1;

/**
 * Tells whether one row is enough for the texts under the hosts' names. That is only possible in a run of DNS alone, where the texts are
 * the hosts' DNS roles, which never change.
 */
const fitInOneRow = ({hosts, states, view}: Scene, {lifelines}: Columns): boolean => {
  if (!isDnsAlone(view.input.trace)) return false;
  const spans = lifelines.flatMap((line) => {
    const width = isFolded(line)
      ? 0
      : textWidth(states[hosts.findIndex(({id}) => id === line.hosts[0]?.id)]?.text ?? '');
    const start = line.column - Math.floor(width / 2);
    return width === 0 ? [] : [{start, end: start + width}];
  });
  return spans.every(({start}, index) => start >= (spans[index - 1]?.end ?? 0) + leastApart);
};

const hasTwoRows = (scene: Scene, plan: Columns, small: boolean): boolean =>
  takesTurns(plan) && !small && !fitInOneRow(scene, plan);

/** Returns how many rows the heads of three and more hosts take below the title: 2 or 3. */
export const headRows = (scene: Scene, plan: Columns, small: boolean): number =>
  hasTwoRows(scene, plan, small) ? 3 : 2;

/** Returns the first column of a text that is centred on its lifeline but stays within the edges. */
const centredAt = (text: string, column: number, last: number): number => {
  const width = textWidth(text);
  return Math.max(2, Math.min(column - Math.floor(width / 2), last - width + 1));
};

const nameText = ({name, role}: SceneHost, most: number, glyphs: Glyphs): string => {
  const sign = role === 'attacker' ? glyphs.attacker : '';
  const spaced = sign === '' ? name : `${sign} ${name}`;
  return cut(textWidth(spaced) <= most ? spaced : `${sign}${name}`, most, glyphs.ellipsis);
};

/** Returns the text over a lifeline: the host's name, or how many hosts are folded into it. */
const headText = (line: Lifeline, most: number, {glyphs, scene}: HeadsLook): string => {
  const [host] = line.hosts;
  if (host === undefined) return '';
  if (!isFolded(line)) return nameText(host, most, glyphs);
  return cut(`+${line.hosts.length} ${playerTexts.hosts[scene.language]}`, most, glyphs.ellipsis);
};

type Head = {readonly text: string; readonly column: number};

/** A text over a lifeline: its width, the lifeline's column, and the column at which it begins if nothing is in its way. */
type Place = {readonly width: number; readonly column: number; readonly middle: number};

/** The best and the least gap in columns between two names in one row. */
const nameGaps = [2, 1];

/**
 * Returns the columns at which texts over their lifelines begin, each pushed right by the one to its left; undefined if there is no room.
 */
const pushedRight = (places: readonly Place[], gap: number, last: number): readonly number[] | undefined => {
  let most = last + 1;
  const latest = places
    .toReversed()
    .map(({column, width}) => {
      const start = Math.min(column, most - width);
      most = start - gap;
      return start;
    })
    .toReversed();
  let least = 2;
  const starts = places.map(({middle, width}, index) => {
    const start = Math.max(least, Math.min(middle, latest[index] ?? middle));
    least = start + width + gap;
    return start;
  });
  const isRight = places.every(({column, width}, index) => {
    const start = starts[index] ?? 0;
    return start <= (latest[index] ?? 0) && column < start + width;
  });
  return isRight ? starts : undefined;
};

/**
 * Returns the columns at which texts over their lifelines begin, each pushed left by the one to its right; undefined if there is no room.
 * It mirrors `pushedRight`.
 */
const pushedLeft = (places: readonly Place[], gap: number, last: number): readonly number[] | undefined => {
  const mirror = (start: number, width: number): number => last + 2 - (start + width - 1);
  const mirrored = places
    .map(({width, column, middle}) => ({width, column: mirror(column, 1), middle: mirror(middle, width)}))
    .toReversed();
  return pushedRight(mirrored, gap, last)
    ?.map((start, index) => mirror(start, mirrored[index]?.width ?? 0))
    .toReversed();
};

/**
 * Returns the columns of names in the middle between being pushed left and right, so that two names that want the same columns share the
 * shift. The narrow gap is used only if names are then in place or at least two columns nearer to it, because names that nearly touch are
 * read as one.
 */
const apart = (heads: readonly Head[], last: number): readonly number[] | undefined => {
  const places = heads.map(({text, column}): Place => {
    const width = textWidth(text);
    return {width, column, middle: column - Math.floor(width / 2)};
  });
  const shared = (gap: number): readonly number[] | undefined => {
    const left = pushedLeft(places, gap, last);
    return pushedRight(places, gap, last)?.map((start, index) =>
      Math.floor((start + (left?.[index] ?? start)) / 2),
    );
  };
  const mostOff = (starts: readonly number[]): number =>
    Math.max(...starts.map((start, index) => Math.abs(start - (places[index]?.middle ?? start))));
  const [best] = nameGaps
    .map(shared)
    .filter((starts) => starts !== undefined)
    .toSorted((one, other) => Math.ceil(mostOff(one) / 2) - Math.ceil(mostOff(other) / 2));
  return best;
};

/**
 * Returns the names over the lifelines with their columns. If they do not fit in one row, the widest names are cut first, at most until
 * they are narrower than the distance of the lifelines.
 */
const headsInRow = (look: HeadsLook): readonly Head[] => {
  const {lifelines, distance, last} = look.plan;
  const heads = (most: number): readonly Head[] =>
    lifelines.map((line) => ({text: headText(line, most, look), column: line.column}));
  const widest = Math.max(...heads(Number.POSITIVE_INFINITY).map(({text}) => textWidth(text)));
  for (let most = widest; most >= distance; most--) {
    const starts = apart(heads(most), last);
    if (starts) return heads(most).map(({text}, index) => ({text, column: starts[index] ?? 2}));
  }
  return heads(distance - 1).map(({text, column}) => ({text, column: centredAt(text, column, last)}));
};

const stateText = ({text, fresh}: StateLabel, most: number, glyphs: Glyphs): string => {
  const spaced = fresh ? `${text} ${glyphs.changed}` : text;
  const close = fresh
    ? `${cut(text, most - textWidth(glyphs.changed), glyphs.ellipsis)}${glyphs.changed}`
    : text;
  return textWidth(spaced) <= most ? spaced : cut(close, most, glyphs.ellipsis);
};

const putManyHeads = (look: HeadsLook): void => {
  const {canvas, plan, glyphs, scene, small, nameRow} = look;
  const names = headsInRow(look);
  const isSelected = headsOf(scene.view).selected;
  const turns = hasTwoRows(scene, plan, small);
  const room = plan.distance - 1;
  const widest = turns || fitInOneRow(scene, plan) ? 2 * plan.distance - 1 : room;
  for (const [index, line] of plan.lifelines.entries()) {
    const [host] = line.hosts;
    if (!host) continue;
    const {column} = line;
    const foldStyle: Style =
      isSelected || isMarked(look, line.hosts) ? {role: 'accent', bold: true, selected: true} : muted;
    const style = isFolded(line) ? foldStyle : nameStyle(look, host);
    const name = names[index];
    if (name) canvas.put(nameRow, name.column, name.text, style);
    if (isFolded(line)) continue;
    const state = scene.states[scene.hosts.indexOf(host)];
    if (!state) continue;
    const row = nameRow + 1 + (turns ? index % 2 : 0);
    const text = stateText(state, widest, glyphs);
    canvas.put(row, centredAt(text, column, plan.last), text, stateStyle(state));
  }
};

export const putHeads = (look: HeadsLook): void => {
  if (!look.plan.hasEnds) putManyHeads(look);
  else if (look.small) putSmallPair(look);
  else putPairHeads(look);
  putMarkedPart(look);
};
