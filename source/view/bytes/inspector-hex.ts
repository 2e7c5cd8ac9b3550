// The hex dump: bytes by sixteen (eight or four where it is narrow), with marks around the selected ones in place of spaces.
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import {isPlain} from './inspector-value.ts';

export type HexOptions = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly bytes: Uint8Array;
  /** The selected field's bytes, `end` excluded. */
  readonly marked: {readonly start: number; readonly end: number};
  /** The byte under the cursor. */
  readonly cursor: number;
  /** Bytes that must not be seen. */
  readonly hidden: (offset: number) => boolean;
  /** “more”, in the reader's language. */
  readonly more: string;
};

const plain: Style = {role: 'text'};
const muted: Style = {role: 'muted'};
const marks: Style = {role: 'accent', bold: true};

const offsetColumns = 6;

/** Rows up to which what is cut is not counted. */
export const leastForCounts = 4;

const widthOf = (perRow: number): number =>
  offsetColumns + 3 * perRow - 1 + (perRow > 8 ? 1 : 0) + 3 + perRow;

/** Bytes in a row of the dump; 0 where not even four fit. */
const perRowIn = (columns: number): number => [16, 8, 4].find((count) => columns >= widthOf(count)) ?? 0;

export const hexRows = (length: number, columns: number): number => {
  const perRow = perRowIn(columns);
  return perRow === 0 ? 0 : Math.ceil(length / perRow);
};

/** Column of a byte within the dump, from 0. */
const columnOf = (index: number): number => offsetColumns + 3 * index + (index >= 8 ? 1 : 0);

const putBytes = (canvas: Canvas, row: number, first: number, options: HexOptions): void => {
  const {region, glyphs, bytes, marked, cursor, hidden} = options;
  const perRow = perRowIn(region.columns);
  const last = Math.min(bytes.length, first + perRow);
  const from = Math.max(first, marked.start);
  const to = Math.min(last, marked.end);
  const dot = isPlain(glyphs) ? '.' : '·';
  const textColumn = region.column + columnOf(perRow - 1) + 5;
  for (let at = first; at < last; at++) {
    const octet = bytes[at] ?? 0;
    const inside = at >= from && at < to;
    const style: Style = {
      ...(inside ? {role: 'text', bold: true} : plain),
      ...(at === cursor ? {selected: true} : {}),
    };
    const secret = hidden(at);
    const column = region.column + columnOf(at - first);
    canvas.put(row, column, secret ? '??' : octet.toString(16).padStart(2, '0'), style);
    const letter = octet >= 0x20 && octet < 0x7f && !secret ? String.fromCharCode(octet) : dot;
    canvas.put(row, textColumn + at - first, letter, inside ? style : {...style, role: 'muted'});
    if (inside && at === from) canvas.put(row, column - 1, glyphs.markOpen, marks);
    if (inside && at === to - 1) canvas.put(row, column + 2, glyphs.markClose, marks);
  }
};

/** First row of the window in which the cursor can be seen. */
const windowStart = (rows: number, room: number, cursorRow: number): number =>
  Math.max(0, Math.min(rows - room, cursorRow - Math.floor(room / 2)));

export const putHex = (canvas: Canvas, options: HexOptions): void => {
  const {region, glyphs, bytes, cursor, more} = options;
  const perRow = perRowIn(region.columns);
  const rows = hexRows(bytes.length, region.columns);
  const room = region.rows;
  const start = windowStart(rows, room, Math.floor(cursor / perRow));
  // Of few rows none is given away for a count.
  const counts = room > leastForCounts;
  const cutAbove = counts && start > 0;
  const cutBelow = counts && start + room < rows;
  for (let index = 0; index < Math.min(room, rows - start); index++) {
    const row = region.row + index;
    const first = (start + index) * perRow;
    if (cutAbove && index === 0)
      canvas.put(row, region.column, `${glyphs.earlier} ${start + 1} ${more}`, muted);
    else if (cutBelow && index === room - 1)
      canvas.put(row, region.column, `${glyphs.more} ${rows - start - room + 1} ${more}`, muted);
    else {
      canvas.put(row, region.column, first.toString(16).padStart(4, '0'), muted);
      putBytes(canvas, row, first, options);
    }
  }
};
