// Draws the ladder of three and more hosts: a clock, lifelines, one line a packet, its label at the right or below.

import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatFine, formatLength, formatSeen} from '../../words/format.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {SceneTimer} from '../endpoints/scene-timers.ts';
import {timerName, timerPieces} from '../endpoints/timer-bar.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Scene} from '../scene.ts';
import type {Role} from '../span.ts';
import {selectedPacket} from '../view.ts';
import {fittedLabel, lineCells, type Piece, piecesWidth} from './flight.ts';
import type {LadderItem, PacketItem} from './ladder-item.ts';
import {ManyCanvas} from './many-canvas.ts';
import {isFolded, type Lifeline, lifelineOf, type ManyPlan} from './many-plan.ts';
import {displayName} from './scene-hosts.ts';

export type ManyLook = {
  readonly plan: ManyPlan;
  readonly glyphs: Glyphs;
  readonly top: number;
  readonly bottom: number;
};

type Burst = Extract<LadderItem, {kind: 'burst'}>;

type Drawing = ManyLook & {
  readonly canvas: ManyCanvas;
  readonly scene: Scene;
};

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const cometsMost = 3;
const mostTimers = 2;

/** Rows of one item without the blank one that separates it where there is room. */
const rowsOf = (item: LadderItem, {labelColumn}: ManyPlan): number =>
  labelColumn === undefined && (item.kind === 'packet' || item.kind === 'burst') ? 2 : 1;

/** Chosen by the rows of the whole run, so that nothing moves apart during play. */
const isSpaced = ({scene, plan, top, bottom}: Drawing): boolean => {
  const {packets, others} = scene.ladder.whole;
  const each = plan.labelColumn === undefined ? 3 : 2;
  return each * packets + 2 * others <= bottom - top + 1;
};

const roleOf = ({scene}: Drawing, host: string): Role =>
  scene.hosts.find(({id}) => id === host)?.role ?? 'third';

/** Two ends of a line, from the left; `stub`: there is no lifeline at its far end. */
type Way = {
  readonly from: Lifeline;
  readonly left: number;
  readonly right: number;
  readonly toRight: boolean;
  readonly stub: boolean;
};

/** undefined: it stays within one lifeline. What is for nobody makes for the next lifeline. */
const wayOf = (plan: ManyPlan, {from, to}: {readonly from: string; readonly to: string}): Way | undefined => {
  const start = lifelineOf(plan, from);
  if (!start) return undefined;
  const end = from === to ? undefined : lifelineOf(plan, to);
  if (end === start) return undefined;
  const column = start.column;
  if (end) {
    const toRight = end.column > column;
    return {
      from: start,
      left: Math.min(column, end.column),
      right: Math.max(column, end.column),
      toRight,
      stub: false,
    };
  }
  const toRight = plan.lifelines.at(-1) !== start;
  const near = column + (toRight ? plan.distance : -plan.distance);
  return {
    from: start,
    left: Math.min(column, near),
    right: Math.max(column, near),
    toRight,
    stub: true,
  };
};

/** What an attacker on the path sees pass, or has written over, bears its colour where it crosses its lifeline. */
const crossingMark = (
  {plan, glyphs, scene}: Drawing,
  {column, item, style}: {readonly column: number; readonly item: PacketItem | Burst; readonly style: Style},
): Piece => {
  const line = plan.lifelines.find((each) => each.column === column);
  const {onPath = []} = scene.view.input.trace.header;
  const isTap = line?.hosts.some(({id}) => onPath.some(({host}) => host === id)) ?? false;
  if (!isTap) return {text: glyphs.crossed, style};
  const edited = item.kind === 'packet' && item.treatment === 'edited';
  return {text: edited ? glyphs.edited : glyphs.crossed, style: {role: 'attacker', bold: true}};
};

/** The cells of a line where it crosses lifelines: `┼` as far as there is a line, else the lifeline itself. */
const crossing = (
  drawing: Drawing,
  {way, item}: {readonly way: Way; readonly item: PacketItem | Burst},
  cells: readonly Piece[],
): Piece[] => {
  const {plan, glyphs} = drawing;
  const columns = new Set(plan.lifelines.map(({column}) => column));
  const drawn: readonly string[] = [glyphs.travelled, glyphs.toGo, glyphs.burst];
  return cells.map((cell, index) => {
    const column = way.left + 1 + index;
    return columns.has(column) && drawn.includes(cell.text)
      ? crossingMark(drawing, {column, item, style: cell.style})
      : cell;
  });
};

/** Blank cells are left to the lifelines. */
const putLine = (
  drawing: Drawing,
  row: number,
  {
    way,
    item,
    cells,
  }: {readonly way: Way; readonly item: PacketItem | Burst; readonly cells: readonly Piece[]},
): void => {
  for (const [index, {text, style}] of crossing(drawing, {way, item}, cells).entries())
    if (text !== ' ') drawing.canvas.put(row, way.left + 1 + index, text, style);
};

const putLeaving = ({canvas, glyphs}: Drawing, row: number, way: Way, role: Role): void =>
  canvas.put(row, way.toRight ? way.left : way.right, way.toRight ? glyphs.leaveRight : glyphs.leaveLeft, {
    role,
  });

/** The names of its ends, where the picture does not tell them. */
const endsText = ({plan, scene}: Drawing, {from, to}: PacketItem | Burst): string | undefined => {
  const folds = (host: string): boolean => {
    const line = lifelineOf(plan, host);
    return line !== undefined && isFolded(line);
  };
  const name = (host: string): string => displayName(host, scene.language);
  return folds(from) || folds(to) ? `${name(from)} > ${name(to)}` : undefined;
};

const timeText = (glyphs: Glyphs, us: number, estimated = false): string =>
  estimated ? plainText(formatSeen(us, true), glyphs) : formatFine(us);

/** What becomes of it, from whole to shortest. */
const notesOf = ({scene, glyphs}: Drawing, item: PacketItem): readonly Piece[] => {
  const {language} = scene;
  if (item.status === 'lost') {
    const texts = [`${glyphs.lost} ${item.lostLabel ?? ''}`, glyphs.lost];
    return texts.map((text) => ({text, style: {role: 'warning'}}));
  }
  if (item.status === 'unseen') return [{text: playerTexts.unseen[language], style: muted}];
  if (item.status !== 'flying') return [];
  const due = `${playerTexts.due[language]} ${timeText(glyphs, item.dueUs, item.estimated)}`;
  return [{text: item.comet ? due : playerTexts.onItsWay[language], style: muted}];
};

/** Where a label may stand, in rows and columns. */
type Room = {readonly row: number; readonly column: number; readonly columns: number};

const putLabelled = (
  drawing: Drawing,
  room: Room,
  pieces: readonly Piece[],
  notes: readonly Piece[],
): void => {
  const {canvas, plan} = drawing;
  const left = room.columns - piecesWidth(pieces) - 2;
  const note = notes.find(({text}) => textWidth(text) <= left);
  const told: readonly Piece[] = note ? [{text: '  ', style: plain}, note] : [];
  if (plan.labelColumn === undefined) canvas.putApart(room.row, room.column, [...pieces, ...told]);
  else canvas.putPieces(room.row, room.column, [...pieces, ...told]);
};

/** Beside the lifelines, or on the next row, behind the left one of its ends, but so that the last lifeline stays free where it can. */
const roomFor = ({plan}: Drawing, row: number, wanted: {left: number; width: number}): Room => {
  const {labelColumn, last, lifelines} = plan;
  if (labelColumn !== undefined) return {row, column: labelColumn, columns: last - labelColumn + 1};
  const first = (lifelines[0]?.column ?? 1) + 2;
  const end = lifelines.at(-1)?.column ?? last;
  const free = end - 1 - wanted.width;
  const column = Math.max(first, Math.min(wanted.left + 2, free < first ? last - wanted.width : free));
  return {row: row + 1, column, columns: last - column};
};

const widestNumber = ({view}: Scene): number => String(view.input.trace.packetCount).length;
const numberGap = '  ';

/** Columns for a packet's label, behind its number. */
export const manyLabelRoom = (scene: Scene, {labelColumn, last, lifelines}: ManyPlan): number => {
  const number = widestNumber(scene) + numberGap.length;
  return labelColumn === undefined
    ? last - (lifelines[0]?.column ?? 1) - 2 - number
    : last - labelColumn + 1 - number;
};

const putPacketLabel = (drawing: Drawing, row: number, item: PacketItem, left: number): void => {
  const {glyphs, plan, scene} = drawing;
  const number = `${String(item.id).padStart(widestNumber(scene))}${numberGap}`;
  const most = manyLabelRoom(scene, plan);
  const {pieces} = fittedLabel({...item, others: endsText(drawing, item)}, most, glyphs);
  const notes = notesOf(drawing, item);
  // What is lost stays lost: its fate counts as a part of the label.
  const fate = item.status === 'lost' ? 2 + textWidth(notes[0]?.text ?? '') : 0;
  const width = number.length + piecesWidth(pieces) + fate;
  const all: readonly Piece[] = [{text: number, style: muted}, ...pieces];
  putLabelled(drawing, roomFor(drawing, row, {left, width}), all, notes);
};

const putTime = ({canvas, plan, glyphs}: Drawing, row: number, us: number, estimated?: boolean): void => {
  const text = timeText(glyphs, us, estimated);
  canvas.put(row, plan.timeEnd - textWidth(text) + 1, text, muted);
};

/** A stub ends where its packet dies, before any lifeline; nothing says how far it would have been. */
const putPacket = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {scene, glyphs, plan} = drawing;
  const way = wayOf(plan, item);
  putPacketLabel(drawing, row, item, way?.left ?? lifelineOf(plan, item.from)?.column ?? 0);
  if (item.status === 'ahead') return;
  putTime(drawing, row, item.sentUs, item.departureEstimated);
  if (!way) return;
  const role = roleOf(drawing, item.from);
  const options = {glyphs, role, paused: scene.paused, halves: scene.speed < 4};
  const cells = lineCells({...item, toRight: way.toRight}, way.right - way.left - 1, options);
  putLine(drawing, row, {way, item, cells});
  putLeaving(drawing, row, way, role);
};

const putBurst = (drawing: Drawing, row: number, item: Burst): void => {
  const {scene, glyphs, plan} = drawing;
  const {language} = scene;
  const way = wayOf(plan, item);
  const word =
    item.flying > cometsMost
      ? `${item.flying} ${playerTexts.countInFlight[language]}`
      : `${item.count} ${playerTexts.moreSegments[language]}`;
  const ends = endsText(drawing, item);
  const text = `${glyphs.burst} ${ends === undefined ? '' : `${ends} `}${word}`;
  const room = roomFor(drawing, row, {left: way?.left ?? 0, width: textWidth(text)});
  putLabelled(drawing, room, [{text: cut(text, room.columns, glyphs.ellipsis), style: plain}], []);
  putTime(drawing, row, item.sentUs);
  if (!way) return;
  const role = roleOf(drawing, item.from);
  const style: Style = {role};
  const line = Array.from({length: way.right - way.left - 2}, () => ({text: glyphs.burst, style}));
  const head = {text: way.toRight ? glyphs.arrivedRight : glyphs.arrivedLeft, style};
  putLine(drawing, row, {way, item, cells: way.toRight ? [...line, head] : [head, ...line]});
  putLeaving(drawing, row, way, role);
};

const putGap = (drawing: Drawing, row: number, lengthUs: number | undefined): void => {
  const {canvas, scene, glyphs, plan} = drawing;
  const {language} = scene;
  const comma = punctuation.comma[language];
  const length = lengthUs === undefined ? '' : `${formatLength(lengthUs)}${comma}`;
  const text = `${glyphs.gap} ${length}${playerTexts.noPacket[language]} ${glyphs.gap}`;
  canvas.putApart(row, (plan.lifelines[0]?.column ?? 1) + 3, [{text, style: muted}]);
};

/** Beside the lifelines, or on the same row at the side of its host where there is more room. */
const putHappening = (
  drawing: Drawing,
  row: number,
  {host, atUs, text: forms}: Extract<LadderItem, {kind: 'happening'}>,
): void => {
  const {canvas, glyphs, plan} = drawing;
  const line = lifelineOf(plan, host);
  if (!line) return;
  const {labelColumn, last} = plan;
  putTime(drawing, row, atUs);
  canvas.put(row, line.column, glyphs.happening, {role: roleOf(drawing, host), bold: true});
  const left = line.column - 3 - plan.timeEnd;
  const right = last - line.column - 2;
  const room = labelColumn === undefined ? Math.max(left, right) : last - labelColumn + 1;
  const text =
    forms.find((form) => textWidth(form) <= room) ?? cut(forms.at(-1) ?? '', room, glyphs.ellipsis);
  if (labelColumn !== undefined) canvas.put(row, labelColumn, text, plain);
  else {
    const start = textWidth(text) <= right ? line.column + 2 : line.column - 1 - textWidth(text);
    canvas.putApart(row, start, [{text, style: plain}]);
  }
};

const putItem = (drawing: Drawing, row: number, item: LadderItem): void => {
  switch (item.kind) {
    case 'packet':
      putPacket(drawing, row, item);
      break;
    case 'burst':
      putBurst(drawing, row, item);
      break;
    case 'gap':
      putGap(drawing, row, item.lengthUs);
      break;
    case 'happening':
      putHappening(drawing, row, item);
      break;
    case 'state':
      break;
  }
};

const putTimer = (drawing: Drawing, row: number, timer: SceneTimer): void => {
  const {canvas, scene, glyphs, plan} = drawing;
  const column = (plan.lifelines[0]?.column ?? 1) + 3;
  const name = `${timerName(timer, glyphs)} ${cut(displayName(timer.host, scene.language), 10, glyphs.ellipsis)} `;
  const room = plan.last - column - textWidth(name);
  const role = roleOf(drawing, timer.host);
  canvas.putApart(row, column, [
    {text: name, style: plain},
    ...timerPieces(timer, {language: scene.language, glyphs, role, room}),
  ]);
};

/** The newest that fit, whole: where one begins, and how many packets lie above. */
const windowOf = (
  {scene, plan, top, bottom}: Drawing,
  options: {readonly spaced: boolean; readonly timers: number},
): {readonly rows: readonly {readonly item: LadderItem; readonly at: number}[]; readonly hidden: number} => {
  const {items, earlier} = scene.ladder;
  const air = options.spaced ? 1 : 0;
  const height = (item: LadderItem): number => rowsOf(item, plan) + air;
  const packetsIn = (item: LadderItem): number =>
    item.kind === 'packet' ? 1 : item.kind === 'burst' ? item.count : 0;
  let start = 0;
  let hidden = earlier;
  const all = items.reduce((sum, item) => sum + height(item), 0) - air;
  let needed = all;
  const room = (): number => bottom - top + 1 - (hidden > 0 ? 1 : 0) - options.timers - air;
  for (; start < items.length - 1 && needed > room(); start++) {
    const item = items[start];
    if (!item) break;
    needed -= height(item);
    hidden += packetsIn(item);
  }
  let next = top + air + (hidden > 0 ? 1 : 0);
  const rows = items.slice(start).flatMap((item) => {
    const at = next;
    next += height(item);
    // A picture of a few rows may not hold even the newest.
    return at + rowsOf(item, plan) - 1 <= bottom ? [{item, at}] : [];
  });
  return {rows, hidden};
};

const putLifelines = ({canvas, plan, glyphs, bottom}: Drawing, from: number): void => {
  for (const line of plan.lifelines)
    for (let row = from; row <= bottom; row++)
      canvas.putBehind(row, line.column, isFolded(line) ? glyphs.folded : glyphs.lifeline, muted);
};

export const putManyLadder = (canvas: Canvas, scene: Scene, look: ManyLook): void => {
  const {glyphs, top, bottom, plan} = look;
  const drawing: Drawing = {...look, canvas: new ManyCanvas(canvas), scene};
  const spaced = isSpaced(drawing);
  const timers = scene.ladder.timers.filter(({inLadder}) => inLadder).slice(0, mostTimers);
  const {rows, hidden} = windowOf(drawing, {spaced, timers: timers.length});
  if (hidden > 0) {
    const word = hidden === 1 ? playerTexts.earlierPacket : playerTexts.earlierPackets;
    const column = (plan.lifelines[0]?.column ?? 1) + 3;
    canvas.put(top, column, `${glyphs.earlier} ${hidden} ${word[scene.language]}`, muted);
  }
  const {selection} = scene.view.input.playback;
  const chosen = selection.packet === undefined ? undefined : selectedPacket(scene.view);
  for (const {item, at} of rows) {
    putItem(drawing, at, item);
    if (item.kind === 'packet' && item.id === chosen)
      canvas.put(at, 1, glyphs.selected, {role: 'accent', bold: true});
  }
  const last = rows.at(-1);
  const end = last ? last.at + rowsOf(last.item, plan) - 1 : top;
  const timerTop = Math.min(end + (spaced ? 2 : 1), bottom - timers.length + 1);
  for (const [index, timer] of timers.entries())
    if (timerTop + index > end && timerTop + index <= bottom) putTimer(drawing, timerTop + index, timer);
  putLifelines(drawing, hidden > 0 ? top + 1 : top);
};
