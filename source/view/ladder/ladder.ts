// Draws the ladder of any number of hosts: a lifeline for each host, a line for each packet, skipped time, bursts, and timers below the
// newest packet.

import type {Text} from '../../lesson/text.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {cut, repeated, textWidth} from '../../words/width.ts';
import {muted, type Piece, plain, type Style} from '../canvas.ts';
import type {SceneTimer} from '../endpoints/scene-timers.ts';
import {timerName, timerPieces} from '../endpoints/timer-bar.ts';
import type {Scene} from '../scene.ts';
import type {Role} from '../span.ts';
import {selectedPacket} from '../view.ts';
import {cutOf, fittedLabel, labelledCells, lineCells, piecesWidth} from './flight.ts';
import {hasSides, markColumn, putBeside, putEnds, putEndTime, putGutters, putState} from './ladder-ends.ts';
import type {BurstItem, HappeningItem, LadderItem, PacketItem} from './ladder-item.ts';
import {putApart, putBurstLabel, putHappeningLabel, putPacketLabel} from './ladder-labels.ts';
import {endOf, holds, type LadderRow, type LadderWindow, windowOf} from './ladder-rows.ts';
import {blanksOf} from './lifelines.ts';
import {
  type Drawing,
  firstLifeline,
  isFolded,
  isRoomy,
  type LadderPlan,
  lifelineOf,
  timeText,
} from './picture.ts';
import {labelColumns, type Way, wayOf} from './plan.ts';
import {cometsMost} from './scene-ladder.ts';

const mostTimers = 2;

/**
 * Returns the colour role of a packet's line: the sender's; if the sender has no lifeline, that of the host where the line begins, or with
 * three or more hosts the third role.
 */
const roleOf = ({scene: {hosts}, plan}: Drawing, from: string, toRight = true): Role => {
  const host = hosts.find(({id}) => id === from);
  if (host) return host.role;
  return plan.hasEnds ? hosts[toRight ? 0 : 1].role : 'third';
};

/** Puts the time of a row at the left, in the ladder of three and more hosts. */
const putClock = ({canvas, plan, glyphs}: Drawing, row: number, us: number, estimated?: boolean): void =>
  canvas.putEnd(row, plan.timeEnd, timeText(glyphs, us, estimated), muted);

/**
 * Returns the sign where a packet's line crosses a lifeline. At an attacker on the path it has that host's colour, and a special form if
 * the attacker has altered the packet.
 */
const crossingMark = (
  {plan, glyphs, scene}: Drawing,
  {
    column,
    item,
    style,
  }: {readonly column: number; readonly item: PacketItem | BurstItem; readonly style: Style},
): Piece => {
  const line = plan.lifelines.find((each) => each.column === column);
  const {onPath = []} = scene.view.input.trace.header;
  const isTap = line?.hosts.some(({id}) => onPath.some(({host}) => host === id)) ?? false;
  if (!isTap) return {text: glyphs.crossed, style};
  const edited = item.kind === 'packet' && item.treatment === 'edited';
  return {text: edited ? glyphs.edited : glyphs.crossed, style: {role: 'attacker', bold: true}};
};

/** Draws the cells of a packet's line. Its drawn cells cross lifelines with `┼`; its blank cells leave them as they are. */
const putLine = (
  drawing: Drawing,
  row: number,
  {way, item}: {readonly way: Way; readonly item: PacketItem | BurstItem},
  cells: readonly Piece[],
): void => {
  const {canvas, plan, glyphs} = drawing;
  const columns = new Set(plan.lifelines.map(({column}) => column));
  const drawn: readonly string[] = [glyphs.travelled, glyphs.toGo, glyphs.burst];
  let column = way.left + 1;
  for (const cell of cells) {
    const crosses = columns.has(column) && drawn.includes(cell.text);
    const {text, style} = crosses ? crossingMark(drawing, {column, item, style: cell.style}) : cell;
    if (text !== ' ') canvas.put(row, column, text, style);
    column += textWidth(text);
  }
};

const putLeaving = ({canvas, glyphs}: Drawing, row: number, way: Way, role: Role): void => {
  const [column, sign] = way.toRight ? [way.left, glyphs.leaveRight] : [way.right, glyphs.leaveLeft];
  if (way.begins) canvas.put(row, column, sign, {role});
};

/** Draws the label of a packet between two hosts on the row above its line, beginning at the sender. */
const putLabelAbove = ({canvas, glyphs, plan, scene}: Drawing, row: number, item: PacketItem): void => {
  const label = fittedLabel(item, labelColumns(scene, plan), glyphs).pieces;
  const left = firstLifeline(plan);
  const column = item.toRight
    ? left + 1 + plan.indent
    : left + plan.distance - plan.indent - piecesWidth(label);
  canvas.putPieces(row - 1, column, label);
};

/**
 * Draws a packet in the ladder: its label, its line, and what is beside the line. A lost packet's line that has a lifeline at only one end
 * stops where the packet was lost, because its length is unknown.
 */
const putPacket = (drawing: Drawing, row: number, item: PacketItem): void => {
  const {scene, glyphs, plan} = drawing;
  const way = wayOf(plan, item);
  const departs = item.half?.part !== 'arrival';
  // If the ladder draws no line for a packet, it puts the label where the line would be.
  const inLine = plan.hasEnds && (!isRoomy(plan) || item.shown === 'neither');
  if (!plan.hasEnds)
    putPacketLabel(drawing, row, item, way?.left ?? lifelineOf(plan, item.from)?.column ?? 0);
  else if (!inLine && departs) putLabelAbove(drawing, row, item);
  if (item.status === 'ahead' && !inLine) return;
  if (way) {
    const cells = way.right - way.left - 1;
    const drawn = {...item, toRight: way.toRight};
    const role = roleOf(drawing, item.from, way.toRight);
    const cutAt = item.half && cutOf(item, cells, glyphs, inLine);
    const look = {glyphs, role, paused: scene.paused, halves: scene.speed < 4};
    const options = cutAt === undefined ? look : {...look, cut: cutAt};
    putLine(
      drawing,
      row,
      {way, item},
      (inLine && departs ? labelledCells : lineCells)(drawn, cells, options),
    );
    if (item.status !== 'ahead' && departs && !item.copy) putLeaving(drawing, row, way, role);
  }
  if (plan.hasEnds) putEnds(drawing, row, item);
  else putClock(drawing, row, item.sentUs, item.departureEstimated);
};

const burstWord = ({scene: {language}}: Drawing, {flying, count}: BurstItem): string =>
  flying > cometsMost
    ? `${flying} ${playerTexts.countInFlight[language]}`
    : playerTexts.moreSegments[language]({count});

/** Returns the cells of a burst's line. With two hosts, `word` is in the line; if an end has no lifeline, there is only the word. */
const burstCells = (
  {glyphs}: Drawing,
  {way, item, word}: {readonly way: Way; readonly item: BurstItem; readonly word: string | undefined},
  style: Style,
): Piece[] => {
  const cells = way.right - way.left - 1;
  const said = word === undefined ? '' : ` ${cut(word, cells - 4, glyphs.ellipsis)} `;
  if (item.shown !== undefined) return [{text: `  ${said}`, style}];
  const rest = repeated(glyphs.burst, Math.max(0, cells - 2 - textWidth(said)));
  const text = way.toRight
    ? `${glyphs.burst}${said}${rest}${glyphs.arrivedRight}`
    : `${glyphs.arrivedLeft}${rest}${said}${glyphs.burst}`;
  return word === undefined ? [...text].map((each) => ({text: each, style})) : [{text, style}];
};

const putBurst = (drawing: Drawing, row: number, item: BurstItem): void => {
  const {plan} = drawing;
  const way = wayOf(plan, item);
  const word = burstWord(drawing, item);
  if (!plan.hasEnds) {
    putBurstLabel(drawing, row, item, {word, left: way?.left ?? 0});
    putClock(drawing, row, item.sentUs);
  }
  if (!way) return;
  const role = roleOf(drawing, item.from, way.toRight);
  const said = plan.hasEnds ? word : undefined;
  putLine(drawing, row, {way, item}, burstCells(drawing, {way, item, word: said}, {role}));
  putLeaving(drawing, row, way, role);
};

const putGap = (drawing: Drawing, row: number, lengthUs: number | undefined): void => {
  const {scene, glyphs, plan} = drawing;
  const {language} = scene;
  const length = lengthUs === undefined ? '' : `${formatTime(lengthUs)}${punctuation.comma[language]}`;
  const text = `${glyphs.gap} ${length}${playerTexts.noPacket[language]} ${glyphs.gap}`;
  putApart(drawing, row, firstLifeline(plan) + (plan.hasEnds ? 4 : 3), [{text, style: muted}]);
};

const putHappening = (drawing: Drawing, row: number, item: HappeningItem): void => {
  const {canvas, glyphs, plan} = drawing;
  const column = lifelineOf(plan, item.host)?.column;
  if (column === undefined) return;
  putClock(drawing, row, item.atUs);
  canvas.put(row, column, glyphs.happening, {role: roleOf(drawing, item.host), bold: true});
  putHappeningLabel(drawing, row, item, column);
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
      putState(drawing, row, item.onRight, item.label);
      putEndTime(drawing, row, {onRight: item.onRight, us: item.atUs, state: item.label});
      break;
  }
};

const putTimer = (drawing: Drawing, row: number, timer: SceneTimer): void => {
  const {glyphs, scene, plan} = drawing;
  const {language} = scene;
  const name = timerName(timer, glyphs);
  const isBeside = hasSides(plan);
  const inside = isBeside ? '' : `${name} ${cut(scene.view.called(timer.host), 10, glyphs.ellipsis)} `;
  const column = firstLifeline(plan) + 3;
  const end = plan.hasEnds ? firstLifeline(plan) + plan.distance - 2 : plan.last;
  const role = roleOf(drawing, timer.host);
  const room = end - column - textWidth(inside);
  putApart(drawing, row, column, [
    {text: inside, style: plain},
    ...timerPieces(timer, {language, glyphs, role, room}),
  ]);
  if (isBeside) putBeside(drawing, row, timer.host === scene.hosts[1].id, {text: name, style: plain});
};

/** Draws the timers below the newest packet, whose last row is `end`. */
const putTimers = (drawing: Drawing, timers: readonly SceneTimer[], end: number): void => {
  const {density, bottom} = drawing.plan;
  const spacer = density === 'compact' ? 1 : 2;
  const top = Math.max(end + 1, Math.min(end + spacer, bottom - timers.length + 1));
  for (const [index, timer] of timers.entries())
    if (top + index <= bottom) putTimer(drawing, top + index, timer);
};

/** Draws the lifelines in the cells that nothing else has taken; with two hosts each is interrupted where its host has no connection. */
const putLifelines = ({canvas, plan, glyphs, scene}: Drawing, window: LadderWindow): void => {
  for (const [index, line] of plan.lifelines.entries()) {
    const blanks = plan.hasEnds
      ? blanksOf(scene.view, window, {onRight: index === 1, bottom: plan.bottom})
      : [];
    const sign = isFolded(line) ? glyphs.folded : glyphs.lifeline;
    for (let row = window.first; row <= plan.bottom; row++)
      if (!blanks.some(({after, before}) => row > after && row < before))
        canvas.putBehind(row, line.column, sign, muted);
  }
};

/** Puts the texts on how many packets are above and below the shown ones. */
const putCut = ({canvas, plan, glyphs, scene}: Drawing, {hidden, later}: LadderWindow): void => {
  const put = (row: number, sign: string, count: number, [one, several]: readonly [Text, Text]): void => {
    const text = `${sign} ${formatCount(count)} ${(count === 1 ? one : several)[scene.language]}`;
    if (count > 0) canvas.put(row, firstLifeline(plan) + 3, text, muted);
  };
  const {earlierPacket, earlierPackets, laterPacket, laterPackets} = playerTexts;
  put(plan.top, glyphs.earlier, hidden, [earlierPacket, earlierPackets]);
  put(plan.bottom, glyphs.more, later, [laterPacket, laterPackets]);
};

/** Returns the screen rows of the packet that the reader has selected; empty if he has selected none or if it is not shown. */
const chosenRows = ({scene: {view}}: Drawing, rows: readonly LadderRow[]): readonly number[] => {
  const chosen = view.input.playback.selection.packet === undefined ? undefined : selectedPacket(view);
  return rows.filter(({item}) => chosen !== undefined && holds(item, chosen)).map(({at}) => at);
};

const timersIn = ({ladder}: Scene): readonly SceneTimer[] =>
  ladder.timers.filter(({inLadder}) => inLadder).slice(0, mostTimers);

/** Tells whether some packets would not fit into the ladder with this plan. */
export const isCut = (scene: Scene, plan: LadderPlan): boolean => {
  const {hidden, later} = windowOf(scene.ladder, {plan, timerRows: timersIn(scene).length});
  return hidden + later > 0;
};

export const putLadder = (drawing: Drawing): void => {
  const {canvas, scene, plan, glyphs} = drawing;
  const timers = timersIn(scene);
  const window = windowOf(scene.ladder, {plan, timerRows: timers.length});
  const {rows, states, first} = window;
  putCut(drawing, window);
  putState(drawing, first, false, states[0]);
  putState(drawing, first, true, states[1]);
  for (const {item, at} of rows) putItem(drawing, at, item);
  const chosen = chosenRows(drawing, rows);
  for (const at of chosen) canvas.put(at, markColumn, glyphs.selected, {role: 'accent', bold: true});
  if (plan.hasEnds) putGutters(drawing, rows, chosen);
  const last = rows.at(-1);
  if (window.later === 0) putTimers(drawing, timers, last ? endOf(plan, last) : first);
  putLifelines(drawing, window);
};
