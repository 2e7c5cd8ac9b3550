// The panel of the TCP sequence space in both directions: what the windows permit, and what the receiver holds.

import {hasFlow} from '../../account/flow.ts';
import {windowTexts} from '../../words/catalogue/windows.ts';
import {textWidth} from '../../words/width.ts';
import {changed, muted, plain, type Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Pane} from '../pane.ts';
import {definePanel} from '../panel.ts';
import type {Role} from '../span.ts';
import {spokenWindows} from '../spoken/spoken-bars.ts';
import {widest} from '../table.ts';
import {hasStates} from '../view.ts';
import {type Bar, type BarItem, type Shade, type WindowScene, windowScene} from '../windows/sequence-bars.ts';

// The functions below draw bars of TCP sequence space, and below each bar the numbers at which its stretches begin, with the signs that
// fill them.

const between = 2;

const signOf = (shade: Shade, {passed, full, free, hole, coming}: Glyphs): string =>
  ({done: passed, full, free, hole, beyond: coming})[shade];

const styleOf = (shade: Shade, {role}: Bar): Style => {
  if (shade === 'full') return {role: 'data', bold: true};
  if (shade === 'hole') return {role: 'warning'};
  return shade === 'beyond' ? muted : {role};
};

/**
 * Returns the cells of a bar of TCP sequence space, each with the shade of its stretch; a stretch that is not empty has at least one cell.
 */
export const cellsOf = ({stretches}: Pick<Bar, 'stretches'>, most: number, columns: number): Shade[] => {
  const cells: Shade[] = [];
  for (const [index, {from, shade}] of stretches.entries()) {
    const next = stretches[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    if (next <= from) continue;
    const end = Math.min(
      columns,
      Math.max(cells.length + 1, Math.round((Math.min(next, most) / most) * columns)),
    );
    while (cells.length < end) cells.push(shade);
  }
  return cells;
};

/** Returns the numbers below a bar of sequence space, grouped in rows with as many beside each other as fit. */
const rowsOf = (items: readonly BarItem[], columns: number, digits: number): BarItem[][] => {
  const rows: BarItem[][] = [[]];
  let used = 0;
  for (const item of items) {
    const width = widthOf(item, digits);
    if (used > 0 && used + between + width > columns) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(item);
    used += width + (used > 0 ? between : 0);
  }
  return rows;
};

/** Returns the width of a number below a bar of sequence space: its sign, its name, its digits and the mark of a change. */
const widthOf = ({shade, name}: BarItem, digits: number): number =>
  (shade ? 2 : 0) + textWidth(name) + 1 + digits + 2;

/** Returns the width of a row of numbers below a bar of sequence space, with the gap after each. */
const widthsOf = (items: readonly BarItem[], digits: number): number =>
  items.reduce((sum, item) => sum + widthOf(item, digits) + between, 0);

/** Draws a number below a bar of sequence space, with its sign and name, and returns the column at which the next one begins. */
const putItem = (
  pane: Pane,
  row: number,
  left: number,
  {item, bar, digits}: {item: BarItem; bar: Bar; digits: number},
): number => {
  const {shade, name, value} = item;
  if (shade) pane.put(row, left, signOf(shade, pane.glyphs), styleOf(shade, bar));
  const end = pane.put(row, left + (shade ? 2 : 0), name, muted) + digits;
  pane.putEnd(row, value, item.changed ? changed : plain, end);
  if (item.changed) pane.put(row, end + 2, pane.glyphs.changed, changed);
  return left + widthOf(item, digits) + between;
};

type BarPlan = {
  /** The number of columns for the names beside the bars of sequence space; 0 if the names are above the bars. */
  readonly names: number;
  readonly columns: number;
  readonly digits: number;
  readonly most: number;
};

/** Returns the widths of the parts of the bars of sequence space. If the panel is too narrow, the names of the bars are above them. */
const planOf = ({bars, most}: WindowScene, {columns}: Pane): BarPlan => {
  const values = bars.flatMap(({items}) => items.map(({value}) => value));
  const wanted = widest(bars.map(({heading}) => heading)) + 2;
  const names = columns >= wanted + 40 ? wanted : 0;
  return {names, columns: columns - names, digits: widest([String(most), ...values]), most};
};

const rowsFor = ({items}: Bar, {names, columns, digits}: BarPlan): number =>
  rowsOf(items, columns, digits).length + (names > 0 ? 1 : 2);

const putBar = (pane: Pane, bar: Bar, {names, columns, digits, most}: BarPlan, role: Role): void => {
  pane.put(0, 0, bar.heading, {role, bold: true}, names > 0 ? names - 1 : columns);
  const at = names > 0 ? 0 : 1;
  for (const [cell, shade] of cellsOf(bar, most, columns).entries())
    pane.put(at, names + cell, signOf(shade, pane.glyphs), styleOf(shade, bar));
  for (const [index, items] of rowsOf(bar.items, columns, digits).entries())
    items.reduce((column, item) => putItem(pane, at + 1 + index, column, {item, bar, digits}), names);
};

const putWindows = (pane: Pane, scene: WindowScene | undefined): void => {
  if (!scene || scene.bars.length === 0) {
    pane.put(0, 0, windowTexts.nothing[pane.language], muted);
    return;
  }
  const plan = planOf(scene, pane);
  const {names, columns, digits} = plan;
  const zero = scene.zero === undefined ? undefined : pane.fit(scene.zero, columns);
  const used = widthsOf(rowsOf(scene.bars[0]?.items ?? [], columns, digits).at(-1) ?? [], digits);
  // The text on a closed window follows the numbers of the first bar if there is room, so that no bar is left out for it.
  const behind = zero !== undefined && used + textWidth(zero) <= columns;
  const last = pane.rows - (zero === undefined || behind ? 1 : 2);
  let row = 0;
  for (const [index, bar] of scene.bars.entries()) {
    if (row + rowsFor(bar, plan) - 1 > last) break;
    putBar(pane.part({row}), bar, plan, pane.focused && index === 0 ? 'accent' : bar.role);
    row += rowsFor(bar, plan);
    if (behind && index === 0) pane.put(row - 1, names + used, zero, {role: 'warning'});
    const rest = scene.bars[index + 1];
    if (row + (rest ? rowsFor(rest, plan) : 0) <= last) row += 1;
  }
  if (zero !== undefined && !behind) pane.put(Math.min(row, pane.rows - 1), names, zero, {role: 'warning'});
};

export const windowPanel = definePanel({
  name: 'window',
  title: windowTexts.title,
  shows: /^(\w+\.)?(snd|rcv)\.wnd$/,
  isAvailable: (view) => hasStates(view) && hasFlow(view.input.trace),
  least: {columns: 34, rows: 6},
  best: {columns: 80, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenWindows,
  put: (pane, view) => putWindows(pane, windowScene(view)),
});
