// Both ends of the lines of two hosts: the time and the state as that end saw them, and how what is sent again hangs together.

import {fineColumns, formatTime} from '../../words/format.ts';
import {cut, textWidth} from '../../words/width.ts';
import {muted, type Piece} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {at} from '../time/pace.ts';
import type {PacketItem, StateLabel} from './ladder-item.ts';
import type {LadderRow} from './ladder-rows.ts';
import {
  type Drawing,
  firstLifeline,
  isRoomy,
  type LadderPlan,
  notesOf,
  stateStyle,
  timeText,
} from './picture.ts';

const stateColumns = 12;
const timeColumns = 7;
/** Columns beside a lifeline at the right. */
const sideColumns = stateColumns + timeColumns;

/** States and times only where there are columns for them. */
export const hasSides = ({hasEnds, timeEnd}: LadderPlan): boolean => hasEnds && timeEnd > 0;

/** A text beside a lifeline. */
export const putBeside = (
  {canvas, plan}: Drawing,
  row: number,
  onRight: boolean,
  {text, style}: Piece,
): void => {
  const left = firstLifeline(plan);
  if (onRight) canvas.put(row, left + plan.distance + 2, text, style);
  else canvas.putEnd(row, left - 2, text, style);
};

/** Of a capture: marked, and as wide as the mark makes it; the time beside it gives way. */
const stateText = ({text, deduced, of}: StateLabel, glyphs: Glyphs): string => {
  if (!deduced) return cut(text, stateColumns, glyphs.ellipsis);
  const state = cut(`${glyphs.deduced}${text}`, stateColumns + 1, glyphs.ellipsis);
  return of === undefined ? state : `${of} ${state}`;
};

export const putState = (
  drawing: Drawing,
  row: number,
  onRight: boolean,
  label: StateLabel | undefined,
): void => {
  if (!label || !hasSides(drawing.plan)) return;
  const {canvas, plan, glyphs} = drawing;
  const style = stateStyle(label);
  putBeside(drawing, row, onRight, {text: stateText(label, glyphs), style});
  const left = firstLifeline(plan);
  if (label.fresh) canvas.put(row, onRight ? left + plan.distance + 1 : left - 1, glyphs.changed, style);
};

type EndTime = {
  readonly onRight: boolean;
  readonly us: number;
  readonly state: StateLabel | undefined;
  readonly estimated?: boolean | undefined;
};

/** The row below is free for a time that has no room beside its state; a row for each packet leaves none. */
const hasRoomBelow = ({density, bottom}: LadderPlan, row: number): boolean =>
  density !== 'compact' && row < bottom;

/** As fine as the state beside it leaves room for; where both get close a seven-column time stands one row lower. */
export const putEndTime = (drawing: Drawing, row: number, end: EndTime): void => {
  if (!hasSides(drawing.plan)) return;
  const {glyphs} = drawing;
  const state = end.state ? textWidth(stateText(end.state, glyphs)) : 0;
  const fine = timeText(glyphs, end.us, end.estimated);
  const short = end.estimated ? fine : formatTime(end.us);
  (end.onRight ? putRightTime : putLeftTime)(drawing, row, {state, fine, short});
};

/** `state`: how wide it is. */
type Sized = {readonly state: number; readonly fine: string; readonly short: string};

const putLeftTime = ({canvas, plan, scene}: Drawing, row: number, {state, fine, short}: Sized): void => {
  const {pacing} = scene.view.input;
  // Column 1 is the marker's. In a run that lasts long all times that have the room end in the same column.
  const wide = Math.max(plan.timeEnd, 1 + fineColumns(at(pacing.atUs, pacing.moments - 1)));
  const beside = firstLifeline(plan) - 2 - state;
  const fits = wide < beside;
  const text = fits ? fine : short;
  // The longest state, marked as deduced, begins where times end: one that is short stands further left.
  const column = fits ? wide : Math.min(plan.timeEnd, beside - 1);
  if (textWidth(text) < column) canvas.putEnd(row, column, text, muted);
  else if (hasRoomBelow(plan, row)) canvas.putEnd(row + 1, plan.timeEnd, text, muted);
};

const putRightTime = ({canvas, plan}: Drawing, row: number, {state, fine, short}: Sized): void => {
  const column = firstLifeline(plan) + plan.distance + 1 + sideColumns;
  const isBeside = textWidth(fine) < sideColumns - state;
  const below = hasRoomBelow(plan, row);
  if (!isBeside && textWidth(fine) > timeColumns && below) {
    canvas.putEnd(row + 1, column, fine, muted);
    return;
  }
  const text = isBeside ? fine : short;
  const crowded = textWidth(text) + state >= sideColumns;
  // The longest state, marked as deduced, leaves no room in the last row: the time follows when the row moves up.
  if (crowded && !below && textWidth(text) + state > sideColumns) return;
  canvas.putEnd(crowded && below ? row + 1 : row, column, text, muted);
};

const putFarNote = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {plan, glyphs} = drawing;
  const [note] = notesOf(drawing, item);
  if (!note || !hasSides(plan)) return;
  // Of a comet there are columns for when it is due beside a label in its line only.
  if (item.status === 'flying' && item.comet && isRoomy(plan)) return;
  putBeside(drawing, row, item.toRight, {...note, text: cut(note.text, sideColumns, glyphs.ellipsis)});
};

export const putEnds = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {toRight, half} = item;
  putState(drawing, row, !toRight, item.sender);
  if (item.status === 'ahead') return;
  if (item.shown !== undefined) {
    putOneTime(drawing, row, item);
    return;
  }
  if (half?.part !== 'arrival' && !item.copy && item.untimed !== 'departure')
    putEndTime(drawing, row, {
      onRight: !toRight,
      us: item.sentUs,
      state: item.sender,
      estimated: item.departureEstimated,
    });
  // The loss of a flight that crosses another shows where it left, its landing where it lands; a line that slopes ends in its cross.
  const rowOfEnd = item.status === 'lost' && half?.letter !== undefined ? 'departure' : 'arrival';
  if (half !== undefined && half.part !== rowOfEnd) return;
  if (item.status === 'arrived') putArrival(drawing, row, item);
  else putFarNote(drawing, row, item);
};

const putArrival = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {toRight, receiver, dueUs, estimated, untimed} = item;
  putState(drawing, row, toRight, receiver);
  if (untimed !== 'arrival')
    putEndTime(drawing, row, {onRight: toRight, us: dueUs, state: receiver, estimated});
};

/** Of a packet whose ends have not both a lifeline: at the one that has, else at the left. */
const putOneTime = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {toRight, shown, untimed, sender, receiver, sentUs, dueUs} = item;
  const arrives = shown === 'receiver';
  if (arrives) putState(drawing, row, toRight, receiver);
  if (arrives && item.status !== 'arrived') return;
  putEndTime(drawing, row, {
    onRight: shown === 'neither' ? false : toRight === arrives,
    us: arrives ? dueUs : sentUs,
    state: arrives ? receiver : sender,
    estimated: !untimed && (arrives ? item.estimated : item.departureEstimated),
  });
};

/** Rows in which a change of this very moment has its mark beside the left lifeline, or the right one. */
const freshMarks = (rows: readonly LadderRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({item, at: row}) => {
      if (item.kind !== 'packet') return [];
      const marks = item.sender?.fresh ? [`${row} ${item.toRight}`] : [];
      return item.receiver?.fresh ? [...marks, `${row} ${!item.toRight}`] : marks;
    }),
  );

/** Where the chosen packet is marked. */
export const markColumn = 1;

/** Joins a packet that is sent again to its last sending, beside the sender; the mark of what is chosen goes before. */
export const putGutters = (
  {canvas, plan, glyphs}: Drawing,
  rows: readonly LadderRow[],
  chosen: readonly number[],
): void => {
  const left = firstLifeline(plan);
  const joined = new Set<string>();
  const marked = freshMarks(rows);
  for (const {item, at: row} of rows) {
    if (item.kind !== 'packet' || item.original === undefined || item.sender?.fresh) continue;
    if (item.half?.part === 'arrival') continue;
    const original = rows.find((each) => each.item.kind === 'packet' && each.item.id === item.original);
    if (original?.item.kind !== 'packet' || original.item.sender?.fresh) continue;
    const column = item.toRight ? left - 1 : left + plan.distance + 1;
    const top = item.toRight ? glyphs.gutterTop : glyphs.gutterTopRight;
    const put = (each: number, sign: string): void => {
      if (column !== markColumn || !chosen.includes(each)) canvas.put(each, column, sign, muted);
    };
    // In a chain of sendings the one in the middle has its sign already.
    if (!joined.has(`${column} ${original.at}`)) put(original.at, top);
    for (let each = original.at + 1; each < row; each++)
      if (!marked.has(`${each} ${item.toRight}`)) put(each, glyphs.gutter);
    put(row, item.toRight ? glyphs.gutterEnd : glyphs.gutterEndRight);
    joined.add(`${column} ${row}`);
  }
};
