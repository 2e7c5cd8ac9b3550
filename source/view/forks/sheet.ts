// Draws a page on which the reader chooses something while the player stays open: a heading, a list with a mark, and texts. It is shown
// where *Why?* is shown otherwise.

import {cut, padEnd, repeated, textWidth, wrap} from '../../words/width.ts';
import {accent, muted, type Style} from '../canvas.ts';
import {firstInSight} from '../in-sight.ts';
import type {Pane} from '../pane.ts';

export type SheetRow = {
  readonly text: string;
  readonly style: Style;
  /** The parts of a row's text for a screen reader, which on the screen are separated by columns and signs. Empty parts are not spoken. */
  readonly said?: readonly string[];
  /** How a screen reader should speak the row exactly: as the name of a field, or as a code that is copied by hand. */
  readonly exact?: 'field' | 'code';
};

export type Sheet = {
  readonly heading: string;
  /** The text above the page's list; rows that are too long are wrapped. */
  readonly above: readonly SheetRow[];
  /** The rows of the page's list; rows that are too long are cut. As many are shown as fit, and the row `marked` is among them. */
  readonly list: readonly SheetRow[];
  readonly marked: number;
  readonly below: readonly SheetRow[];
};

const leastList = 4;

const wrapped = (rows: readonly SheetRow[], pane: Pane): readonly SheetRow[] =>
  rows.flatMap(({text, style}) => wrap(pane.plain(text), pane.columns).map((line) => ({text: line, style})));

/** Returns as many of the first rows as fit in `room`. If some are left out, the last one ends in an ellipsis. */
const shortened = (rows: readonly SheetRow[], room: number, pane: Pane): readonly SheetRow[] => {
  const last = rows[room - 1];
  if (rows.length <= room || !last) return rows.slice(0, room);
  const {ellipsis} = pane.glyphs;
  const text = `${cut(last.text, pane.columns - textWidth(ellipsis), '')}${ellipsis}`;
  return [...rows.slice(0, room - 1), {...last, text}];
};

/** Draws the rows of a page's list around the marked one; signs show that there are more rows above or below. */
const putList = (pane: Pane, {list, marked}: Sheet): void => {
  const {glyphs, columns, rows} = pane;
  const from = firstInSight(marked, list.length, rows);
  for (const [index, {text, style}] of list.slice(from, from + rows).entries()) {
    const isMarked = from + index === marked;
    const shown = pane.fit(text, columns - 2);
    const lead = {...accent, selected: isMarked};
    pane.put(index, -2, `${isMarked ? glyphs.selected : ' '} `, lead);
    if (isMarked) pane.put(index, 0, padEnd(shown, columns - 2), {...style, bold: true, selected: true});
    else pane.put(index, 0, shown, style);
    const above = index === 0 && from > 0;
    const below = index === rows - 1 && from + rows < list.length;
    if (!isMarked && (above || below))
      pane.put(index, columns - 1, above ? glyphs.earlier : glyphs.more, muted);
  }
};

/** The number of rows reserved for the text below the list. The text differs for each row of the list, but the list must not move. */
const mostBelow = 4;
/** The number of rows for the page's heading, the blank row below it, and the blank rows around the list. */
const aroundTexts = 4;

/** Returns how many rows of the pane the page takes. */
export const sheetRows = (sheet: Sheet, pane: Pane): number => {
  const below = Math.max(mostBelow, wrapped(sheet.below, pane).length);
  return Math.min(pane.rows, aroundTexts + wrapped(sheet.above, pane).length + sheet.list.length + below);
};

export const putSheet = (pane: Pane, sheet: Sheet): void => {
  const {glyphs, columns, rows} = pane;
  const heading = `${glyphs.rule.repeat(2)} ${pane.fit(sheet.heading, columns - 4)} `;
  const rule = repeated(glyphs.rule, columns - textWidth(heading) + 1);
  pane.put(0, -2, heading + rule, {role: 'accent'});
  const room = rows - 1;
  const wanted = Math.min(sheet.list.length, leastList);
  const above = wrapped(sheet.above, pane).slice(0, Math.max(0, room - wanted));
  const below = shortened(wrapped(sheet.below, pane), Math.max(0, room - wanted - above.length), pane);
  const spare = room - above.length - below.length - sheet.list.length;
  // Blank rows are put below the heading and around the list if there is room.
  let at = 1 + (spare > 2 ? 1 : 0);
  for (const {text, style} of above) pane.put(at++, 0, text, style);
  at += spare > 1 && above.length > 0 ? 1 : 0;
  const listRows = Math.min(sheet.list.length, Math.max(wanted, room - above.length - below.length));
  putList(pane.part({row: at, rows: listRows}), sheet);
  at += listRows + (spare > 0 && below.length > 0 ? 1 : 0);
  for (const {text, style} of below) pane.put(at++, 0, text, style);
};
