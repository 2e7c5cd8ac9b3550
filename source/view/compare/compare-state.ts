// The reader's place in a comparison: one time for both runs, a difference, and the side that is shown if only one fits.
import {type Comparison, differingRows} from '../../sim/compare.ts';
import {oncePer} from '../../wire/once-per.ts';
import {kindOf} from './compare-kinds.ts';
import {compareTimes, nextStop} from './compare-time.ts';

export type CompareState = {
  readonly atUs: number;
  readonly side: 'left' | 'right';
  /** The index of the difference to which the reader has gone; absent for the last one that has ended by now. */
  readonly difference?: number;
};

export type CompareAction =
  | {readonly kind: 'step'; readonly by: 1 | -1}
  /** Goes to the place where the next difference has happened in both runs. */
  | {readonly kind: 'difference'; readonly by: 1 | -1}
  | {readonly kind: 'start'}
  | {readonly kind: 'end'}
  | {readonly kind: 'side'};

type Ending = {readonly row: number; readonly endUs: number};

/** Returns the differences in the order in which they end. */
const differencesOf = oncePer((comparison: Comparison): readonly Ending[] => {
  const {endUs} = compareTimes(comparison);
  return differingRows(comparison)
    .map((row) => ({row, endUs: endUs[row] ?? 0}))
    .toSorted((a, b) => a.endUs - b.endUs);
});

/**
 * Returns whether a difference is the first of its kind since the last loss, retransmission, beginning or end. Computed only as far as
 * needed, because for a long run it takes longer than the comparison itself.
 */
const newnessOf = oncePer((comparison: Comparison): ((place: number) => boolean) => {
  const differences = differencesOf(comparison);
  const known = new Set<string>();
  const news: boolean[] = [];
  const look = ({row: index}: Ending): boolean => {
    const row = comparison.rows[index];
    const {alike, turns} = row ? kindOf(comparison, row) : {alike: '', turns: true};
    if (turns) known.clear();
    const isNew = turns || !known.has(alike);
    known.add(alike);
    return isNew;
  };
  return (place) => {
    for (const ending of differences.slice(news.length, place + 1)) news.push(look(ending));
    return news[place] ?? false;
  };
});

/** Returns the index of the present difference; -1 if none has ended yet. */
const chosenDifference = (comparison: Comparison, {atUs, difference}: CompareState): number =>
  difference ?? differencesOf(comparison).findLastIndex(({endUs}) => endUs <= atUs);

/** Returns the row of the difference that is explained: the present one, or the first if none has ended yet. */
export const rowExplained = (comparison: Comparison, state: CompareState): number | undefined =>
  differencesOf(comparison)[Math.max(0, chosenDifference(comparison, state))]?.row;

/** Returns the state at the first difference, if there is one. */
export const compareState = (comparison: Comparison): CompareState => {
  const [first] = differencesOf(comparison);
  return first
    ? {atUs: first.endUs, side: 'right', difference: 0}
    : {atUs: compareTimes(comparison).stops.at(-1) ?? 0, side: 'right'};
};

const toDifference = (comparison: Comparison, state: CompareState, by: 1 | -1): CompareState => {
  const differences = differencesOf(comparison);
  const isNew = newnessOf(comparison);
  const place = chosenDifference(comparison, state);
  const isPast = state.atUs > (differences[place]?.endUs ?? state.atUs);
  const difference =
    by > 0
      ? differences.findIndex((_, index) => index > place && isNew(index))
      : differences.findLastIndex((_, index) => index < place + (isPast ? 1 : 0) && isNew(index));
  const next = differences[difference];
  return next ? {...state, atUs: next.endUs, difference} : state;
};

export const moveCompare = (
  comparison: Comparison,
  state: CompareState,
  action: CompareAction,
): CompareState => {
  const times = compareTimes(comparison);
  const {side} = state;
  switch (action.kind) {
    case 'step':
      return {side, atUs: nextStop(times, state.atUs, action.by)};
    case 'difference':
      return toDifference(comparison, state, action.by);
    case 'start':
      return {side, atUs: 0};
    case 'end':
      return {side, atUs: times.stops.at(-1) ?? 0};
    case 'side':
      return {...state, side: side === 'left' ? 'right' : 'left'};
  }
};

/** Returns the number of the present difference, and how many there are. */
export const differencesAt = (
  comparison: Comparison,
  state: CompareState,
): {readonly seen: number; readonly total: number} => ({
  seen: chosenDifference(comparison, state) + 1,
  total: differencesOf(comparison).length,
});

/** Returns how many differences of known kinds lie between the one to which the reader has gone and the next new one. */
export const alikeFollowing = (comparison: Comparison, {difference}: CompareState): number => {
  if (difference === undefined) return 0;
  const isNew = newnessOf(comparison);
  const {length} = differencesOf(comparison);
  let next = difference + 1;
  while (next < length && !isNew(next)) next++;
  return next - difference - 1;
};
