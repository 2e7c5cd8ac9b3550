// Draws the table of packets, under what was searched for in it.

import {listListSentences} from '../../words/catalogue/panels.ts';
import {listHeadings, listTexts, playerTexts} from '../../words/catalogue/player.ts';
import {cut, cutAt, cutStart, textWidth, wrap} from '../../words/width.ts';
import {type Canvas, muted, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import {at} from '../time/pace.ts';
import {hasMet, newestPacket, type View} from '../view.ts';
import {type Found, foundBy, type ListSearch} from './list-search.ts';
import {type ListRow, type ListWindow, listWindow} from './scene-list.ts';

type Column = {
  readonly key: 'sent' | 'from' | 'to' | 'flags' | 'seq' | 'ack' | 'len';
  readonly width: number;
  /** Its names begin alike: their ends tell one from another. @default false */
  readonly endsTell?: boolean;
};

/** For the packets' own numbers. */
const numberColumns = (rows: readonly ListRow[]): number =>
  rows.reduce((most, {id}) => Math.max(most, String(id).length + 1), 4);

/** Names and words are whole where there is room; they are cut, but not numbers. */
const widestWords = 32;
const leastWords = 10;

/** The end of an address or a name, of no part of it a half. */
const endOf = (name: string, room: number, ellipsis = '…'): string => {
  const end = cutStart(name, room, ellipsis);
  if (end === name) return name;
  const kept = end.slice(ellipsis.length);
  const isWhole = /[.:]$/.test(name.slice(0, name.length - kept.length));
  return `${ellipsis}${isWhole ? kept : kept.replace(/^[^.:]*[.:]+/, '')}`;
};

const keepsApart = (shorten: typeof cut, names: readonly string[], room: number): boolean =>
  new Set(names.map((name) => shorten(name, room))).size === new Set(names).size;

/** Whose packets these are has to be read, however narrow the column. */
const toldApart = (column: Column, rows: readonly ListRow[]): Column => {
  const {key, width} = column;
  if (key !== 'from' && key !== 'to') return column;
  const names = rows.flatMap(({from, to}) => (to === undefined ? [from] : [from, to]));
  const endsTell = !keepsApart(cut, names, width - 1) && keepsApart(endOf, names, width - 1);
  return {...column, endsTell};
};

/** The table cuts words first, then loses columns in the order len, from and to, sent. */
const columnsFor = (rows: readonly ListRow[], room: number, lengths: boolean): Column[] => {
  const widthOf = (key: Column['key'], least: number): number =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[key] ?? '') + 2), least);
  const many = rows.some(({to}) => to !== undefined);
  const hasSegments = rows.some(({seq}) => seq !== undefined) || rows.length === 0;
  const columnsWith = (words: number, told = words): Column[] => [
    {key: 'sent', width: 9},
    {key: 'from', width: Math.min(words, widthOf('from', 10))},
    ...(many ? [{key: 'to' as const, width: Math.min(words, widthOf('to', 10))}] : []),
    {key: 'flags', width: Math.min(told, widthOf('flags', 10))},
    ...(hasSegments
      ? [
          {key: 'seq' as const, width: widthOf('seq', 8)},
          {key: 'ack' as const, width: widthOf('ack', 8)},
          ...(lengths ? [{key: 'len' as const, width: 6}] : []),
        ]
      : []),
  ];
  const least = numberColumns(rows) + 14;
  const widthWith = (columns: readonly Column[]): number =>
    columns.reduce((sum, {width}) => sum + width, least);
  const fits = (columns: readonly Column[]): boolean => widthWith(columns) <= room;
  for (let words = widestWords; words >= leastWords; words--) {
    if (!fits(columnsWith(words))) continue;
    const spare = hasSegments ? 0 : room - widthWith(columnsWith(words, 0));
    return columnsWith(words, Math.max(words, spare));
  }
  // Without numbers the words have their room.
  const left = room - widthWith(columnsWith(leastWords, 0));
  let columns = columnsWith(leastWords, hasSegments ? leastWords : Math.max(leastWords, left));
  for (const keys of [['len'], ['from', 'to'], ['sent']]) {
    if (fits(columns)) break;
    columns = columns.filter(({key}) => !keys.includes(key));
  }
  return columns;
};

const fateText = (row: ListRow, told: string, glyphs: Glyphs): string => {
  const text = plainText(told, glyphs);
  const treated = row.treatment === undefined ? '' : `${glyphs[row.treatment]} ${row.treatmentText} `;
  const again = `${row.again ? `${glyphs.again} ` : ''}${treated}`;
  const altered = row.alteredText === '' ? '' : `  ${plainText(row.alteredText, glyphs)}`;
  if (row.fate === 'arrived') return `${again}${glyphs.right} ${text}${altered}`;
  return row.fate === 'lost' ? `${again}${glyphs.lost} ${text}` : `${again}${text}`;
};

/** In fewer words where there is no room for all; of no word a part. */
const fittingFate = (row: ListRow, room: number, glyphs: Glyphs): string => {
  const whole = fateText(row, row.fateText, glyphs);
  if (textWidth(whole) <= room) return whole;
  return cutAt([' '], fateText(row, row.briefFate, glyphs), room, glyphs.ellipsis);
};

export type ListDrawing = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly focused: boolean;
};

const countText = (view: View, found: Found, glyphs: Glyphs): string => {
  const {language} = view;
  const newest = at(view.input.pacing.sent, view.moment);
  const still = found.isWhole ? '' : `${glyphs.dot}${listTexts.searching[language]}`;
  return listListSentences.count[language]({idCount: found.ids.length, newest, still});
};

/** What was typed, and how much of the run it finds. */
const putSearch = (
  canvas: Canvas,
  view: View,
  search: {text: string; found: Found},
  {region, glyphs, focused}: ListDrawing,
): void => {
  const count = plainText(countText(view, search.found, glyphs), glyphs);
  const room = region.columns - textWidth(count) - 2;
  const typed = cut(`/${search.text}`, Math.max(0, room), glyphs.ellipsis);
  canvas.put(
    region.row,
    region.column,
    typed,
    focused ? {role: 'accent', bold: true} : {role: 'text', bold: true},
  );
  canvas.put(region.row, region.column + textWidth(typed) + 2, count, muted);
};

type Table = ListDrawing & {
  readonly canvas: Canvas;
  readonly columns: readonly Column[];
  /** Where the first of the columns begins, and where the fate does. */
  readonly first: number;
  readonly fate: number;
};

const numbers: readonly Column['key'][] = ['seq', 'ack', 'len'];

/** `words`: a packet without sequence numbers tells what it is in their columns too. */
const putCells = (
  table: Table,
  row: number,
  {cells, words}: {readonly cells: (column: Column) => string; readonly words: boolean},
  style: Style,
): void => {
  let column = table.first;
  const spare = table.columns.reduce((sum, {key, width}) => (numbers.includes(key) ? sum + width : sum), 0);
  for (const each of table.columns) {
    const {key, width, endsTell = false} = each;
    if (words && numbers.includes(key)) continue;
    const room = words && key === 'flags' ? width + spare : width;
    table.canvas.put(
      row,
      column,
      (endsTell ? endOf : cut)(plainText(cells(each), table.glyphs), room - 1, table.glyphs.ellipsis),
      style,
    );
    column += width;
  }
};

const putRow = (table: Table, at: number, row: ListRow, isHit: boolean): void => {
  const {canvas, region, glyphs} = table;
  const style: Style = row.selected ? {role: 'text', selected: true} : {role: 'text'};
  const sign: Style = {...style, role: 'accent'};
  if (row.selected) canvas.put(at, region.column - 2, glyphs.selected, sign);
  if (isHit) canvas.put(at, region.column - 1, glyphs.beat, sign);
  canvas.put(at, region.column, String(row.id), {...style, bold: isHit});
  putCells(table, at, {cells: ({key}) => row[key] ?? glyphs.none, words: row.seq === undefined}, style);
  const room = region.column + region.columns - table.fate;
  const fate: Style = row.fate === 'lost' ? {...style, role: 'warning'} : style;
  canvas.put(at, table.fate, fittingFate(row, room, glyphs), fate);
  if (row.selected) canvas.fill(at, {from: region.column - 2, to: region.column + region.columns - 1}, style);
};

/** Rows up to which what is cut is not counted. */
const leastForCounts = 4;

/** Rows of the table without its first or last one, where that says how many more there are. */
const windowOf = (view: View, found: Found, room: number): ListWindow & {readonly counts: boolean} => {
  const whole = listWindow(view, found, room);
  return {...whole, counts: room > leastForCounts};
};

type Place = Pick<ListDrawing, 'region' | 'glyphs'> & {readonly found: Found};

/** In the place of rows. While a long run is being searched some may come. */
const putNone = (
  canvas: Canvas,
  view: View,
  {found, region: {row, column, columns, rows}, glyphs}: Place,
): void => {
  if (found.kind === 'filter' && !found.isWhole) return;
  const said = newestPacket(view) === undefined ? listTexts.none : listTexts.noneFits;
  for (const [index, line] of wrap(plainText(said[view.language], glyphs), columns).slice(0, rows).entries())
    canvas.put(row + index, column, line, muted);
};

export const putList = (canvas: Canvas, view: View, search: ListSearch, drawing: ListDrawing): void => {
  const {glyphs, focused} = drawing;
  const {language} = view;
  const heading: Style = focused ? {role: 'accent', bold: true} : muted;
  const found = foundBy(view, search);
  const searches = found.kind !== 'all';
  if (searches) putSearch(canvas, view, {text: search.text, found}, drawing);
  const region = searches
    ? {...drawing.region, row: drawing.region.row + 1, rows: drawing.region.rows - 1}
    : drawing.region;
  const {rows, above, below, counts} = windowOf(view, found, region.rows - 1);
  const columns = columnsFor(rows, region.columns, hasMet(view, 'len')).map((column) =>
    toldApart(column, rows),
  );
  const first = region.column + numberColumns(rows);
  const fate = columns.reduce((sum, {width}) => sum + width, first);
  const table: Table = {...drawing, region, canvas, columns, first, fate};
  canvas.put(region.row, region.column, '#', heading);
  const hasSegments = columns.some(({key}) => key === 'seq');
  const headingOf = ({key}: Column): string =>
    listHeadings[key === 'flags' && !hasSegments ? 'says' : key][language];
  putCells(table, region.row, {cells: headingOf, words: false}, heading);
  canvas.put(region.row, fate, listHeadings.fate[language], heading);
  const belowHeadings = {...region, row: region.row + 1, rows: region.rows - 1};
  if (rows.length === 0) putNone(canvas, view, {found, region: belowHeadings, glyphs});
  const hits = new Set(found.kind === 'words' ? found.ids : []);
  const word = playerTexts.more[language];
  for (const [index, row] of rows.entries()) {
    const place = region.row + 1 + index;
    if (counts && above > 0 && index === 0)
      canvas.put(place, region.column, `${glyphs.earlier} ${above + 1} ${word}`, muted);
    else if (counts && below > 0 && index === rows.length - 1)
      canvas.put(place, region.column, `${glyphs.more} ${below + 1} ${word}`, muted);
    else putRow(table, place, row, hits.has(row.id));
  }
};
