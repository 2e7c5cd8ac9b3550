// Draws the ladder: two lifelines, packets between them, at each end the time and the state as that end saw them.

import type {Text} from '../../lesson/text.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {fineColumns, formatFine, formatLength, formatSeen, formatTime} from '../../words/format.ts';
import {cut, repeated, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {SceneTimer} from '../endpoints/scene-timers.ts';
import {timerName, timerPieces} from '../endpoints/timer-bar.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {LadderFrame} from '../layout.ts';
import type {Scene} from '../scene.ts';
import {at} from '../time/pace.ts';
import {selectedPacket} from '../view.ts';
import {cutOf, fittedLabel, labelledCells, labelRoom, lineCells, type Piece, piecesWidth} from './flight.ts';
import type {LadderItem, PacketItem, StateLabel} from './ladder-item.ts';
import {blocksOf, holds, type LadderRow, type LadderWindow, windowOf} from './ladder-rows.ts';
import {blanksOf} from './lifelines.ts';

const muted: Style = {role: 'muted'};
const stateColumns = 12;
const timeColumns = 7;

type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly frame: LadderFrame;
  readonly glyphs: Glyphs;
};

/** States and times only where there are columns for them. */
const hasSides = ({frame}: Drawing): boolean => frame.timeEnd > 0;

const roleOf = ({scene}: Drawing, onRight: boolean) => scene.hosts[onRight ? 1 : 0].role;

const putPieces = ({canvas}: Drawing, row: number, column: number, pieces: readonly Piece[]): void => {
  let at = column;
  for (const {text, style} of pieces) {
    canvas.put(row, at, text, style);
    at += textWidth(text);
  }
};

/** Of a capture: marked, and as wide as the mark makes it; the time beside it gives way. */
const stateText = ({text, deduced, of}: StateLabel, glyphs: Glyphs): string => {
  if (!deduced) return cut(text, stateColumns, glyphs.ellipsis);
  const state = cut(`${glyphs.deduced}${text}`, stateColumns + 1, glyphs.ellipsis);
  return of === undefined ? state : `${of} ${state}`;
};

const putState = (drawing: Drawing, row: number, onRight: boolean, label: StateLabel | undefined): void => {
  if (!label || !hasSides(drawing)) return;
  const {canvas, frame, glyphs} = drawing;
  const style: Style = label.fresh ? {role: 'changed', bold: true} : {role: 'text'};
  const text = stateText(label, glyphs);
  if (onRight) canvas.put(row, frame.right + 2, text, style);
  else canvas.putEnd(row, frame.left - 2, text, style);
  if (label.fresh) canvas.put(row, onRight ? frame.right + 1 : frame.left - 1, glyphs.changed, style);
};

/** Columns beside a lifeline at the right: state and time. */
const sideColumns = stateColumns + timeColumns;

/** As fine as the state beside it leaves room for; where both get close a seven-column time stands one row lower. */
const putTime = (
  drawing: Drawing,
  row: number,
  end: {onRight: boolean; us: number; state: StateLabel | undefined; estimated?: boolean},
): void => {
  if (!hasSides(drawing)) return;
  const {canvas, frame, glyphs, scene} = drawing;
  const {pacing} = scene.view.input;
  const state = end.state ? textWidth(stateText(end.state, glyphs)) : 0;
  const guess = end.estimated ? plainText(formatSeen(end.us, true), glyphs) : undefined;
  const fine = guess ?? formatFine(end.us);
  const short = guess ?? formatTime(end.us);
  if (!end.onRight) {
    // Column 1 is the marker's. In a run that lasts long all times that have the room end in the same column.
    const wide = Math.max(frame.timeEnd, 1 + fineColumns(at(pacing.atUs, pacing.moments - 1)));
    const beside = frame.left - 2 - state;
    const fits = wide < beside;
    const text = fits ? fine : short;
    // The longest state, marked as deduced, begins where times end: one that is short stands further left.
    const column = fits ? wide : Math.min(frame.timeEnd, beside - 1);
    if (textWidth(text) < column) canvas.putEnd(row, column, text, muted);
    else if (row < frame.bottom) canvas.putEnd(row + 1, frame.timeEnd, text, muted);
    return;
  }
  const column = frame.right + 1 + sideColumns;
  const isBeside = textWidth(fine) < sideColumns - state;
  if (!isBeside && textWidth(fine) > timeColumns && frame.density !== 'compact' && row < frame.bottom) {
    canvas.putEnd(row + 1, column, fine, muted);
    return;
  }
  const text = isBeside ? fine : short;
  const crowded = textWidth(text) + state >= sideColumns;
  // The longest state, marked as deduced, leaves no room in the last row: the time follows when the row moves up.
  if (crowded && row >= frame.bottom && textWidth(text) + state > sideColumns) return;
  canvas.putEnd(crowded ? Math.min(row + 1, frame.bottom) : row, column, text, muted);
};

const putFarNote = (
  drawing: Drawing,
  row: number,
  onRight: boolean,
  note: {text: string; style: Style},
): void => {
  if (!hasSides(drawing)) return;
  const {canvas, frame, glyphs} = drawing;
  const text = cut(note.text, sideColumns, glyphs.ellipsis);
  if (onRight) canvas.put(row, frame.right + 2, text, note.style);
  else canvas.putEnd(row, frame.left - 2, text, note.style);
};

const putEnds = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {toRight, half} = item;
  putState(drawing, row, !toRight, item.sender);
  if (item.status === 'ahead') return;
  if (item.shown !== undefined) {
    putOneTime(drawing, row, item);
    return;
  }
  if (half?.part !== 'arrival' && !item.copy && item.untimed !== 'departure')
    putTime(drawing, row, {
      onRight: !toRight,
      us: item.sentUs,
      state: item.sender,
      estimated: item.departureEstimated ?? false,
    });
  // The loss of a flight that crosses another shows where it left, its landing where it lands.
  const rowOfEnd = item.status === 'lost' ? 'departure' : 'arrival';
  if (half === undefined || half.part === rowOfEnd) putFarEnd(drawing, row, item);
};

/** Of a packet whose ends have not both a lifeline: at the one that has, else at the left. */
const putOneTime = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {toRight, shown, untimed, sender, receiver, sentUs, dueUs} = item;
  const arrives = shown === 'receiver';
  if (arrives) putState(drawing, row, toRight, receiver);
  if (arrives && item.status !== 'arrived') return;
  putTime(drawing, row, {
    onRight: shown === 'neither' ? false : toRight === arrives,
    us: arrives ? dueUs : sentUs,
    state: arrives ? receiver : sender,
    estimated: !untimed && (arrives ? item.estimated : (item.departureEstimated ?? false)),
  });
};

const dueText = ({dueUs, estimated}: PacketItem, glyphs: Glyphs): string =>
  estimated ? plainText(formatSeen(dueUs, true), glyphs) : formatFine(dueUs);

const putFarEnd = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {glyphs, scene, frame} = drawing;
  const {toRight, receiver, dueUs, estimated} = item;
  if (item.status === 'arrived') {
    putState(drawing, row, toRight, receiver);
    if (item.untimed !== 'arrival')
      putTime(drawing, row, {onRight: toRight, us: dueUs, state: receiver, estimated});
  } else if (item.status === 'lost') {
    const text = `${glyphs.lost} ${item.lostLabel ?? ''}`;
    putFarNote(drawing, row, toRight, {text, style: {role: 'warning'}});
  } else if (item.status === 'unseen' || !item.comet) {
    const text = playerTexts[item.status === 'unseen' ? 'unseen' : 'onItsWay'][scene.language];
    putFarNote(drawing, row, toRight, {text, style: muted});
  } else if (frame.density === 'dense')
    putFarNote(drawing, row, toRight, {
      text: `${playerTexts.due[scene.language]} ${dueText(item, glyphs)}`,
      style: muted,
    });
};

const putPacket = (drawing: Drawing, row: LadderRow, item: PacketItem): void => {
  const {canvas, frame, glyphs, scene} = drawing;
  const cells = frame.right - frame.left - 1;
  const options = {
    glyphs,
    role: roleOf(drawing, !item.toRight),
    paused: scene.paused,
    halves: scene.speed < 4,
  };
  const departs = item.half?.part !== 'arrival';
  // Where there is no line, the label stands in its place.
  const roomy = (frame.density === 'spaced' || frame.density === 'roomy') && item.shown !== 'neither';
  const cut = item.half && cutOf(item, cells, glyphs, !roomy);
  const look = cut === undefined ? options : {...options, cut};
  if (roomy && departs) {
    const label = fittedLabel(item, labelRoom(cells, frame.indent, false), glyphs).pieces;
    const column = item.toRight
      ? frame.left + 1 + frame.indent
      : frame.right - frame.indent - piecesWidth(label);
    putPieces(drawing, row.at - 1, column, label);
  }
  if (item.status === 'ahead' && roomy) return;
  putPieces(
    drawing,
    row.at,
    frame.left + 1,
    roomy || !departs ? lineCells(item, cells, look) : labelledCells(item, cells, look),
  );
  if (item.status !== 'ahead' && departs && !item.copy && beginsHere(item))
    canvas.put(
      row.at,
      item.toRight ? frame.left : frame.right,
      item.toRight ? glyphs.leaveRight : glyphs.leaveLeft,
      {role: options.role},
    );
  putEnds(drawing, row.at, item);
};

/** Its line begins at a lifeline. */
const beginsHere = ({shown}: PacketItem | Extract<LadderItem, {kind: 'burst'}>): boolean =>
  shown === undefined || shown === 'sender';

const gapText = ({scene, glyphs}: Drawing, lengthUs: number | undefined): string => {
  const {language} = scene;
  const length = lengthUs === undefined ? '' : `${formatLength(lengthUs)}${punctuation.comma[language]}`;
  return `${glyphs.gap} ${length}${playerTexts.noPacket[language]} ${glyphs.gap}`;
};

const burstText = ({scene, glyphs, frame}: Drawing, item: Extract<LadderItem, {kind: 'burst'}>): string => {
  const {language} = scene;
  const cells = frame.right - frame.left - 1;
  const word =
    item.flying > cometsMost
      ? `${item.flying} ${playerTexts.countInFlight[language]}`
      : `${item.count} ${playerTexts.moreSegments[language]}`;
  const text = ` ${cut(word, cells - 4, glyphs.ellipsis)} `;
  const rest = Math.max(0, cells - 2 - textWidth(text));
  // Between others than the two at the lifelines: it touches neither.
  if (item.shown !== undefined) return `  ${text}`;
  return item.toRight
    ? `${glyphs.burst}${text}${repeated(glyphs.burst, rest)}${glyphs.arrivedRight}`
    : `${glyphs.arrivedLeft}${repeated(glyphs.burst, rest)}${text}${glyphs.burst}`;
};

const cometsMost = 3;

const putItem = (drawing: Drawing, row: LadderRow): void => {
  const {canvas, frame} = drawing;
  const {item} = row;
  switch (item.kind) {
    case 'packet':
      putPacket(drawing, row, item);
      break;
    case 'gap':
      canvas.put(row.at, frame.left + 4, gapText(drawing, item.lengthUs), muted);
      break;
    case 'burst':
      canvas.put(row.at, frame.left + 1, burstText(drawing, item), {
        role: roleOf(drawing, !item.toRight),
      });
      break;
    case 'state':
      putState(drawing, row.at, item.onRight, item.label);
      putTime(drawing, row.at, {onRight: item.onRight, us: item.atUs, state: item.label});
      break;
    // Rows of three and more hosts only.
    case 'happening':
      break;
  }
};

const putTimer = (drawing: Drawing, row: number, timer: SceneTimer): void => {
  const {canvas, frame, glyphs, scene} = drawing;
  const name = timerName(timer, glyphs);
  const owner = scene.hosts[timer.onRight ? 1 : 0];
  const inside = hasSides(drawing) ? '' : `${name} ${cut(owner.name, 10, glyphs.ellipsis)} `;
  const room = frame.right - frame.left - 5 - textWidth(inside);
  putPieces(drawing, row, frame.left + 3, [
    {text: inside, style: {role: 'text'}},
    ...timerPieces(timer, {language: scene.language, glyphs, role: owner.role, room}),
  ]);
  if (!hasSides(drawing)) return;
  if (timer.onRight) canvas.put(row, frame.right + 2, name, {role: 'text'});
  else canvas.putEnd(row, frame.left - 2, name, {role: 'text'});
};

/** Rows in which a change of this very moment has its mark beside the left lifeline, or the right one. */
const freshMarks = (rows: readonly LadderRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({item, at}) => {
      if (item.kind !== 'packet') return [];
      const marks = item.sender?.fresh ? [`${at} ${item.toRight}`] : [];
      return item.receiver?.fresh ? [...marks, `${at} ${!item.toRight}`] : marks;
    }),
  );

/** Where the chosen packet is marked. */
const markColumn = 1;

/** Joins a packet that is sent again to its last sending, beside the sender; the mark of what is chosen goes before. */
const putGutters = (drawing: Drawing, rows: readonly LadderRow[], chosen: readonly number[]): void => {
  const {canvas, frame, glyphs} = drawing;
  const joined = new Set<string>();
  const marked = freshMarks(rows);
  for (const {item, at} of rows) {
    if (item.kind !== 'packet' || item.original === undefined || item.sender?.fresh) continue;
    if (item.half?.part === 'arrival') continue;
    const original = rows.find((row) => row.item.kind === 'packet' && row.item.id === item.original);
    if (original?.item.kind !== 'packet' || original.item.sender?.fresh) continue;
    const column = item.toRight ? frame.left - 1 : frame.right + 1;
    const top = item.toRight ? glyphs.gutterTop : glyphs.gutterTopRight;
    const put = (row: number, sign: string): void => {
      if (column !== markColumn || !chosen.includes(row)) canvas.put(row, column, sign, muted);
    };
    // In a chain of sendings the one in the middle has its sign already.
    if (!joined.has(`${column} ${original.at}`)) put(original.at, top);
    for (let row = original.at + 1; row < at; row++)
      if (!marked.has(`${row} ${item.toRight}`)) put(row, glyphs.gutter);
    put(at, item.toRight ? glyphs.gutterEnd : glyphs.gutterEndRight);
    joined.add(`${column} ${at}`);
  }
};

const taken = (row: LadderRow, onRight: boolean): boolean =>
  (row.item.kind !== 'packet' || beginsHere(row.item)) &&
  !(row.item.kind === 'packet' && row.item.half?.part === 'arrival') &&
  leavesAt(row, onRight);

const leavesAt = (row: LadderRow, onRight: boolean): boolean =>
  row.item.kind === 'packet' && row.item.status !== 'ahead' && !row.item.copy && row.item.toRight !== onRight
    ? true
    : row.item.kind === 'burst' && row.item.toRight !== onRight;

const putLifelines = ({canvas, frame, glyphs, scene}: Drawing, window: LadderWindow): void => {
  const {rows, first} = window;
  const leaves = {
    left: new Set(rows.filter((row) => row.item.kind === 'packet' && taken(row, false)).map(({at}) => at)),
    right: new Set(rows.filter((row) => row.item.kind === 'packet' && taken(row, true)).map(({at}) => at)),
  };
  for (const {item, at} of rows)
    if (item.kind === 'burst' && beginsHere(item)) {
      const column = item.toRight ? frame.left : frame.right;
      canvas.put(at, column, item.toRight ? glyphs.leaveRight : glyphs.leaveLeft, {
        role: scene.hosts[item.toRight ? 0 : 1].role,
      });
      leaves[item.toRight ? 'left' : 'right'].add(at);
    }
  for (const onRight of [false, true]) {
    const blanks = blanksOf(scene.view, window, {onRight, bottom: frame.bottom});
    const taken = onRight ? leaves.right : leaves.left;
    for (let row = first; row <= frame.bottom; row++) {
      if (taken.has(row) || blanks.some(({after, before}) => row > after && row < before)) continue;
      canvas.put(row, onRight ? frame.right : frame.left, glyphs.lifeline, muted);
    }
  }
};

/** How many packets lie above and below what is shown. */
const putCut = ({canvas, frame, glyphs, scene}: Drawing, {hidden, later}: LadderWindow): void => {
  const put = (row: number, sign: string, count: number, [one, several]: readonly [Text, Text]): void => {
    const text = `${sign} ${count} ${(count === 1 ? one : several)[scene.language]}`;
    if (count > 0) canvas.put(row, frame.left + 3, text, muted);
  };
  const {earlierPacket, earlierPackets, laterPacket, laterPackets} = playerTexts;
  put(frame.top, glyphs.earlier, hidden, [earlierPacket, earlierPackets]);
  put(frame.bottom, glyphs.more, later, [laterPacket, laterPackets]);
};

export const putLadder = (
  canvas: Canvas,
  scene: Scene,
  options: {readonly frame: LadderFrame; readonly glyphs: Glyphs},
): void => {
  const {frame, glyphs} = options;
  const drawing: Drawing = {canvas, scene, frame, glyphs};
  const timers = scene.ladder.timers.filter(({inLadder}) => inLadder).slice(0, 2);
  const window = windowOf(scene.ladder, blocksOf(scene.ladder.items, frame.density), {
    frame,
    timerRows: timers.length,
  });
  const {rows, states, first} = window;
  putCut(drawing, window);
  if (hasSides(drawing)) {
    putState(drawing, first, false, states[0]);
    putState(drawing, first, true, states[1]);
  }
  putLifelines(drawing, window);
  const {selection} = scene.view.input.playback;
  const chosen = selection.packet === undefined ? undefined : selectedPacket(scene.view);
  const chosenRows = rows.filter(({item}) => chosen !== undefined && holds(item, chosen)).map(({at}) => at);
  for (const row of rows) putItem(drawing, row);
  for (const at of chosenRows) canvas.put(at, markColumn, glyphs.selected, {role: 'accent', bold: true});
  putGutters(drawing, rows, chosenRows);
  if (window.later === 0) putTimers(drawing, timers, rows.at(-1)?.at ?? first);
};

/** Below the newest. */
const putTimers = (drawing: Drawing, timers: readonly SceneTimer[], end: number): void => {
  const {frame} = drawing;
  const spacer = frame.density === 'compact' ? 1 : 2;
  const timerTop = Math.max(end + 1, Math.min(end + spacer, frame.bottom - timers.length + 1));
  for (const [index, timer] of timers.entries())
    if (timerTop + index <= frame.bottom) putTimer(drawing, timerTop + index, timer);
};
