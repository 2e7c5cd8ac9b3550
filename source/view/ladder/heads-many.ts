// Who stands at three and more lifelines, and in which state: of the connection at hand, else its newest one.

import {isDnsAlone} from '../../account/dns/dns-alone.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Scene} from '../scene.ts';
import {type Heads, isFolded, type Lifeline, type ManyPlan} from './many-plan.ts';
import type {SceneHost} from './scene-hosts.ts';

export type HeadsLook = {
  readonly plan: ManyPlan;
  readonly heads: Heads;
  readonly glyphs: Glyphs;
};

const nameRow = 3;
const stateRow = 4;
/** The longest name of a state, and the sign that it is new. */
const widestState = 14;

/** States of neighbours take turns on two rows where one has no room for both. */
const takesTurns = ({distance}: ManyPlan): boolean => distance <= widestState - 1;

/** Between two texts next to each other. */
const leastApart = 1;

/** Parts in DNS never change: one row is enough where all of them fit beside each other. */
const fitInOneRow = ({hosts, states, view}: Scene, {lifelines}: ManyPlan): boolean => {
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

const hasTwoRows = (scene: Scene, plan: ManyPlan, small: boolean): boolean =>
  takesTurns(plan) && !small && !fitInOneRow(scene, plan);

/** Rows that the heads take below the title. `small`: there is one row for states, and they are cut. */
export const headRows = (scene: Scene, plan: ManyPlan, small: boolean): number =>
  hasTwoRows(scene, plan, small) ? 3 : 2;

/** Centred on the lifeline, but never beyond the edges. */
const putCentred = (
  canvas: Canvas,
  place: {row: number; column: number; last: number},
  text: string,
  style: Style,
): void => {
  const width = textWidth(text);
  const start = Math.min(place.column - Math.floor(width / 2), place.last - width + 1);
  canvas.put(place.row, Math.max(2, start), text, style);
};

const nameText = ({name, role}: SceneHost, most: number, glyphs: Glyphs): string => {
  const sign = role === 'attacker' ? glyphs.attacker : '';
  const spaced = sign === '' ? name : `${sign} ${name}`;
  return cut(textWidth(spaced) <= most ? spaced : `${sign}${name}`, most, glyphs.ellipsis);
};

const putFolded = (canvas: Canvas, line: Lifeline, {plan, heads, glyphs}: HeadsLook, word: string): void => {
  const place = {row: nameRow, column: line.column, last: plan.last};
  const text = cut(`+${line.hosts.length} ${word}`, plan.distance - 1, glyphs.ellipsis);
  putCentred(
    canvas,
    place,
    text,
    heads.selected ? {role: 'accent', bold: true, selected: true} : {role: 'muted'},
  );
};

const putState = (
  canvas: Canvas,
  place: {row: number; column: number; last: number},
  state: {readonly text: string; readonly fresh: boolean},
  options: {most: number; glyphs: Glyphs},
): void => {
  const {most, glyphs} = options;
  const {text, fresh} = state;
  const spaced = fresh ? `${text} ${glyphs.changed}` : text;
  const close = fresh
    ? `${cut(text, most - textWidth(glyphs.changed), glyphs.ellipsis)}${glyphs.changed}`
    : text;
  const shown = textWidth(spaced) <= most ? spaced : cut(close, most, glyphs.ellipsis);
  putCentred(canvas, place, shown, fresh ? {role: 'changed', bold: true} : {role: 'text'});
};

export const putManyHeads = (canvas: Canvas, scene: Scene, look: HeadsLook, small: boolean): void => {
  const {plan, glyphs} = look;
  const turns = hasTwoRows(scene, plan, small);
  const wide = turns || fitInOneRow(scene, plan);
  for (const [index, line] of plan.lifelines.entries()) {
    const [host] = line.hosts;
    if (!host) continue;
    if (isFolded(line)) {
      putFolded(canvas, line, look, playerTexts.hosts[scene.language]);
      continue;
    }
    const {column} = line;
    putCentred(canvas, {row: nameRow, column, last: plan.last}, nameText(host, plan.distance - 1, glyphs), {
      role: host.role,
      bold: true,
    });
    const state = scene.states[scene.hosts.indexOf(host)];
    if (!state) continue;
    const row = stateRow + (turns ? index % 2 : 0);
    const most = wide ? 2 * plan.distance - 1 : plan.distance - 1;
    putState(canvas, {row, column, last: plan.last}, state, {most, glyphs});
  }
};
