// Which rows of the ladder are on the screen, and where: a whole packet is there or not, the newest always is.

import type {Density, LadderFrame} from '../layout.ts';
import type {LadderItem, StateLabel} from './ladder-item.ts';
import type {LadderItems} from './scene-ladder.ts';

/** `at` is the row of the item's line; a label above it is one row higher. */
export type LadderRow = {readonly item: LadderItem; readonly at: number};

/** `before` and `after` count rows around the item's own line. */
export type Block = {readonly item: LadderItem; readonly before: number; readonly after: number};

export const blocksOf = (items: readonly LadderItem[], density: Density): Block[] =>
  items.map((item) => {
    const labelled =
      item.kind === 'packet' &&
      item.half?.part !== 'arrival' &&
      (density === 'spaced' || density === 'roomy');
    const air = density === 'spaced' ? 1 : 0;
    // Beside a dense packet the row below is free for a time that does not fit beside its state.
    return {item, before: (labelled ? 1 : 0) + air, after: density === 'dense' ? 1 : 0};
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
  /** Row of the states before the first item: where the lifelines begin. */
  readonly first: number;
};

const isArrival = (block: Block | undefined): boolean =>
  block?.item.kind === 'packet' && block.item.half?.part === 'arrival';

const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, {before, after}) => sum + before + 1 + after, 0);

const packetsIn = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => {
    const {item} = block;
    if (item.kind === 'burst') return sum + item.count;
    return (
      sum + (item.kind === 'packet' && item.status !== 'ahead' && !item.copy && !isArrival(block) ? 1 : 0)
    );
  }, 0);

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

/** Air above the states where a roomy picture begins, and below them where nothing was cut from a dense one. */
const margins = ({density, air}: LadderFrame, cutAny: boolean): {above: number; below: number} => {
  if (density === 'spaced') return {above: cutAny || !air ? 0 : 1, below: 0};
  return {above: 0, below: density === 'dense' && !cutAny ? 1 : 0};
};

type Room = {
  readonly frame: LadderFrame;
  /** Of the timers below the newest. */
  readonly timerRows: number;
};

/** Blocks from … to, the latter not included. */
type Cut = {readonly from: number; readonly to: number};

/** Rows that a cut takes with what it says of what lies above and below it. */
const rowsNeeded = (ladder: LadderItems, blocks: readonly Block[], {frame, from, to}: Cut & Room): number => {
  const cutAny = from > 0 || ladder.earlier > 0;
  const {above, below} = margins(frame, cutAny);
  // The last block's own trailing air may fall off the end.
  const slack = frame.density === 'dense' ? 1 : 0;
  return above + 1 + below + (cutAny ? 1 : 0) + heightOf(blocks.slice(from, to)) - slack;
};

const newestCut = (ladder: LadderItems, blocks: readonly Block[], room: Room): Cut => {
  const {frame, timerRows} = room;
  const timerHeight = timerRows === 0 ? 0 : timerRows + (frame.density === 'compact' ? 0 : 1);
  const most = frame.bottom - frame.top + 1 - timerHeight;
  const to = blocks.length;
  let from = 0;
  while (from < to - 1 && rowsNeeded(ladder, blocks, {...room, from, to}) > most) from++;
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
const cutAround = (ladder: LadderItems, blocks: readonly Block[], chosen: number, room: Room): Cut => {
  // One row says how many are below.
  const most = room.frame.bottom - room.frame.top;
  const needed = (from: number, to: number): number => rowsNeeded(ladder, blocks, {...room, from, to});
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

const cutOf = (ladder: LadderItems, blocks: readonly Block[], room: Room): Cut => {
  const newest = newestCut(ladder, blocks, room);
  const {scrolledTo} = ladder;
  if (scrolledTo === undefined) return newest;
  const chosen = blocks.findIndex((block) => holds(block.item, scrolledTo));
  const isThere = chosen < 0 || (chosen >= newest.from && ladder.later === 0);
  return isThere ? newest : cutAround(ladder, blocks, chosen, room);
};

export const windowOf = (ladder: LadderItems, blocks: readonly Block[], room: Room): LadderWindow => {
  const {frame} = room;
  const {from, to} = cutOf(ladder, blocks, room);
  const hidden = ladder.earlier + packetsIn(blocks.slice(0, from));
  const later = ladder.later + packetsIn(blocks.slice(to));
  const cutAny = hidden > 0;
  const {above, below} = margins(frame, cutAny);
  const first = frame.top + above + (cutAny ? 1 : 0);
  const bottom = later > 0 ? frame.bottom - 1 : frame.bottom;
  const rows: LadderRow[] = [];
  let next = first + 1 + below;
  for (const {item, before, after} of blocks.slice(from, to)) {
    // A frame of a few rows may not hold even the newest.
    if (next + before <= bottom) rows.push({item, at: next + before});
    next += before + 1 + after;
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

/** Chosen when a run is opened or the screen changes, from the rows of the whole run. */
export const densityFor = (whole: LadderItems['whole'], rows: number): Density => {
  const {packets, others} = whole;
  if (2 + 3 * packets + 2 * others <= rows) return 'spaced';
  if (1 + 2 * packets + others <= rows) return 'roomy';
  return 'dense';
};
