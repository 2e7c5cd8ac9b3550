// Draws the labels of packets between three and more hosts: at the right of all lifelines, or on the row below the packet's line.

import {cut, textWidth} from '../../words/width.ts';
import {muted, type Piece, plain} from '../canvas.ts';
import {fittedLabel, piecesWidth} from './flight.ts';
import type {BurstItem, HappeningItem, PacketItem} from './ladder-item.ts';
import {type Drawing, firstLifeline, isFolded, lifelineOf, notesOf} from './picture.ts';
import {labelColumns, numberColumns} from './plan.ts';

/** Puts a text over the lifelines, with a blank cell before and after it. */
export const putApart = ({canvas}: Drawing, row: number, column: number, pieces: readonly Piece[]): void =>
  canvas.putPieces(row, column - 1, [{text: ' ', style: plain}, ...pieces, {text: ' ', style: plain}]);

/**
 * Returns a text with the names of a packet's sender and receiver if one of them has a folded lifeline, which does not show its name;
 * otherwise undefined.
 */
const endsText = ({plan, scene}: Drawing, {from, to}: PacketItem | BurstItem): string | undefined => {
  const folds = (host: string): boolean => {
    const line = lifelineOf(plan, host);
    return line !== undefined && isFolded(line);
  };
  const name = (host: string): string => scene.view.called(host);
  return folds(from) || folds(to) ? `${name(from)} > ${name(to)}` : undefined;
};

/** The place for a label: its row, its first column, and how many columns it may take. */
type Room = {readonly row: number; readonly column: number; readonly columns: number};

/**
 * Returns the place for a label: at the right of all lifelines; otherwise on the next row, behind the left end of the packet's line but, if
 * possible, before the last lifeline.
 */
const roomFor = ({plan}: Drawing, row: number, wanted: {left: number; width: number}): Room => {
  const {labelColumn, last, lifelines} = plan;
  if (labelColumn !== undefined) return {row, column: labelColumn, columns: last - labelColumn + 1};
  const first = firstLifeline(plan) + 2;
  const end = lifelines.at(-1)?.column ?? last;
  const free = end - 1 - wanted.width;
  const column = Math.max(first, Math.min(wanted.left + 2, free < first ? last - wanted.width : free));
  return {row: row + 1, column, columns: last - column};
};

const putLabelled = (
  drawing: Drawing,
  room: Room,
  pieces: readonly Piece[],
  notes: readonly Piece[],
): void => {
  const left = room.columns - piecesWidth(pieces) - 2;
  const note = notes.find(({text}) => textWidth(text) <= left);
  const all = note ? [...pieces, {text: '  ', style: plain}, note] : pieces;
  if (drawing.plan.labelColumn === undefined) putApart(drawing, room.row, room.column, all);
  else drawing.canvas.putPieces(room.row, room.column, all);
};

/** Draws the label of a packet, its number first; `left` is the column where the packet's line begins. */
export const putPacketLabel = (drawing: Drawing, row: number, item: PacketItem, left: number): void => {
  const {glyphs, plan, scene} = drawing;
  const digits = numberColumns(scene);
  const number = String(item.id)
    .padStart(digits - 2)
    .padEnd(digits);
  const {pieces} = fittedLabel({...item, others: endsText(drawing, item)}, labelColumns(scene, plan), glyphs);
  const notes = notesOf(drawing, item);
  // The text on a loss stays on the screen, so its width counts as part of the label.
  const fate = item.status === 'lost' ? 2 + textWidth(notes[0]?.text ?? '') : 0;
  const width = digits + piecesWidth(pieces) + fate;
  const room = roomFor(drawing, row, {left, width});
  putLabelled(drawing, room, [{text: number, style: muted}, ...pieces], notes);
};

export const putBurstLabel = (
  drawing: Drawing,
  row: number,
  item: BurstItem,
  {word, left}: {readonly word: string; readonly left: number},
): void => {
  const {glyphs} = drawing;
  const ends = endsText(drawing, item);
  const text = `${glyphs.burst} ${ends === undefined ? '' : `${ends} `}${word}`;
  const room = roomFor(drawing, row, {left, width: textWidth(text)});
  putLabelled(drawing, room, [{text: cut(text, room.columns, glyphs.ellipsis), style: plain}], []);
};

/**
 * Draws the text of a DNS call or answer without a packet: at the right of all lifelines, or beside its host's lifeline if labels have no
 * column there.
 */
export const putHappeningLabel = (
  drawing: Drawing,
  row: number,
  {text: forms}: HappeningItem,
  column: number,
): void => {
  const {canvas, glyphs, plan} = drawing;
  const {labelColumn, last, timeEnd} = plan;
  const right = last - column - 2;
  const room = labelColumn === undefined ? Math.max(column - 3 - timeEnd, right) : last - labelColumn + 1;
  const text =
    forms.find((form) => textWidth(form) <= room) ?? cut(forms.at(-1) ?? '', room, glyphs.ellipsis);
  if (labelColumn !== undefined) canvas.put(row, labelColumn, text, plain);
  else {
    const start = textWidth(text) <= right ? column + 2 : column - 1 - textWidth(text);
    putApart(drawing, row, start, [{text, style: plain}]);
  }
};
