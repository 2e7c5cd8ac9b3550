// Draws a packet's hex dump: sixteen bytes in a row (eight or four in a narrow pane); marks replace the spaces around the selected bytes.
import {accent, muted, plain, type Style, strong} from '../canvas.ts';
import {isAscii} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {leastForCounts, type Pane} from '../pane.ts';

export type Dump = {
  readonly bytes: Uint8Array;
  /** The offsets in the packet of the selected field's bytes, from `start` up to, but without, `end`. */
  readonly marked: {readonly start: number; readonly end: number};
  /** The offset of the byte under the cursor. */
  readonly cursor: number;
  /** Tells whether the hex dump must hide the byte at an offset, because an open question asks for it. */
  readonly hidden: (offset: number) => boolean;
};

const offsetColumns = 6;

const widthOf = (perRow: number): number =>
  offsetColumns + 3 * perRow - 1 + (perRow > 8 ? 1 : 0) + 3 + perRow;

/** Returns the number of bytes in a row of the dump: 16, 8 or 4; 0 if not even four fit. */
const perRowIn = (columns: number): number => [16, 8, 4].find((count) => columns >= widthOf(count)) ?? 0;

export const hexRows = (length: number, columns: number): number => {
  const perRow = perRowIn(columns);
  return perRow === 0 ? 0 : Math.ceil(length / perRow);
};

/** Returns the screen column of a byte of the hex dump, given the byte's index in its row, counted from 0. */
const columnOf = (index: number): number => offsetColumns + 3 * index + (index >= 8 ? 1 : 0);

const putBytes = (pane: Pane, row: number, first: number, {bytes, marked, cursor, hidden}: Dump): void => {
  const {glyphs} = pane;
  const perRow = perRowIn(pane.columns);
  const last = Math.min(bytes.length, first + perRow);
  const from = Math.max(first, marked.start);
  const to = Math.min(last, marked.end);
  const dot = isAscii(glyphs) ? '.' : '·';
  const textColumn = columnOf(perRow - 1) + 5;
  for (let at = first; at < last; at++) {
    const octet = bytes[at] ?? 0;
    const inside = at >= from && at < to;
    const style: Style = {...(inside ? strong : plain), selected: at === cursor};
    const secret = hidden(at);
    const column = columnOf(at - first);
    pane.put(row, column, secret ? '??' : octet.toString(16).padStart(2, '0'), style);
    const letter = octet >= 0x20 && octet < 0x7f && !secret ? String.fromCharCode(octet) : dot;
    pane.put(row, textColumn + at - first, letter, inside ? style : {...style, role: 'muted'});
    if (inside && at === from) pane.put(row, column - 1, glyphs.markOpen, accent);
    if (inside && at === to - 1) pane.put(row, column + 2, glyphs.markClose, accent);
  }
};

export const putHex = (pane: Pane, dump: Dump): void => {
  const perRow = perRowIn(pane.columns);
  const count = hexRows(dump.bytes.length, pane.columns);
  pane.putScrolled({
    rows: Array.from({length: count}, (_, index) => index * perRow),
    from: firstInSight(Math.floor(dump.cursor / perRow), count, pane.rows),
    room: pane.rows,
    counts: pane.rows > leastForCounts,
    put(first, at) {
      pane.put(at, 0, first.toString(16).padStart(4, '0'), muted);
      putBytes(pane, at, first, dump);
    },
  });
};
