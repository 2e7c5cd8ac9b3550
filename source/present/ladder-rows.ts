// Which rows of the ladder are on the screen, and where: a whole packet is there or not, the newest always is.
import type {Density, LadderFrame} from './layout.ts';
import type {LadderItem, LadderItems, StateLabel} from './scene-ladder.ts';

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
  /** Packets above the first row shown. */
  readonly hidden: number;
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
    return sum + (item.kind === 'packet' && !isArrival(block) ? 1 : 0);
  }, 0);

const statesAfter = (
  states: LadderItems['states'],
  blocks: readonly Block[],
): readonly [StateLabel | undefined, StateLabel | undefined] => {
  let [left, right] = states;
  const note = (onRight: boolean, label: StateLabel | undefined): void => {
    if (!label) return;
    const old = {text: label.text, fresh: false};
    if (onRight) right = old;
    else left = old;
  };
  for (const {item} of blocks) {
    if (item.kind === 'state') note(item.onRight, item.label);
    if (item.kind !== 'packet') continue;
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

export const windowOf = (
  ladder: LadderItems,
  blocks: readonly Block[],
  options: {readonly frame: LadderFrame; readonly timerRows: number},
): LadderWindow => {
  const {frame, timerRows} = options;
  const {density, top, bottom} = frame;
  // The last block's own trailing air may fall off the end.
  const slack = density === 'dense' ? 1 : 0;
  const timerHeight = timerRows === 0 ? 0 : timerRows + (density === 'compact' ? 0 : 1);
  let start = 0;
  for (; start < blocks.length - 1; start++) {
    const cutAny = start > 0 || ladder.earlier > 0;
    const {above, below} = margins(frame, cutAny);
    const head = above + 1 + below + (cutAny ? 1 : 0);
    if (head + heightOf(blocks.slice(start)) - slack + timerHeight <= bottom - top + 1) break;
  }
  // A flight whose departure was cut does not arrive either.
  while (start < blocks.length - 1 && isArrival(blocks[start])) start++;
  const hidden = ladder.earlier + packetsIn(blocks.slice(0, start));
  const cutAny = hidden > 0;
  const {above, below} = margins(frame, cutAny);
  const first = top + above + (cutAny ? 1 : 0);
  const rows: LadderRow[] = [];
  let next = first + 1 + below;
  for (const {item, before, after} of blocks.slice(start)) {
    // A frame of a few rows may not hold even the newest.
    if (next + before <= bottom) rows.push({item, at: next + before});
    next += before + 1 + after;
  }
  return {rows, hidden, states: statesAfter(ladder.states, blocks.slice(0, start)), first};
};

/** Chosen when a run is opened or the screen changes, from the rows of the whole run. */
export const densityFor = (whole: LadderItems['whole'], rows: number): Density => {
  const {packets, others} = whole;
  if (2 + 3 * packets + 2 * others <= rows) return 'spaced';
  if (1 + 2 * packets + others <= rows) return 'roomy';
  return 'dense';
};
