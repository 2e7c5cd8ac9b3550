// Chooses which rows of the ladder are on the screen, and where: a packet is shown whole or not at all, and the newest packet is always
// shown unless the reader has scrolled up.

import {halvesOf} from './crossing.ts';
import type {LadderItem, StateLabel} from './ladder-item.ts';
import {isBelow, isRoomy, type LadderPlan} from './picture.ts';
import type {LadderItems} from './scene-ladder.ts';

/** An item of the ladder that is on the screen; `at` is the screen row of its line. A label above the line is one row higher. */
export type LadderRow = {readonly item: LadderItem; readonly at: number};

/**
 * An item of the ladder with the numbers of rows before, below and after its line. The rows in `trail` may lie beyond the end of the
 * ladder, those in `below` may not.
 */
type Block = {
  readonly item: LadderItem;
  readonly before: number;
  readonly below: number;
  readonly trail: number;
};

/** Tells whether a packet's line may slope down to the next row, which needs a spaced picture of two hosts. */
const slopes = ({hasEnds, density}: LadderPlan, item: LadderItem): boolean =>
  hasEnds && density === 'spaced' && item.kind === 'packet' && item.half?.letter === undefined;

/**
 * Returns a packet as the two rows of a sloping line, or as one row if its line does not slope, or if it was lost in the first half of its
 * way.
 */
const sloping = (plan: LadderPlan, item: LadderItem): readonly LadderItem[] => {
  if (item.kind !== 'packet' || !slopes(plan, item)) return [item];
  const {status, progress, shown, from, to, half} = item;
  const isFlat = status === 'ahead' || shown !== undefined || from === to || half !== undefined;
  return isFlat || (status === 'lost' && progress <= 0.5) ? [item] : halvesOf(item, {isFirst: true});
};

/** Returns the number of rows that an item of the ladder takes below the row with its line, for a sloping line or a label: 0 or 1. */
const rowsBelow = (plan: LadderPlan, item: LadderItem): number => {
  if (slopes(plan, item)) return item.kind === 'packet' && item.half === undefined ? 1 : 0;
  return isBelow(plan) && (item.kind === 'packet' || item.kind === 'burst') ? 1 : 0;
};

/** Returns the last screen row of an item, with its label. */
export const endOf = (plan: LadderPlan, {item, at}: LadderRow): number => at + rowsBelow(plan, item);

const blocksOf = (items: readonly LadderItem[], plan: LadderPlan): Block[] =>
  items.map((item) => {
    const isLabelled = isRoomy(plan) && item.kind === 'packet' && item.half?.part !== 'arrival';
    const air = plan.density === 'spaced' && !slopes(plan, item) ? 1 : 0;
    // One row after each packet of a dense ladder stays free for a time that does not fit beside its TCP state.
    const trail = plan.density === 'dense' ? 1 : 0;
    return {item, before: (isLabelled ? 1 : 0) + air, below: rowsBelow(plan, item), trail};
  });

export type LadderWindow = {
  readonly rows: readonly LadderRow[];
  /** The ladder's items above the first shown row, for which there is no room. */
  readonly cutOff: readonly LadderItem[];
  /** The number of packets above the first shown row. */
  readonly hidden: number;
  /** The number of packets below the last shown row. It is above 0 if the reader has scrolled up; timers are not shown then. */
  readonly later: number;
  readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
  /** The screen row in which the lifelines begin; with two hosts it contains the states before the first item. */
  readonly first: number;
};

const isArrival = (block: Block | undefined): boolean =>
  block?.item.kind === 'packet' && block.item.half?.part === 'arrival';

const packetsIn = (block: Block): number => {
  const {item} = block;
  if (item.kind === 'burst') return item.count;
  return item.kind === 'packet' && item.status !== 'ahead' && !item.copy && !isArrival(block) ? 1 : 0;
};

/**
 * All items of the ladder as blocks, and for each index of a block the numbers of rows and of packets before it. Packets before the first
 * item are counted, too.
 */
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

/**
 * Returns the TCP states of the ladder's two hosts after the given rows; in a capture with several connections, those of the connection
 * `conversation`.
 */
const statesAfter = (
  {states, conversation}: LadderItems,
  blocks: readonly Block[],
): readonly [StateLabel | undefined, StateLabel | undefined] => {
  let [left, right] = states;
  const of = conversation === undefined ? {} : {of: `#${conversation}`};
  const note = (onRight: boolean, label: StateLabel | undefined): void => {
    if (!label) return;
    // A TCP state that a host has just entered stays highlighted even if the row of the change does not fit on the screen, as when the
    // reply to a question takes many rows.
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

/**
 * Returns the number of blank rows between the hosts' addresses and the ladder: 1 in a spaced ladder in which all rows fit, otherwise 0.
 */
const airAbove = ({density, addresses}: LadderPlan, cutAny: boolean): number =>
  density === 'spaced' && addresses && !cutAny ? 1 : 0;

type Room = {
  readonly plan: LadderPlan;
  /** The number of rows that the timers below the newest packet take. */
  readonly timerRows: number;
};

/** The blocks that are shown: from index `from` up to `to`, which is excluded. */
type Cut = {readonly from: number; readonly to: number};

/** Returns the number of packets above the first block that is shown. */
const hiddenBefore = ({packets}: Pile, from: number): number => packets[from] ?? 0;

/** Returns the number of screen rows that the shown blocks take, with the row that counts the packets above. */
const rowsNeeded = (pile: Pile, {hasEnds}: LadderPlan, {from, to}: Cut): number => {
  const cutAny = hiddenBefore(pile, from) > 0;
  const states = hasEnds ? 1 : 0;
  const slack = pile.blocks[to - 1]?.trail ?? 0;
  return states + (cutAny ? 1 : 0) + between(pile.rows, from, to) - slack;
};

/** Returns the number of screen rows for the ladder's items, above the running timers. */
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
  // A crossing packet whose departure is not shown is not shown arriving either.
  while (from < to - 1 && isArrival(blocks[from])) from++;
  return {from, to};
};

/** Tells whether an item is the row of a packet, or of a burst with that packet. */
export const holds = (item: LadderItem, packet: number): boolean =>
  item.kind === 'packet'
    ? item.id === packet
    : item.kind === 'burst' && packet >= item.first && packet < item.first + item.count;

/**
 * Tells whether the ladder may be cut before the block with the index `at`: the rows of one packet, or of two packets that cross, stay
 * together.
 */
const isWhole = (blocks: readonly Block[], at: number): boolean => {
  const item = blocks[at]?.item;
  return (
    item?.kind !== 'packet' ||
    item.half === undefined ||
    (item.half.part === 'departure' && item.half.isFirst)
  );
};

/** Returns the blocks to show around the block `chosen`, which is in the middle if there are enough items on both sides. */
const cutAround = (pile: Pile, chosen: number, room: Room): Cut => {
  const {blocks} = pile;
  // One row of the ladder is kept for the text that counts the packets below.
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
  // True if no packet is left out. Only then may a dense ladder have a blank row.
  const isUncut = hidden + later === 0;
  const told = later > 0 ? 1 : 0;
  const spare = rowsAbove(room) - told - rowsNeeded(pile, plan, {from, to});
  const above = spare > 0 ? airAbove(plan, hidden > 0) : 0;
  // A dense ladder has a blank row below the TCP states if no packet is left out and a row is free.
  const air = plan.density === 'dense' && isUncut && spare > 0 ? 1 : 0;
  const first = plan.top + above + (hidden > 0 ? 1 : 0);
  const bottom = plan.bottom - told;
  const rows: LadderRow[] = [];
  let next = first + (plan.hasEnds ? 1 : 0) + air;
  for (const {item, before, below: own, trail} of blocks.slice(from, to)) {
    // If the ladder has very few rows, there may be no room even for the newest packet.
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
