// Draws the waterfall: a row for each request, its phases as bars over simulated time, what it all came to below.

import {type PhaseKind, phaseKinds} from '../../account/http/exchanges.ts';
import {phaseWords, waterfallTexts, waterfallWords} from '../../words/catalogue/waterfall.ts';
import {formatLength, formatWhole} from '../../words/format.ts';
import {totalTexts} from '../../words/waterfall.ts';
import {cut, takeColumns, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {PanelDrawing} from '../panel.ts';
import type {Role} from '../span.ts';
import type {View} from '../view.ts';
import {cellAt, type TimeAxis, ticksOf, timeAxis} from './time-axis.ts';
import {type Bar, type WaterfallRow, type WaterfallScene, waterfallScene} from './waterfall.ts';

const muted: Style = {role: 'muted'};

/** `glyph` by its name in the set of signs. Later ones win a cell that two want: what is short is seen. */
const looks: {
  readonly [kind in PhaseKind]: {readonly glyph: keyof Glyphs; readonly role: Role; readonly rank: number};
} = {
  idle: {glyph: 'barIdle', role: 'muted', rank: 0},
  wait: {glyph: 'barWait', role: 'muted', rank: 1},
  dns: {glyph: 'barDns', role: 'third', rank: 2},
  connect: {glyph: 'barConnect', role: 'control', rank: 3},
  secure: {glyph: 'barSecure', role: 'third', rank: 4},
  send: {glyph: 'barSend', role: 'client', rank: 5},
  receive: {glyph: 'barReceive', role: 'server', rank: 6},
};

/** Columns from the region's first; 0 columns: no room. */
type Plan = {
  readonly name: number;
  readonly status: number;
  readonly connection: number;
  readonly bars: number;
  readonly barCells: number;
  readonly took: number;
  readonly segments: number;
};

const gap = 2;
const nameMost = 26;
const nameLeast = 10;
const tookWidth = 7;
const roomyColumns = 88;
/** Room for a tick's text and a blank. */
const tickApart = 9;

const planOf = ({rows}: WaterfallScene, columns: number, {language}: View): Plan => {
  const names = rows.map(({name}) => textWidth(name));
  const most = columns >= roomyColumns ? nameMost : 16;
  const name = Math.min(most, Math.max(nameLeast, textWidth(waterfallTexts.requests[language]), ...names));
  const connection = Math.max(
    textWidth(waterfallTexts.connection[language]),
    textWidth(waterfallTexts.cache[language]),
    ...rows.map(({exchange: {on}}) =>
      on ? textWidth(waterfallWords.fresh[language]({connection: on.connection})) : 0,
    ),
  );
  const segments = columns >= roomyColumns ? textWidth(waterfallTexts.segments[language]) + gap : 0;
  const left = 2 + name + gap + 3 + gap + connection + gap;
  const barCells = Math.max(4, columns - left - 1 - tookWidth - segments);
  return {
    name,
    status: 2 + name + gap,
    connection: 2 + name + gap + 3 + gap,
    bars: left,
    barCells,
    took: left + barCells + 1,
    segments,
  };
};

type Drawing = {
  readonly canvas: Canvas;
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly view: View;
  readonly scene: WaterfallScene;
  readonly plan: Plan;
  readonly axis: TimeAxis;
};

/** Of the axis, what has been reached: where time has leapt and what is folded, round times where they have the room. */
const putTimes = ({canvas, region, glyphs, scene, plan, axis}: Drawing): void => {
  const ticks = ticksOf(axis, tickApart).map((tick) => ({
    ...tick,
    text: plainText(formatWhole(tick.us), glyphs),
  }));
  const folds = axis.parts
    .filter(({folded}) => folded)
    .map(({toUs, start}) => ({us: toUs, cell: Math.floor(start) + 1, text: glyphs.gapTimeline}));
  const [leaps, round] = [true, false].map((leapt) => ticks.filter((tick) => tick.leapt === leapt));
  // A blank at either end keeps two of them apart.
  const free = new Array<boolean>(plan.barCells + 1).fill(true);
  for (const {us, cell, text} of [...(leaps ?? []), ...folds, ...(round ?? [])]) {
    const end = cell + textWidth(text);
    if (us > scene.nowUs || end > plan.barCells || free.slice(cell, end + 1).includes(false)) continue;
    canvas.put(region.row, region.column + plan.bars + cell, text, muted);
    free.fill(false, Math.max(0, cell - 1), end + 1);
  }
};

const putHeading = (drawing: Drawing, focused: boolean): void => {
  const {canvas, region, glyphs, view, plan} = drawing;
  const {row, column} = region;
  const {language} = view;
  const style: Style = focused ? {role: 'accent', bold: true} : muted;
  canvas.put(row, column + 2, cut(waterfallTexts.requests[language], plan.name, glyphs.ellipsis), style);
  canvas.put(row, column + plan.connection, waterfallTexts.connection[language], muted);
  putTimes(drawing);
  const took = waterfallTexts.took[language];
  canvas.putEnd(row, column + plan.took + tookWidth - 1, took, muted);
  if (plan.segments > 0) {
    const segments = waterfallTexts.segments[language];
    canvas.putEnd(row, column + plan.took + tookWidth + plan.segments - 1, segments, muted);
  }
};

type Cells = {readonly from: number; readonly to: number; readonly whole: number};

/** At least one cell: what takes no time is still seen. */
const cellsOf = (axis: TimeAxis, {fromUs, toUs, wholeUs}: Bar): Cells => {
  const from = Math.min(axis.cells - 1, Math.floor(cellAt(axis, fromUs)));
  const end = (us: number): number => Math.max(from + 1, Math.min(axis.cells, Math.floor(cellAt(axis, us))));
  return {from, to: end(toUs), whole: end(wholeUs)};
};

/** A phase is named once, on its first bar that has the room: a cell before, one behind, one that a shorter phase may take. */
const labelledBars = (rows: readonly WaterfallRow[], {axis, view}: Drawing): ReadonlyMap<PhaseKind, Bar> => {
  const found = new Map<PhaseKind, Bar>();
  for (const bar of rows.flatMap(({bars}) => bars)) {
    const {from, whole} = cellsOf(axis, bar);
    if (!found.has(bar.kind) && whole - from >= textWidth(phaseWords[bar.kind][view.language]) + 3)
      found.set(bar.kind, bar);
  }
  return found;
};

const putBars = (
  drawing: Drawing,
  at: number,
  {bars}: WaterfallRow,
  labels: ReadonlyMap<PhaseKind, Bar>,
): void => {
  const {canvas, region, glyphs, view, plan, axis} = drawing;
  const free = new Array<boolean>(plan.barCells).fill(true);
  const byRank = [...bars].sort((a, b) => looks[b.kind].rank - looks[a.kind].rank);
  const put = (cell: number, text: string, style: Style): void => {
    canvas.put(at, region.column + plan.bars + cell, text, style);
    free.fill(false, cell, cell + textWidth(text));
  };
  for (const bar of byRank) {
    const {glyph, role} = looks[bar.kind];
    const {from, to} = cellsOf(axis, bar);
    const begin = free.indexOf(true, from);
    if (labels.get(bar.kind) === bar && begin >= 0)
      put(begin + 1, takeColumns(phaseWords[bar.kind][view.language], Math.max(0, to - begin - 1)), {role});
    for (let cell = from; cell < to; cell++) if (free[cell]) put(cell, glyphs[glyph], {role});
  }
};

const putRow = (
  drawing: Drawing,
  at: number,
  row: WaterfallRow,
  labels: ReadonlyMap<PhaseKind, Bar>,
): void => {
  const {canvas, region, glyphs, view, scene, plan} = drawing;
  const {column} = region;
  const {language} = view;
  const {exchange, name, status, failed, selected, changed, tookUs, segments} = row;
  const style: Style = {role: 'text', selected};
  if (selected) canvas.put(at, column, glyphs.selected, {role: 'accent', selected});
  canvas.put(at, column + 2, cut(name === '' ? glyphs.ellipsis : name, plan.name, glyphs.ellipsis), style);
  const code: Style = changed ? {role: 'changed', bold: true, selected} : {...style, bold: true};
  canvas.put(
    at,
    column + plan.status,
    failed ? glyphs.lost : status,
    failed ? {role: 'warning', selected} : code,
  );
  const {on} = exchange;
  const where =
    on === undefined
      ? waterfallTexts.cache[language]
      : on.nth === 1
        ? waterfallWords.fresh[language]({connection: on.connection})
        : `${on.connection}`;
  canvas.put(at, column + plan.connection, where, on?.nth === 1 ? style : {...muted, selected});
  putBars(drawing, at, row, labels);
  if (tookUs !== undefined) {
    const took = plainText(hideIn(scene, tookUs), glyphs);
    canvas.putEnd(at, column + plan.took + tookWidth - 1, took, changed ? code : style);
  }
  if (segments !== undefined && plan.segments > 0)
    canvas.putEnd(at, column + plan.took + tookWidth + plan.segments - 1, scene.number(segments), style);
};

/** A length of time, which an answer may tell in milliseconds or microseconds. */
const hideIn = ({number}: WaterfallScene, us: number): string =>
  number(us) === '?' || number(us / 1000) === '?' ? '?' : formatLength(us);

/** Phases that no bar had the room to name. */
const unnamed = (
  rows: readonly WaterfallRow[],
  labels: ReadonlyMap<PhaseKind, Bar>,
): readonly PhaseKind[] => {
  const kinds = new Set(rows.flatMap(({bars}) => bars.map(({kind}) => kind)));
  return phaseKinds.filter((kind) => kinds.has(kind) && !labels.has(kind));
};

const totalsText = (drawing: Drawing): string => {
  const {scene, glyphs, view} = drawing;
  const {requests, connections, segments, elapsedUs, number} = scene;
  const counts = {requests: number(requests), connections: number(connections), segments: number(segments)};
  return plainText([...totalTexts(counts, view.language), hideIn(scene, elapsedUs)].join(' · '), glyphs);
};

/** What it all came to, and the signs of phases too short to be named on a bar: at the right, or in the row above if that is free. */
const putFoot = (drawing: Drawing, kinds: readonly PhaseKind[], above: boolean): void => {
  const {canvas, region, glyphs, view} = drawing;
  const {column, columns} = region;
  const row = region.row + region.rows - 1;
  const totals = cut(totalsText(drawing), columns - 2, glyphs.ellipsis);
  canvas.put(row, column + 2, totals, {role: 'text', bold: true});
  const words = kinds.map((kind) => phaseWords[kind][view.language]);
  let at =
    column + columns - words.reduce((sum, word) => sum + 2 + textWidth(word), gap * (kinds.length - 1));
  const fits = at >= column + textWidth(totals) + 4;
  if (kinds.length === 0 || at < column || !(fits || above)) return;
  const signsRow = fits ? row : row - 1;
  for (const [index, kind] of kinds.entries()) {
    const word = words[index] ?? '';
    canvas.put(signsRow, at, glyphs[looks[kind].glyph], {role: looks[kind].role});
    canvas.put(signsRow, at + 2, word, muted);
    at += 2 + textWidth(word) + gap;
  }
};

export const putWaterfall = (canvas: Canvas, view: View, {region, glyphs, focused}: PanelDrawing): void => {
  const scene = waterfallScene(view);
  const {row, rows, column, columns} = region;
  const {language} = view;
  if (scene.rows.length === 0) {
    canvas.put(row, column + 2, cut(waterfallTexts.none[language], columns - 2, glyphs.ellipsis), muted);
    return;
  }
  const plan = planOf(scene, columns, view);
  const drawing = {
    canvas,
    region,
    glyphs,
    view,
    scene,
    plan,
    axis: timeAxis(scene.busy, plan.barCells, scene.leastUs),
  };
  putHeading(drawing, focused);
  const room = rows - 2;
  const chosen = scene.rows.findIndex(({selected}) => selected);
  const all = scene.rows.length;
  // What is selected stays on the screen; else the newest do.
  const over = all > room && room > 1;
  const shownRows = over ? room - 1 : Math.min(all, Math.max(0, room));
  const first = Math.min(chosen < 0 ? all : chosen, all - shownRows);
  const shown = scene.rows.slice(first, first + shownRows);
  let at = row + 1;
  if (over) {
    const earlier = `${glyphs.earlier} ${waterfallWords.earlier[language]({count: first})}`;
    canvas.put(at, column + 2, cut(earlier, columns - 2, glyphs.ellipsis), muted);
    at += 1;
  }
  const labels = labelledBars(shown, drawing);
  for (const each of shown) putRow(drawing, at++, each, labels);
  putFoot(drawing, unnamed(shown, labels), at < row + rows - 1);
};
