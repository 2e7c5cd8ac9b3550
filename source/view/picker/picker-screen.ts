// Draws the page on the content of a capture. From top to bottom: file and totals · filter · table of conversations · packets without a row
// · texts on the marked row · a message · keys. No region changes its size while the mark moves.

import {fileName} from '../../lesson/file-name.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {alsoThere, pickerWords as say, sortWords} from '../../words/catalogue/picker.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {cut, cutStart, shorterBy, textWidth} from '../../words/width.ts';
import {Canvas, muted, plain, type Style, strong} from '../canvas.ts';
import {isAscii, plainText} from '../glyphs.ts';
import {type PageLook, putPageFoot, textColumn} from '../list-page.ts';
import type {Line} from '../span.ts';
import {connectionsIn, type Detail, type Overview} from './overview.ts';
import type {PickerState} from './picker-state.ts';
import {putTable} from './table.ts';

/**
 * Options for drawing the page on a capture's content; `under` is a text on what the program is doing now, shown in place of the message.
 */
type Look = PageLook & {readonly under?: string | undefined};

const tableRow = 3;
/**
 * The number of rows that the page on a capture always takes: title, filter and heading above the table, a blank row, the message and the
 * keys below; then limits for the other regions.
 */
const otherRows = 6;
const rowsForOthers = 20;
const leastTold = 14;

const alsoText = ({conversations: {inspector}, telling}: Overview, language: Language): string => {
  const lookups = inspector.dns.all.length;
  const others = telling.othersText(inspector, language, true);
  const parts = [
    ...(lookups > 0 ? [worded(say.lookups, {count: lookups})[language]] : []),
    ...(others === '' ? [] : [others]),
  ];
  return parts.length === 0
    ? ''
    : worded(alsoThere, {list: parts.join(punctuation.comma[language])})[language];
};

type Rows = {
  readonly table: number;
  readonly also: number | undefined;
  readonly told: number;
  readonly toldRows: number;
};

/**
 * Returns the rows of each region of the page on a capture: the table takes what it needs, up to about a half, and the texts get the rest.
 */
const rowsOf = (count: number, also: boolean, rows: number): Rows => {
  const room = rows - otherRows - (also ? 2 : 0);
  const most = Math.max(2, Math.ceil(room / 2), room - leastTold);
  const table = Math.max(1, Math.min(count, most));
  const below = tableRow + 1 + table;
  const told = below + 1 + (also ? 2 : 0);
  return {table, also: also ? below + 1 : undefined, told, toldRows: Math.max(0, rows - 2 - told)};
};

/** Returns by how many rows `PgDn` moves the mark in the table of conversations. */
export const pageRows = ({overview, listed}: PickerState, rows: number): number =>
  Math.max(
    1,
    rowsOf(listed.length, rows >= rowsForOthers && alsoText(overview, 'en') !== '', rows).table - 1,
  );

const putTitle = (canvas: Canvas, {overview, sort}: PickerState, {language, glyphs, columns}: Look): void => {
  const {name, packets, durationUs} = overview;
  const connections = connectionsIn(overview);
  const words = [
    worded(say.conditions, {packets, connections, us: formatTime(durationUs)})[language],
    ...(sort === 'number' ? [] : [sortWords[sort][language]]),
  ];
  const conditions = plainText(words.join(glyphs.dot), glyphs);
  const room = columns - textWidth(conditions) - 5;
  const isTight = room < 12;
  const title = cutStart(fileName(name), isTight ? columns - 3 : room, glyphs.ellipsis);
  canvas.put(1, 2, title, strong);
  if (!isTight) canvas.putEnd(1, columns - 1, conditions, muted);
};

const putFilter = (canvas: Canvas, state: PickerState, {language, glyphs, columns}: Look): void => {
  const {filter, before, listed, overview} = state;
  if (filter === '' && before === undefined) return;
  const count = plainText(
    worded(say.shown, {listed: listed.length, all: overview.rows.length})[language],
    glyphs,
  );
  const room = columns - textWidth(count) - 10;
  canvas.put(2, 3, '/', {role: 'accent', bold: true});
  const typed = `${filter}${before === undefined ? '' : glyphs.typing}`;
  canvas.put(2, textColumn, cutStart(plainText(typed, glyphs), room, glyphs.ellipsis), plain);
  canvas.putEnd(2, columns - 1, count, muted);
};

/**
 * Draws the texts on the marked conversation. The lessons are always at the bottom; if there is too little room, the texts before them are
 * cut.
 */
const putDetail = (canvas: Canvas, detail: Detail, rows: Rows, look: Look): void => {
  const {legend, lessons} = detail;
  const lines = [...detail.story, ...detail.bars, ...detail.lines];
  const {glyphs, language} = look;
  const put = (at: number, text: string, style: Style): void =>
    canvas.put(at, textColumn, plainText(text, glyphs), style);
  const spare = lines.length + legend.length + lessons.length < rows.toldRows - 1 ? 1 : 0;
  const foot = lessons.slice(0, Math.max(0, rows.toldRows - 1));
  const room = rows.toldRows - foot.length - (foot.length > 0 ? spare : 0);
  const body = [
    ...lines.map((text) => ({text, style: plain})),
    ...legend.map((text) => ({text, style: muted})),
  ];
  const shown = body.length <= room ? body : body.slice(0, Math.max(0, room - 1));
  for (const [index, {text, style}] of shown.entries()) put(rows.told + index, text, style);
  if (shown.length < body.length && room > 0)
    put(
      rows.told + shown.length,
      `${glyphs.more} ${worded(say.moreLines, {count: body.length - shown.length})[language]}`,
      muted,
    );
  const last = rows.told + Math.min(body.length, room) + (foot.length > 0 ? spare : 0);
  for (const [index, text] of foot.entries()) put(last + index, text, plain);
};

/** Returns the width in columns of texts on a conversation: they end at column 76, on a wide screen at 116; Chinese text ends earlier. */
const textColumns = (columns: number, language: Language): number =>
  Math.min(columns - 1, columns >= 120 ? 116 : 76 - shorterBy(language)) - textColumn + 1;

export const pickerScreen = (state: PickerState, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language} = look;
  const {overview, listed, marked} = state;
  const canvas = new Canvas(columns, rows);
  putTitle(canvas, state, look);
  putFilter(canvas, state, look);
  const also = rows >= rowsForOthers ? alsoText(overview, language) : '';
  const places = rowsOf(listed.length, also !== '', rows);
  if (listed.length === 0)
    canvas.put(tableRow + 1, textColumn, plainText(say.nothing[language], glyphs), muted);
  else {
    putTable(canvas, state, {row: tableRow, rows: places.table}, look);
    const {keyLog} = overview;
    const manner = {language, columns: textColumns(columns, language), ascii: isAscii(glyphs), keyLog};
    putDetail(canvas, overview.telling.detailOf(overview, marked, manner), places, look);
  }
  if (places.also !== undefined)
    canvas.put(places.also, 3, cut(plainText(also, glyphs), columns - 4, glyphs.ellipsis), muted);
  putPageFoot(canvas, look, {under: look.under});
  return canvas.lines();
};
