// Maps simulated time to a row of cells: in proportion while something happens, folded to a few cells if nothing happens for long.

/** An interval of simulated time, in µs. */
export type Stretch = {readonly fromUs: number; readonly toUs: number};

/**
 * A part of a time axis. A `folded` part stands for a time in which nothing happens, and has the same few cells however long that time is.
 */
export type AxisPart = Stretch & {readonly folded: boolean; readonly start: number; readonly cells: number};

export type TimeAxis = {readonly parts: readonly AxisPart[]; readonly cells: number};

/** The number of cells of an axis for a folded idle time: the sign `╌╌` with a blank on either side. */
const foldCells = 4;

/** An idle time is folded if it is longer than this multiple of all busy time together. */
const foldShare = 1;

/** Returns intervals of time in order; those that overlap are merged into one. */
const merged = (busy: readonly Stretch[]): readonly Stretch[] => {
  const ordered = [...busy].sort((a, b) => a.fromUs - b.fromUs);
  const all: {fromUs: number; toUs: number}[] = [];
  for (const {fromUs, toUs} of ordered) {
    const last = all.at(-1);
    if (last && fromUs <= last.toUs) last.toUs = Math.max(last.toUs, toUs);
    else all.push({fromUs, toUs});
  }
  return all;
};

/**
 * Returns the intervals of `before` and `more` in order without overlaps. `before` must already be such a list, so only its end is merged.
 */
export const mergedBehind = (before: readonly Stretch[], more: readonly Stretch[]): readonly Stretch[] => {
  const firstUs = more.reduce((least, {fromUs}) => Math.min(least, fromUs), Number.POSITIVE_INFINITY);
  let apart = before.length;
  while (apart > 0 && (before[apart - 1]?.toUs ?? 0) >= firstUs) apart -= 1;
  return [...before.slice(0, apart), ...merged([...before.slice(apart), ...more])];
};

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, {fromUs, toUs}) => sum + toUs - fromUs, 0);

/** Returns the busy intervals of time. Two of them become one if the idle time between them is too short to be folded. */
const blocksOf = (busy: readonly Stretch[], leastUs: number): {fromUs: number; toUs: number}[] => {
  const stretches = merged(busy);
  const total = Math.max(leastUs, lengthOf(stretches));
  const blocks: {fromUs: number; toUs: number}[] = [];
  for (const {fromUs, toUs} of stretches) {
    const last = blocks.at(-1);
    if (last && fromUs - last.toUs <= total * foldShare) last.toUs = toUs;
    else blocks.push({fromUs, toUs});
  }
  return blocks;
};

/** Returns the smallest length in µs that is at least `us`, and 1, 2, 4, 6 or 8 times a power of ten. */
const roundLength = (us: number): number => {
  let ten = 1;
  while (ten * 10 <= us) ten *= 10;
  return ten * ([1, 2, 4, 6, 8].find((times) => times * ten >= us) ?? 10);
};

/**
 * Returns an axis of `cells` cells over all busy intervals. With `leastUs` it extends to a round length of at least that; so it does not
 * reveal how long the run is, and rarely changes its scale.
 */
export const timeAxis = (busy: readonly Stretch[], cells: number, leastUs?: number): TimeAxis => {
  const blocks = blocksOf(busy, leastUs ?? 0);
  const last = blocks.at(-1);
  if (leastUs !== undefined && last) {
    const length = lengthOf(blocks);
    last.toUs += roundLength(Math.max(leastUs, length)) - length;
  }
  const folds = Math.max(0, blocks.length - 1);
  // A folded time gets only one cell if folds of the usual width would leave too few cells for the busy times.
  const fold = folds * (foldCells + 2) < cells ? foldCells : 1;
  const room = Math.max(blocks.length, cells - folds * fold);
  const total = Math.max(1, lengthOf(blocks));
  const parts: AxisPart[] = [];
  let start = 0;
  let before = 0;
  for (const [index, block] of blocks.entries()) {
    const previous = blocks[index - 1];
    if (previous) {
      parts.push({fromUs: previous.toUs, toUs: block.fromUs, folded: true, start, cells: fold});
      start += fold;
    }
    before += block.toUs - block.fromUs;
    const end = (room * before) / total + index * fold;
    parts.push({...block, folded: false, start, cells: end - start});
    start = end;
  }
  return {parts, cells};
};

/** Returns the place of an instant on a time axis, in cells from the left; instants outside the axis are placed at its ends. */
export const cellAt = ({parts, cells}: TimeAxis, us: number): number => {
  const part = parts.find(({toUs}) => us <= toUs);
  if (!part) return cells;
  if (us <= part.fromUs) return part.start;
  return part.start + (part.cells * (us - part.fromUs)) / Math.max(1, part.toUs - part.fromUs);
};

/** A tick of a time axis; `leapt` is true if it is the first instant after a folded time. */
export type Tick = {readonly us: number; readonly cell: number; readonly leapt: boolean};

const millisecond = 1000;

/** Returns the smallest step in µs that is at least `us` and is 1, 2 or 5 times a power of ten of milliseconds. */
const roundStep = (us: number): number => {
  let step = millisecond;
  while (step < us) {
    const first = String(step)[0];
    step = first === '2' ? (step / 2) * 5 : step * 2;
  }
  return step;
};

/** Returns ticks at round times, at least `apart` cells from each other in each part of the axis, and one right after each folded time. */
export const ticksOf = ({parts}: TimeAxis, apart: number): readonly Tick[] =>
  parts.flatMap(({folded, fromUs, toUs, start, cells}) => {
    if (folded) return [];
    const length = Math.max(1, toUs - fromUs);
    const step = roundStep((length * apart) / Math.max(1, cells));
    const cellOf = (us: number): number => Math.floor(start + (cells * (us - fromUs)) / length);
    const ticks: Tick[] = start > 0 ? [{us: fromUs, cell: cellOf(fromUs), leapt: true}] : [];
    for (let us = Math.ceil(fromUs / step) * step; us <= toUs; us += step)
      if (us > fromUs || start === 0) ticks.push({us, cell: cellOf(us), leapt: false});
    return ticks;
  });
