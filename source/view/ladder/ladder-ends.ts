// Draws what is beside the two lifelines: the time and the state at either end of a packet's line, and the links between transmissions of
// the same data.

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
/** The number of columns beside the right lifeline, for states and times. */
const sideColumns = stateColumns + timeColumns;

/** Tells whether the ladder has columns for states and times. */
export const hasSides = ({hasEnds, timeEnd}: LadderPlan): boolean => hasEnds && timeEnd > 0;

/** Puts a text beside the left or right lifeline. */
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

/**
 * Returns the text of a TCP state, cut to the width of its column. A state deduced from a capture is preceded by a mark, which takes room
 * from the time beside it.
 */
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

/**
 * Tells whether a time that has no room beside a TCP state may be put into the next row: not in a compact ladder, which has no free rows,
 * nor in the last row.
 */
const hasRoomBelow = ({density, bottom}: LadderPlan, row: number): boolean =>
  density !== 'compact' && row < bottom;

/**
 * Puts the time at one end of a packet's line, as exact as there is room beside the state. On the right, a time of seven columns that would
 * touch the state moves to the next row.
 */
export const putEndTime = (drawing: Drawing, row: number, end: EndTime): void => {
  if (!hasSides(drawing.plan)) return;
  const {glyphs} = drawing;
  const state = end.state ? textWidth(stateText(end.state, glyphs)) : 0;
  const fine = timeText(glyphs, end.us, end.estimated);
  const short = end.estimated ? fine : formatTime(end.us);
  (end.onRight ? putRightTime : putLeftTime)(drawing, row, {state, fine, short});
};

/** A time as text, exact (`fine`) and short (`short`), and the number of columns of the TCP state beside it. */
type Sized = {readonly state: number; readonly fine: string; readonly short: string};

const putLeftTime = ({canvas, plan, scene}: Drawing, row: number, {state, fine, short}: Sized): void => {
  const {pacing} = scene.view.input;
  // The ladder's first column is kept for the mark of the selected packet. All times that have room end in the same column, even in a run
  // that lasts long.
  const wide = Math.max(plan.timeEnd, 1 + fineColumns(at(pacing.atUs, pacing.moments - 1)));
  const beside = firstLifeline(plan) - 2 - state;
  const fits = wide < beside;
  const text = fits ? fine : short;
  // The longest state, marked as deduced, begins where times end, so a short time moves further left.
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
  // If the time has no room beside a long TCP state and the row below is not free, the time is not shown until the row has moved up.
  if (crowded && !below && textWidth(text) + state > sideColumns) return;
  canvas.putEnd(crowded && below ? row + 1 : row, column, text, muted);
};

const putFarNote = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {plan, glyphs} = drawing;
  const [note] = notesOf(drawing, item);
  if (!note || !hasSides(plan)) return;
  // The time at which a packet in flight is due has room beside the lifeline only if the label is in the line.
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
  // The loss of a crossing packet is shown in its first row, its arrival in the second. The end of a sloping line is in its second row in
  // both cases.
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

/** Puts the only time of a packet of which at most one end has a lifeline: beside that lifeline, or at the left if neither has one. */
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

/** Returns keys for the ladder's rows and sides at which a host has entered a new TCP state at the present moment. */
const freshMarks = (rows: readonly LadderRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({item, at: row}) => {
      if (item.kind !== 'packet') return [];
      const marks = item.sender?.fresh ? [`${row} ${item.toRight}`] : [];
      return item.receiver?.fresh ? [...marks, `${row} ${!item.toRight}`] : marks;
    }),
  );

/** The column with the mark of the selected packet. */
export const markColumn = 1;

/**
 * Draws the lines beside the sender's lifeline that link a retransmission with the previous transmission of the same data; the mark of the
 * selected packet has precedence.
 */
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
    // If the earlier transmission is itself a retransmission, its row already has the sign of a link.
    if (!joined.has(`${column} ${original.at}`)) put(original.at, top);
    for (let each = original.at + 1; each < row; each++)
      if (!marked.has(`${each} ${item.toRight}`)) put(each, glyphs.gutter);
    put(row, item.toRight ? glyphs.gutterEnd : glyphs.gutterEndRight);
    joined.add(`${column} ${row}`);
  }
};
