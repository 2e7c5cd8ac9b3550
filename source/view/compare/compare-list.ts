// Draws the comparison of two runs with three or more hosts. There is no room for two such ladders, so each packet is a line of text: when,
// from whom to whom, what.

import {formatTime} from '../../words/format.ts';
import {cut, padStart, textWidth} from '../../words/width.ts';
import {type Canvas, muted, type Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {fittedLabel} from '../ladder/flight.ts';
import {type Ladder, otherLetter, relationSign} from './compare-ladder.ts';
import type {CompareCell, CompareRow} from './compare-rows.ts';

type ListOptions = {
  readonly top: number;
  readonly bottom: number;
  readonly glyphs: Glyphs;
  readonly markColumn: number;
  readonly hidden: number;
  /** Returns the text on how many packets before the first line are not shown. */
  readonly earlier: (count: number) => string;
};

type PacketRow = Extract<CompareRow, {kind: 'packet'}>;

const timeColumns = 8;
/** The width of the state column to the right of a compared ladder; a list of packets as text may use these columns as well. */
const beyond = 12;
const mostWay = 18;

const wayOf = ({item}: CompareCell): string => `${item.from} > ${item.to}`;

const wayColumns = (rows: readonly PacketRow[]): number =>
  Math.min(
    mostWay,
    Math.max(0, ...rows.flatMap(({cells}) => cells.map((cell) => (cell ? textWidth(wayOf(cell)) : 0)))),
  );

const putPacket = (
  canvas: Canvas,
  place: {readonly row: number; readonly ladder: Ladder; readonly ways: number; readonly lead: string},
  cell: CompareCell,
  {calm, glyphs}: {readonly calm: boolean; readonly glyphs: Glyphs},
): void => {
  const {row, ladder, ways, lead} = place;
  const {timeStart, right} = ladder.frame;
  const {item} = cell;
  const end = right + beyond;
  const style = (own: Style): Style => (calm ? muted : own);
  canvas.put(row, timeStart, padStart(formatTime(item.sentUs), timeColumns), muted);
  let at = timeStart + timeColumns + 2;
  canvas.put(row, at, lead, muted);
  at += textWidth(lead);
  canvas.put(row, at, cut(wayOf(cell), ways, glyphs.ellipsis), style({role: 'text'}));
  at += ways + 2;
  const lost = item.status === 'lost' ? `${glyphs.lost} ` : '';
  canvas.put(row, at, lost, {role: 'warning', bold: true});
  at += textWidth(lost);
  const label = fittedLabel({...item, others: undefined}, end - at + 1, glyphs).pieces;
  canvas.putPieces(
    row,
    at,
    label.map((piece) => ({...piece, style: style(piece.style)})),
  );
};

/**
 * Draws the newest packets of two runs as lines of text, as many as fit. Each run has its own columns; the mark of the comparison is
 * between them.
 */
export const putCompareList = (
  canvas: Canvas,
  rows: readonly CompareRow[],
  ladders: readonly Ladder[],
  options: ListOptions,
): void => {
  const {top, bottom, glyphs, markColumn} = options;
  const packets = rows.flatMap((row) => (row.kind === 'packet' ? [row] : []));
  const shown = packets.slice(-Math.max(1, bottom - top));
  const ways = wayColumns(shown);
  for (const [index, {cells, calm, relation}] of shown.entries()) {
    const row = top + 1 + index;
    const mark: Style = relation === '=' ? muted : {role: 'accent', bold: true};
    canvas.put(row, markColumn, relationSign(relation, glyphs), mark);
    for (const ladder of ladders) {
      const cell = cells[ladder.side];
      const other = cells[ladder.side === 0 ? 1 : 0];
      const isElsewhere = ladders.length === 1 && (relation === '+' || relation === '−');
      if (cell) putPacket(canvas, {row, ladder, ways, lead: ''}, cell, {calm, glyphs});
      else if (other && isElsewhere) {
        const lead = `${otherLetter(ladder)}: `;
        putPacket(canvas, {row, ladder, ways, lead}, other, {calm: true, glyphs});
      }
    }
  }
  const hidden = options.hidden + packets.length - shown.length;
  if (hidden === 0) return;
  for (const {frame} of ladders)
    canvas.put(top, frame.timeStart + 1, `${glyphs.earlier} ${options.earlier(hidden)}`, muted);
};
