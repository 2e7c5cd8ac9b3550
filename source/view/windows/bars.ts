// Draws bars of sequence space, and under each the numbers of its stretches, which explain its signs.

import {windowTexts} from '../../words/catalogue/windows.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {View} from '../view.ts';
import type {Bar, BarItem, Shade, WindowScene} from './sequence-bars.ts';

type Drawing = {readonly region: Region; readonly glyphs: Glyphs; readonly focused: boolean};

const muted: Style = {role: 'muted'};
const between = 2;

const signOf = (shade: Shade, {passed, full, free, hole, coming}: Glyphs): string =>
  ({done: passed, full, free, hole, beyond: coming})[shade];

const styleOf = (shade: Shade, {role}: Bar): Style => {
  if (shade === 'full') return {role: 'data', bold: true};
  if (shade === 'hole') return {role: 'warning'};
  return shade === 'beyond' ? muted : {role};
};

/** Where each stretch begins on so many cells; what is not empty has at least one. */
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

/** The items in rows: as many beside each other as there is room for. */
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

/** Sign, name, number and the mark of what has changed. */
const widthOf = ({shade, name}: BarItem, digits: number): number =>
  (shade ? 2 : 0) + textWidth(name) + 1 + digits + 2;

/** Of a row of items with the gap behind it. */
const widthsOf = (items: readonly BarItem[], digits: number): number =>
  items.reduce((sum, item) => sum + widthOf(item, digits) + between, 0);

const putItem = (
  canvas: Canvas,
  {item, bar, digits}: {item: BarItem; bar: Bar; digits: number},
  place: {row: number; column: number; glyphs: Glyphs},
): void => {
  const {row, glyphs} = place;
  let {column} = place;
  if (item.shade) {
    canvas.put(row, column, signOf(item.shade, glyphs), styleOf(item.shade, bar));
    column += 2;
  }
  canvas.put(row, column, item.name, muted);
  const end = column + textWidth(item.name) + digits;
  canvas.putEnd(row, end, item.value, item.changed ? {role: 'changed', bold: true} : {role: 'text'});
  if (item.changed) canvas.put(row, end + 2, glyphs.changed, {role: 'changed', bold: true});
};

const nameColumns = ({bars}: WindowScene): number =>
  bars.reduce((most, {heading}) => Math.max(most, textWidth(heading)), 0) + 2;

type BarPlace = {
  readonly row: number;
  readonly region: Region;
  /** The name stands beside the bar and takes so many columns. */
  readonly beside: boolean;
  readonly names: number;
  readonly left: number;
  readonly columns: number;
  readonly digits: number;
  readonly most: number;
  readonly glyphs: Glyphs;
  readonly focused: boolean;
};

const putBar = (canvas: Canvas, bar: Bar, place: BarPlace): void => {
  const {region, beside, names, left, columns, digits, glyphs} = place;
  let {row} = place;
  const heading: Style = {role: place.focused ? 'accent' : bar.role, bold: true};
  canvas.put(row, region.column, cut(bar.heading, beside ? names - 1 : columns, glyphs.ellipsis), heading);
  if (!beside) row += 1;
  for (const [cell, shade] of cellsOf(bar, place.most, columns).entries())
    canvas.put(row, left + cell, signOf(shade, glyphs), styleOf(shade, bar));
  for (const items of rowsOf(bar.items, columns, digits)) {
    row += 1;
    let column = left;
    for (const item of items) {
      putItem(canvas, {item, bar, digits}, {row, column, glyphs});
      column += widthOf(item, digits) + between;
    }
  }
};

export const putWindows = (
  canvas: Canvas,
  {scene, view}: {readonly scene: WindowScene | undefined; readonly view: View},
  {region, glyphs, focused}: Drawing,
): void => {
  if (!scene || scene.bars.length === 0) {
    canvas.put(
      region.row,
      region.column,
      cut(windowTexts.nothing[view.language], region.columns, glyphs.ellipsis),
      muted,
    );
    return;
  }
  const digits = scene.bars.reduce(
    (most, {items}) => items.reduce((wide, {value}) => Math.max(wide, textWidth(value)), most),
    String(scene.most).length,
  );
  const names = nameColumns(scene);
  // Beside its bar a name needs room that a narrow panel does not have.
  const beside = region.columns >= names + 40;
  const left = beside ? region.column + names : region.column;
  const columns = region.column + region.columns - left;
  const put = {beside, names, left, columns, digits, most: scene.most, glyphs, region};
  const zero = scene.zero === undefined ? undefined : cut(scene.zero, columns, glyphs.ellipsis);
  const zeroStyle: Style = {role: 'warning'};
  const used = widthsOf(rowsOf(scene.bars[0]?.items ?? [], columns, digits).at(-1) ?? [], digits);
  // Behind the sender's last numbers, where there is room: then no bar gives way to it.
  const behind = zero !== undefined && used + textWidth(zero) <= columns;
  const last = region.row + region.rows - (zero === undefined || behind ? 1 : 2);
  const rowsFor = ({items}: Bar): number => rowsOf(items, columns, digits).length + (beside ? 1 : 2);
  let row = region.row;
  for (const [index, bar] of scene.bars.entries()) {
    if (row + rowsFor(bar) - 1 > last) break;
    putBar(canvas, bar, {...put, row, focused: focused && index === 0});
    row += rowsFor(bar);
    if (behind && index === 0) canvas.put(row - 1, left + used, zero, zeroStyle);
    const rest = scene.bars[index + 1];
    if (row + (rest ? rowsFor(rest) : 0) <= last) row += 1;
  }
  if (zero !== undefined && !behind)
    canvas.put(Math.min(row, region.row + region.rows - 1), left, zero, zeroStyle);
};
