// Chooses which rows of the ladder are on the screen, and where: a packet is shown whole or not at all, and the newest is always shown.

import {halvesOf} from './crossing.ts';
import type {LadderItem, StateLabel} from './ladder-item.ts';
import {isBelow, isRoomy, type LadderPlan} from './picture.ts';
import type {LadderItems} from './scene-ladder.ts';

/** A row; `at` is that of the item's line, and a label above the line is one row higher. */
export type LadderRow = {readonly item: LadderItem; readonly at: number};

/** An item with the rows around its line; those in `trail` may lie beyond the end of the picture, those in `below` may not. */
type Block = {
  readonly item: LadderItem;
  readonly before: number;
  readonly below: number;
  readonly trail: number;
};

/** Tells whether the line of a packet between two hosts slopes down to the next row, which needs free rows. */
const slopes = ({hasEnds, density}: LadderPlan, item: LadderItem): boolean =>
  hasEnds && density === 'spaced' && item.kind === 'packet' && item.half?.letter === undefined;

/** Returns an item as the rows of a sloping line. A packet lost in the first half of its way has no second row. */
const sloping = (plan: LadderPlan, item: LadderItem): readonly LadderItem[] => {
  if (item.kind !== 'packet' || !slopes(plan, item)) return [item];
  const {status, progress, shown, from, to, half} = item;
  const isFlat = status === 'ahead' || shown !== undefined || from === to || half !== undefined;
  return isFlat || (status === 'lost' && progress <= 0.5) ? [item] : halvesOf(item, {isFirst: true});
};

/** Returns the number of rows of an item below its line. */
const rowsBelow = (plan: LadderPlan, item: LadderItem): number => {
  if (slopes(plan, item)) return item.kind === 'packet' && item.half === undefined ? 1 : 0;
  return isBelow(plan) && (item.kind === 'packet' || item.kind === 'burst') ? 1 : 0;
};

/** Returns the last row of an item, its label included. */
export const endOf = (plan: LadderPlan, {item, at}: LadderRow): number => at + rowsBelow(plan, item);

const blocksOf = (items: readonly LadderItem[], plan: LadderPlan): Block[] =>
  items.map((item) => {
    const isLabelled = isRoomy(plan) && item.kind === 'packet' && item.half?.part !== 'arrival';
    const air = plan.density === 'spaced' && !slopes(plan, item) ? 1 : 0;
    // The row below a dense packet is free for a time that does not fit beside its state.
    const trail = plan.density === 'dense' ? 1 : 0;
    return {item, before: (isLabelled ? 1 : 0) + air, below: rowsBelow(plan, item), trail};
  });

export type LadderWindow = {
  readonly rows: readonly LadderRow[];
  /** The items above the first row that do not fit. */
  readonly cutOff: readonly LadderItem[];
  /** The number of packets above the first row. */
  readonly hidden: number;
  /** The number of packets below the last row. If the reader has scrolled up, the timers below the newest packet are not shown. */
  readonly later: number;
  readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
  /** The row where the lifelines begin; with two hosts that of the states before the first item. */
  readonly first: number;
};

const isArrival = (block: Block | undefined): boolean =>
  block?.item.kind === 'packet' && block.item.half?.part === 'arrival';

const packetsIn = (block: Block): number => {
  const {item} = block;
  if (item.kind === 'burst') return item.count;
  return item.kind === 'packet' && item.status !== 'ahead' && !item.copy && !isArrival(block) ? 1 : 0;
};

/** All blocks, and sums up to each place between two blocks: of rows, and of packets including those before the first item. */
type Pile = {
  readonly blocks: readonly Block[];
  readonly rows: readonly number[];
  readonly packets: readonly number[];
};

const pileOf = ({items, earlier}: LadderItems, plan: LadderPlan): Pile => {
  const blocks = blocksOf(
    items.flatMap((item) => sloping(plan, item)),
    plan,
  );
  const [rows, packets] = [[0], [earlier]];
  for (const [index, block] of blocks.entries()) {
    rows.push((rows[index] ?? 0) + block.before + 1 + block.below + block.trail);
    packets.push((packets[index] ?? 0) + packetsIn(block));
  }
  return {blocks, rows, packets};
};

const between = (sums: readonly number[], from: number, to: number): number =>
  (sums[to] ?? 0) - (sums[from] ?? 0);

/** Returns the states after some blocks; `conversation` is the connection whose states are shown, if a capture has several. */
const statesAfter = (
  {states, conversation}: LadderItems,
  blocks: readonly Block[],
): readonly [StateLabel | undefined, StateLabel | undefined] => {
  let [left, right] = states;
  const of = conversation === undefined ? {} : {of: `#${conversation}`};
  const note = (onRight: boolean, label: StateLabel | undefined): void => {
    if (!label) return;
    // A change in the present instant stays highlighted even if its row does not fit, as under the reply to a question.
    if (onRight) right = {...label, ...of};
    else left = {...label, ...of};
  };
  for (const {item} of blocks) {
    if (item.kind === 'state') note(item.onRight, item.label);
    if (item.kind !== 'packet' || item.conversation !== conversation) continue;
    note(!item.toRight, item.sender);
    note(item.toRight, item.receiver);
  }
  return [left, right];
};

/** Returns the blank rows below the addresses of a spaced picture; 0 if a packet would not fit because of them. */
const airAbove = ({density, addresses}: LadderPlan, cutAny: boolean): number =>
  density === 'spaced' && addresses && !cutAny ? 1 : 0;

type Room = {
  readonly plan: LadderPlan;
  /** The rows of the timers below the newest packet. */
  readonly timerRows: number;
};

/** The blocks from `from` to `to`, the latter not included. */
type Cut = {readonly from: number; readonly to: number};

/** Returns the number of packets above the first row of a cut. */
const hiddenBefore = ({packets}: Pile, from: number): number => packets[from] ?? 0;

/** Returns the rows that a cut takes, including those that tell how many packets are above and below. */
const rowsNeeded = (pile: Pile, {hasEnds}: LadderPlan, {from, to}: Cut): number => {
  const cutAny = hiddenBefore(pile, from) > 0;
  const states = hasEnds ? 1 : 0;
  const slack = pile.blocks[to - 1]?.trail ?? 0;
  return states + (cutAny ? 1 : 0) + between(pile.rows, from, to) - slack;
};

/** Returns the number of rows above the timers. */
const rowsAbove = ({plan, timerRows}: Room): number => {
  const air = timerRows > 0 && plan.hasEnds && plan.density !== 'compact' ? 1 : 0;
  return plan.bottom - plan.top + 1 - timerRows - air;
};

const newestCut = (pile: Pile, room: Room): Cut => {
  const {blocks} = pile;
  const most = rowsAbove(room);
  const to = blocks.length;
  let from = 0;
  while (from < to - 1 && rowsNeeded(pile, room.plan, {from, to}) > most) from++;
  // A flight whose departure does not fit is not shown arriving either.
  while (from < to - 1 && isArrival(blocks[from])) from++;
  return {from, to};
};

/** Tells whether an item is the row of a packet, alone or in a burst. */
export const holds = (item: LadderItem, packet: number): boolean =>
  item.kind === 'packet'
    ? item.id === packet
    : item.kind === 'burst' && packet >= item.first && packet < item.first + item.count;

/** Tells whether a whole item begins at block `at`, because flights that cross stay together. */
const isWhole = (blocks: readonly Block[], at: number): boolean => {
  const item = blocks[at]?.item;
  return (
    item?.kind !== 'packet' ||
    item.half === undefined ||
    (item.half.part === 'departure' && item.half.isFirst)
  );
};

/** Returns the cut with the selected packet in the middle, as far as there are items on both sides. */
const cutAround = (pile: Pile, chosen: number, room: Room): Cut => {
  const {blocks} = pile;
  // One row tells how many packets are below.
  const most = room.plan.bottom - room.plan.top;
  const needed = (from: number, to: number): number => rowsNeeded(pile, room.plan, {from, to});
  let from = chosen;
  while (!isWhole(blocks, from)) from--;
  let to = chosen + 1;
  while (!isWhole(blocks, to)) to++;
  const upTo = (limit: number): void => {
    for (let next = from - 1; next >= 0 && needed(next, to) <= limit; next--)
      if (isWhole(blocks, next)) from = next;
  };
  upTo(Math.ceil(most / 2) + 1);
  for (let next = to + 1; next <= blocks.length && needed(from, next) <= most; next++)
    if (isWhole(blocks, next)) to = next;
  upTo(most);
  return {from, to};
};

const cutOf = ({scrolledTo, later}: LadderItems, pile: Pile, room: Room): Cut => {
  const newest = newestCut(pile, room);
  if (scrolledTo === undefined) return newest;
  const chosen = pile.blocks.findIndex((block) => holds(block.item, scrolledTo));
  const isThere = chosen < 0 || (chosen >= newest.from && later === 0);
  return isThere ? newest : cutAround(pile, chosen, room);
};

export const windowOf = (ladder: LadderItems, room: Room): LadderWindow => {
  const {plan} = room;
  const pile = pileOf(ladder, plan);
  const {blocks} = pile;
  const {from, to} = cutOf(ladder, pile, room);
  const hidden = hiddenBefore(pile, from);
  const later = ladder.later + between(pile.packets, to, blocks.length);
  // Blank rows are removed before packets are.
  const isUncut = hidden + later === 0;
  const told = later > 0 ? 1 : 0;
  const spare = rowsAbove(room) - told - rowsNeeded(pile, plan, {from, to});
  const above = spare > 0 ? airAbove(plan, hidden > 0) : 0;
  // A dense picture has a blank row below the states if there is room.
  const air = plan.density === 'dense' && isUncut && spare > 0 ? 1 : 0;
  const first = plan.top + above + (hidden > 0 ? 1 : 0);
  const bottom = plan.bottom - told;
  const rows: LadderRow[] = [];
  let next = first + (plan.hasEnds ? 1 : 0) + air;
  for (const {item, before, below: own, trail} of blocks.slice(from, to)) {
    // A picture of a few rows may not even have room for the newest packet.
    if (next + before + own <= bottom) rows.push({item, at: next + before});
    next += before + 1 + own + trail;
  }
  const cutBlocks = blocks.slice(0, from);
  return {
    rows,
    cutOff: cutBlocks.map(({item}) => item),
    hidden,
    later,
    states: statesAfter(ladder, cutBlocks),
    first,
  };
};
