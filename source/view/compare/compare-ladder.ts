// Draws the ladders of two runs: side by side with a mark between their rows, or only one of them.

import {formatShortTime, formatTime} from '../../words/format.ts';
import {cut, padStart, textWidth} from '../../words/width.ts';
import {type Canvas, muted} from '../canvas.ts';
import {type Glyphs, plainText, unicodeGlyphs} from '../glyphs.ts';
import {fittedLabel, fromIsn, labelledCells, labelRoom} from '../ladder/flight.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import type {CompareCell, CompareEnd, CompareRow} from './compare-rows.ts';

/** The screen columns of a ladder's parts when two runs are compared: times, states, and the lifelines of the two hosts. */
export type CompareFrame = {
  readonly timeStart: number;
  readonly stateEnd: number;
  readonly left: number;
  readonly right: number;
  /**
   * The column at which the right host's times end if they are in the packet's row; undefined if they are one row lower, under its state.
   */
  readonly farTimeEnd: number | undefined;
};

type LadderOptions = {
  readonly top: number;
  readonly bottom: number;
  readonly glyphs: Glyphs;
  readonly hosts: readonly [SceneHost, SceneHost];
  /** The text beside a gap in time, after its length. */
  readonly nothing: string;
  /** Returns the text on how many packets before the first row of the ladder are not shown. */
  readonly earlier: (count: number) => string;
};

/** One of two compared ladders, with its columns; `side` is 0 for the left run (A) and 1 for the right run (B). */
export type Ladder = {readonly frame: CompareFrame; readonly side: 0 | 1};

/** The letters by which two compared runs are named: A for the left one, B for the right one. */
export const letters = ['A', 'B'] as const;

const shortTime = 6;

const asciiRelations: {readonly [relation: string]: string} = {'≠': '!', '−': '-'};

export const relationSign = (relation: string, glyphs: Glyphs): string =>
  glyphs.lifeline === unicodeGlyphs.lifeline ? relation : (asciiRelations[relation] ?? relation);

/** Returns how many screen rows a row of two compared ladders takes: 1 or 2. */
const heightOf = (row: CompareRow, ladders: readonly Ladder[]): number =>
  row.kind === 'packet' && ladders.some(({frame}) => frame.farTimeEnd === undefined) ? 2 : 1;

const putLeftEnd = (canvas: Canvas, row: number, {frame}: Ladder, {atUs, state}: CompareEnd): void => {
  if (state !== undefined) canvas.putEnd(row, frame.stateEnd, state, {role: 'text'});
  if (atUs === undefined) return;
  const time = padStart(formatTime(atUs), shortTime);
  const crowded = state !== undefined && frame.timeStart + textWidth(time) > frame.stateEnd - state.length;
  canvas.put(crowded ? row + 1 : row, frame.timeStart, time, muted);
};

const putRightEnd = (canvas: Canvas, row: number, {frame}: Ladder, {atUs, state}: CompareEnd): void => {
  if (state !== undefined) canvas.put(row, frame.right + 2, state, {role: 'text'});
  if (atUs === undefined) return;
  if (frame.farTimeEnd === undefined) canvas.put(row + 1, frame.right + 2, formatTime(atUs), muted);
  else canvas.putEnd(row, frame.farTimeEnd, formatTime(atUs), muted);
};

const putCell = (
  canvas: Canvas,
  row: number,
  ladder: Ladder,
  {cell, calm, options}: {cell: CompareCell; calm: boolean; options: LadderOptions},
): void => {
  const {frame} = ladder;
  const {item} = cell;
  const {glyphs, hosts} = options;
  const role = calm ? 'muted' : hosts[item.toRight ? 0 : 1].role;
  const cells = labelledCells(item, frame.right - frame.left - 1, {
    glyphs,
    role,
    paused: true,
    halves: false,
  });
  canvas.putPieces(row, frame.left + 1, calm ? cells.map((piece) => ({...piece, style: muted})) : cells);
  canvas.put(
    row,
    item.toRight ? frame.left : frame.right,
    item.toRight ? glyphs.leaveRight : glyphs.leaveLeft,
    {role},
  );
  putLeftEnd(canvas, row, ladder, cell.left);
  putRightEnd(canvas, row, ladder, cell.right);
};

const putGap = (
  canvas: Canvas,
  row: number,
  {frame}: Ladder,
  lengthUs: number,
  options: LadderOptions,
): void => {
  const {glyphs, nothing} = options;
  const sign = glyphs.gap.charAt(0);
  const text = plainText(`${sign} ${formatShortTime(lengthUs)}${nothing} ${sign}`, glyphs);
  canvas.put(row, frame.left + 2, cut(text, frame.right - frame.left - 3, glyphs.ellipsis), muted);
};

/** Returns the letter, A or B, of the run that a compared ladder does not show. */
export const otherLetter = ({side}: Ladder): string => letters[side === 0 ? 1 : 0];

/** Draws a packet that only the other run sends, as text without a line, on the ladder of a run shown alone. */
const putElsewhere = (
  canvas: Canvas,
  row: number,
  ladder: Ladder,
  {cell, options}: {cell: CompareCell; options: LadderOptions},
): void => {
  const {frame} = ladder;
  const lead = `${otherLetter(ladder)}: `;
  const room = frame.right - frame.left - 3 - textWidth(lead);
  canvas.put(row, frame.left + 2, lead, muted);
  const {pieces} = fittedLabel(cell.item, room, options.glyphs);
  canvas.putPieces(
    row,
    frame.left + 2 + textWidth(lead),
    pieces.map((piece) => ({...piece, style: muted})),
  );
};

const putLifelines = (
  canvas: Canvas,
  {frame}: Ladder,
  {top, bottom, glyphs}: LadderOptions,
  taken: ReadonlySet<string>,
): void => {
  for (let row = top; row <= bottom; row++)
    for (const column of [frame.left, frame.right])
      if (!taken.has(`${row} ${column}`)) canvas.put(row, column, glyphs.lifeline, muted);
};

/** Returns the last rows of the compared ladders that fit in `room` screen rows; the newest row is always among them. */
const windowOf = (
  rows: readonly CompareRow[],
  ladders: readonly Ladder[],
  room: number,
): readonly CompareRow[] => {
  let used = 0;
  let start = rows.length;
  while (start > 0) {
    const row = rows[start - 1];
    const height = row ? heightOf(row, ladders) : 0;
    // The newest row is shown even if its second screen row does not fit.
    if (used + height > room && start < rows.length) break;
    used += height;
    start--;
  }
  return rows.slice(start);
};

const packetsIn = (rows: readonly CompareRow[]): number => rows.filter(({kind}) => kind === 'packet').length;

/** Draws a row of the comparison on each ladder, and returns the cells of the lifelines that it has taken. */
const putRow = (
  canvas: Canvas,
  at: number,
  row: CompareRow,
  {ladders, options}: {ladders: readonly Ladder[]; options: LadderOptions},
): readonly string[] =>
  ladders.flatMap((ladder) => {
    if (row.kind === 'gap') {
      const lengthUs = row.lengthsUs[ladder.side];
      if (lengthUs !== undefined) putGap(canvas, at, ladder, lengthUs, options);
      return [];
    }
    const cell = row.cells[ladder.side];
    const other = row.cells[ladder.side === 0 ? 1 : 0];
    const isAlone = row.relation === '+' || row.relation === '−';
    if (isAlone && other && ladders.length === 1) putElsewhere(canvas, at, ladder, {cell: other, options});
    if (!cell) return [];
    putCell(canvas, at, ladder, {cell, calm: row.calm, options});
    return [`${at} ${cell.item.toRight ? ladder.frame.left : ladder.frame.right}`];
  });

const putEarlier = (canvas: Canvas, {frame}: Ladder, count: number, options: LadderOptions): void => {
  const {top, glyphs, earlier} = options;
  const room = frame.right - frame.left - 3;
  canvas.put(top, frame.left + 2, cut(`${glyphs.earlier} ${earlier(count)}`, room, glyphs.ellipsis), muted);
};

const roomOf = ({frame}: Ladder): number => labelRoom(frame.right - frame.left - 1, 0, true);

/** Tells whether a packet's line in a compared ladder is too short for absolute sequence numbers. */
const isRelative = (row: CompareRow, ladders: readonly Ladder[], glyphs: Glyphs): boolean =>
  row.kind === 'packet' &&
  ladders.some((ladder) => {
    const cell = row.cells[ladder.side];
    return cell !== undefined && fittedLabel(cell.item, roomOf(ladder), glyphs).relative;
  });

const evened = (row: CompareRow): CompareRow => {
  if (row.kind !== 'packet') return row;
  const counted = (cell: CompareCell | undefined) => cell && {...cell, item: fromIsn(cell.item)};
  const [left, right] = row.cells;
  return {...row, cells: [counted(left), counted(right)]};
};

/** Draws the compared ladders with their newest rows. Returns true if sequence numbers had to be shortened to relative ones. */
export const putCompareLadders = (
  canvas: Canvas,
  rows: readonly CompareRow[],
  ladders: readonly Ladder[],
  options: LadderOptions & {readonly markColumn: number; readonly hidden: number},
): boolean => {
  const {top, bottom, glyphs, markColumn} = options;
  const last = windowOf(rows, ladders, bottom - top);
  const relative = last.some((row) => isRelative(row, ladders, glyphs));
  const shown = relative ? last.map(evened) : last;
  const hidden = options.hidden + packetsIn(rows) - packetsIn(shown);
  const taken = new Set<string>();
  let at = top + 1;
  for (const row of shown) {
    if (at > bottom) break;
    for (const cell of putRow(canvas, at, row, {ladders, options})) taken.add(cell);
    const equal = row.kind === 'packet' && row.relation === '=';
    if (row.kind === 'packet')
      canvas.put(
        at,
        markColumn,
        relationSign(row.relation, glyphs),
        equal ? muted : {role: 'accent', bold: true},
      );
    at += heightOf(row, ladders);
  }
  for (const ladder of ladders) {
    putLifelines(canvas, ladder, options, taken);
    if (hidden > 0) putEarlier(canvas, ladder, hidden, options);
  }
  return relative;
};
