// Which rows of the ladder are on the screen, and where: a whole packet is there or not, the newest always is.

import {halvesOf} from './crossing.ts';
import type {LadderItem, StateLabel} from './ladder-item.ts';
import {isBelow, isRoomy, type LadderPlan} from './picture.ts';
import type {LadderItems} from './scene-ladder.ts';

/** `at` is the row of the item's line; a label above it is one row higher. */
export type LadderRow = {readonly item: LadderItem; readonly at: number};

/** Rows around the item's own line; those that `trail` may fall off the end of the picture, those `below` may not. */
type Block = {
  readonly item: LadderItem;
  readonly before: number;
  readonly below: number;
  readonly trail: number;
};

/** The line of a packet between two hosts slopes down to the next row where rows are free. */
const slopes = ({hasEnds, density}: LadderPlan, item: LadderItem): boolean =>
  hasEnds && density === 'spaced' && item.kind === 'packet' && item.half?.letter === undefined;

/** Half of its way lies in the upper row: what is lost there has no lower one. */
const sloping = (plan: LadderPlan, item: LadderItem): readonly LadderItem[] => {
  if (item.kind !== 'packet' || !slopes(plan, item)) return [item];
  const {status, progress, shown, from, to, half} = item;
  const isFlat = status === 'ahead' || shown !== undefined || from === to || half !== undefined;
  return isFlat || (status === 'lost' && progress <= 0.5) ? [item] : halvesOf(item, {isFirst: true});
};

/** Rows of an item below its line. */
const rowsBelow = (plan: LadderPlan, item: LadderItem): number => {
  if (slopes(plan, item)) return item.kind === 'packet' && item.half === undefined ? 1 : 0;
  return isBelow(plan) && (item.kind === 'packet' || item.kind === 'burst') ? 1 : 0;
};

/** Where the item ends, its label included. */
export const endOf = (plan: LadderPlan, {item, at}: LadderRow): number => at + rowsBelow(plan, item);

const blocksOf = (items: readonly LadderItem[], plan: LadderPlan): Block[] =>
  items.map((item) => {
    const isLabelled = isRoomy(plan) && item.kind === 'packet' && item.half?.part !== 'arrival';
    const air = plan.density === 'spaced' && !slopes(plan, item) ? 1 : 0;
    // Beside a dense packet the row below is free for a time that does not fit beside its state.
    const trail = plan.density === 'dense' ? 1 : 0;
    return {item, before: (isLabelled ? 1 : 0) + air, below: rowsBelow(plan, item), trail};
  });

export type LadderWindow = {
  readonly rows: readonly LadderRow[];
  /** What had to make way above the first row. */
  readonly cutOff: readonly LadderItem[];
  /** Packets above the first row shown. */
  readonly hidden: number;
  /** Packets below the last row: the reader has scrolled up, and timers, which belong below the newest, are not shown. */
  readonly later: number;
  readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
  /** Where the lifelines begin; of two hosts the row of the states before the first item. */
  readonly first: number;
};

const isArrival = (block: Block | undefined): boolean =>
  block?.item.kind === 'packet' && block.item.half?.part === 'arrival';

const packetsIn = (block: Block): number => {
  const {item} = block;
  if (item.kind === 'burst') return item.count;
  return item.kind === 'packet' && item.status !== 'ahead' && !item.copy && !isArrival(block) ? 1 : 0;
};

/** All blocks, and of each place between two what lies above it: rows, and packets with those before the first item. */
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

/** `conversation`: of several connections of a capture the one whose states are told. */
const statesAfter = (
  {states, conversation}: LadderItems,
  blocks: readonly Block[],
): readonly [StateLabel | undefined, StateLabel | undefined] => {
  let [left, right] = states;
  const of = conversation === undefined ? {} : {of: `#${conversation}`};
  const note = (onRight: boolean, label: StateLabel | undefined): void => {
    if (!label) return;
    // What this instant changed says so even where its row had to make way, as it has for the reply to an answer.
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

/** Air below the addresses of a spaced picture: where all packets stand, and only if none has to make way for it. */
const airAbove = ({density, addresses}: LadderPlan, cutAny: boolean): number =>
  density === 'spaced' && addresses && !cutAny ? 1 : 0;

type Room = {
  readonly plan: LadderPlan;
  /** Of the timers below the newest. */
  readonly timerRows: number;
};

/** Blocks from … to, the latter not included. */
type Cut = {readonly from: number; readonly to: number};

/** Packets above the first row of a cut. */
const hiddenBefore = ({packets}: Pile, from: number): number => packets[from] ?? 0;

/** Rows that a cut takes with what it says of what lies above and below it. */
const rowsNeeded = (pile: Pile, {hasEnds}: LadderPlan, {from, to}: Cut): number => {
  const cutAny = hiddenBefore(pile, from) > 0;
  const states = hasEnds ? 1 : 0;
  const slack = pile.blocks[to - 1]?.trail ?? 0;
  return states + (cutAny ? 1 : 0) + between(pile.rows, from, to) - slack;
};

/** Rows above the timers below the newest. */
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
  // A flight whose departure was cut does not arrive either.
  while (from < to - 1 && isArrival(blocks[from])) from++;
  return {from, to};
};

/** Is it the packet's own row, or the one that it shares with others? */
export const holds = (item: LadderItem, packet: number): boolean =>
  item.kind === 'packet'
    ? item.id === packet
    : item.kind === 'burst' && packet >= item.first && packet < item.first + item.count;

/** Flights that cross stay together: where the next whole thing begins, from block `at` on or before it. */
const isWhole = (blocks: readonly Block[], at: number): boolean => {
  const item = blocks[at]?.item;
  return (
    item?.kind !== 'packet' ||
    item.half === undefined ||
    (item.half.part === 'departure' && item.half.isFirst)
  );
};

/** What the reader has chosen stands in the middle, as far as there is something on both sides. */
const cutAround = (pile: Pile, chosen: number, room: Room): Cut => {
  const {blocks} = pile;
  // One row says how many are below.
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
  // Air gives way before a packet does.
  const isUncut = hidden + later === 0;
  const told = later > 0 ? 1 : 0;
  const spare = rowsAbove(room) - told - rowsNeeded(pile, plan, {from, to});
  const above = spare > 0 ? airAbove(plan, hidden > 0) : 0;
  // Below the states of a dense picture.
  const air = plan.density === 'dense' && isUncut && spare > 0 ? 1 : 0;
  const first = plan.top + above + (hidden > 0 ? 1 : 0);
  const bottom = plan.bottom - told;
  const rows: LadderRow[] = [];
  let next = first + (plan.hasEnds ? 1 : 0) + air;
  for (const {item, before, below: own, trail} of blocks.slice(from, to)) {
    // A picture of a few rows may not hold even the newest.
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
