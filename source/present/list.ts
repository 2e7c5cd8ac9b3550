// Draws the table of packets.

import type {Language} from '../lesson/lesson.ts';
import type {Canvas, Style} from './canvas.ts';
import type {Glyphs} from './glyphs.ts';
import type {Region} from './layout.ts';
import type {ListRow} from './scene-list.ts';
import {listHeadings} from './text/player.ts';
import {cut, textWidth} from './width.ts';

const muted: Style = {role: 'muted'};

type Column = {readonly key: 'sent' | 'from' | 'flags' | 'seq' | 'ack' | 'len'; readonly width: number};

/** For the packets' own numbers. */
const numberColumns = (rows: readonly ListRow[]): number =>
  rows.reduce((most, {id}) => Math.max(most, String(id).length + 1), 4);

/** Names and words are whole where there is room; they are cut, but not numbers. */
const widestWords = 32;

/** The table cuts words first, then loses columns in the order len, from, sent. */
const columnsFor = (rows: readonly ListRow[], room: number): Column[] => {
  const widthOf = (key: Column['key'], least: number): number =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[key] ?? '') + 2), least);
  const columnsWith = (words: number): Column[] => [
    {key: 'sent', width: 9},
    {key: 'from', width: Math.min(words, widthOf('from', 10))},
    {key: 'flags', width: Math.min(words, widthOf('flags', 10))},
    {key: 'seq', width: widthOf('seq', 8)},
    {key: 'ack', width: widthOf('ack', 8)},
    {key: 'len', width: 6},
  ];
  const least = numberColumns(rows) + 14;
  const fits = (columns: readonly Column[]): boolean =>
    least + columns.reduce((sum, {width}) => sum + width, 0) <= room;
  const whole = columnsWith(widestWords);
  if (fits(whole)) return whole;
  let columns = columnsWith(10);
  for (const key of ['len', 'from', 'sent'] as const) {
    if (fits(columns)) break;
    columns = columns.filter((column) => column.key !== key);
  }
  return columns;
};

const fateText = (row: ListRow, glyphs: Glyphs): string => {
  const treated = row.treatment === undefined ? '' : `${glyphs[row.treatment]} ${row.treatmentText} `;
  const again = `${row.again ? `${glyphs.again} ` : ''}${treated}`;
  if (row.fate === 'arrived') return `${again}${glyphs.right} ${row.fateText}`;
  return row.fate === 'lost' ? `${again}${glyphs.lost} ${row.fateText}` : `${again}${row.fateText}`;
};

const window = (rows: readonly ListRow[], most: number): readonly ListRow[] => {
  const selected = Math.max(
    0,
    rows.findIndex((row) => row.selected),
  );
  const start = Math.max(0, Math.min(rows.length - most, selected - most + 1));
  return rows.slice(start, start + most);
};

export const putList = (
  canvas: Canvas,
  rows: readonly ListRow[],
  options: {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly language: Language;
    readonly focused: boolean;
  },
): void => {
  const {region, glyphs, language, focused} = options;
  const heading: Style = focused ? {role: 'accent', bold: true} : muted;
  const columns = columnsFor(rows, region.columns);
  const put = (row: number, cells: (column: Column) => string, style: Style): number => {
    let at = region.column + numberColumns(rows);
    for (const column of columns) {
      canvas.put(row, at, cut(cells(column), column.width - 1, glyphs.ellipsis), style);
      at += column.width;
    }
    return at;
  };
  canvas.put(region.row, region.column, '#', heading);
  const fateColumn = put(region.row, ({key}) => listHeadings[key][language], heading);
  const fateColumns = region.column + region.columns - fateColumn;
  canvas.put(region.row, fateColumn, listHeadings.fate[language], heading);
  for (const [index, row] of window(rows, region.rows - 1).entries()) {
    const at = region.row + 1 + index;
    const style: Style = row.selected ? {role: 'text', selected: true} : {role: 'text'};
    if (row.selected) canvas.put(at, region.column - 2, glyphs.selected, {role: 'accent', selected: true});
    canvas.put(at, region.column, String(row.id), style);
    put(at, ({key}) => row[key] ?? glyphs.none, style);
    const fate: Style = row.fate === 'lost' ? {...style, role: 'warning'} : style;
    canvas.put(at, fateColumn, cut(fateText(row, glyphs), fateColumns, glyphs.ellipsis), fate);
    if (row.selected)
      canvas.fill(at, {from: region.column - 2, to: region.column + region.columns - 1}, style);
  }
};
