// Draws bars of sequence space, and under each the numbers of its stretches, which explain its signs.
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import {windowTexts} from '../text/windows.ts';
import type {View} from '../view.ts';
import {cut, textWidth} from '../width.ts';
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
  const last = region.row + region.rows - (scene.zero === undefined ? 1 : 2);
  let row = region.row;
  for (const [index, bar] of scene.bars.entries()) {
    const rows = rowsOf(bar.items, columns, digits);
    const needed = rows.length + (beside ? 1 : 2);
    if (row + needed - 1 > last) break;
    const heading: Style =
      focused && index === 0 ? {role: 'accent', bold: true} : {role: bar.role, bold: true};
    canvas.put(row, region.column, cut(bar.heading, beside ? names - 1 : columns, glyphs.ellipsis), heading);
    if (!beside) row += 1;
    for (const [cell, shade] of cellsOf(bar, scene.most, columns).entries())
      canvas.put(row, left + cell, signOf(shade, glyphs), styleOf(shade, bar));
    row += 1;
    for (const items of rows) {
      let column = left;
      for (const item of items) {
        putItem(canvas, {item, bar, digits}, {row, column, glyphs});
        column += widthOf(item, digits) + between;
      }
      row += 1;
    }
    const rest = scene.bars[index + 1];
    const restRows = rest ? rowsOf(rest.items, columns, digits).length + (beside ? 1 : 2) : 0;
    if (row + restRows <= last) row += 1;
  }
  if (scene.zero !== undefined)
    canvas.put(Math.min(row, region.row + region.rows - 1), left, cut(scene.zero, columns, glyphs.ellipsis), {
      role: 'warning',
    });
};
