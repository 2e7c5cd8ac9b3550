// The state of the comparison of two runs: the time, the same for both, the chosen difference, and the run that is shown if only one fits.
import {type Comparison, differingRows} from '../../sim/compare.ts';
import {oncePer} from '../../wire/once-per.ts';
import {kindOf} from './compare-kinds.ts';
import {compareTimes, nextStop} from './compare-time.ts';

export type CompareState = {
  readonly atUs: number;
  readonly side: 'left' | 'right';
  /**
   * The index of the difference between two runs to which the reader has gone; if absent, the last difference that is over by now counts as
   * chosen.
   */
  readonly difference?: number;
};

export type CompareAction =
  | {readonly kind: 'step'; readonly by: 1 | -1}
  /** Moves to the next or previous difference between two runs, at the time at which both runs show it completely. */
  | {readonly kind: 'difference'; readonly by: 1 | -1}
  | {readonly kind: 'start'}
  | {readonly kind: 'end'}
  | {readonly kind: 'side'};

type Ending = {readonly row: number; readonly endUs: number};

/** Returns the differences between the runs in the order in which they end. */
const differencesOf = oncePer((comparison: Comparison): readonly Ending[] => {
  const {endUs} = compareTimes(comparison);
  return differingRows(comparison)
    .map((row) => ({row, endUs: endUs[row] ?? 0}))
    .toSorted((a, b) => a.endUs - b.endUs);
});

/**
 * Returns a function that tells whether a difference is the first of its kind since the last loss, retransmission, beginning or end of a
 * connection. Kinds are computed only as far as needed, because a long run takes much time.
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

/** Returns the index of the difference between two runs that is shown now; -1 if none is over yet. */
const chosenDifference = (comparison: Comparison, {atUs, difference}: CompareState): number =>
  difference ?? differencesOf(comparison).findLastIndex(({endUs}) => endUs <= atUs);

/**
 * Returns the index of the row whose difference is explained: that of the chosen difference, or of the first if none is over yet; undefined
 * if the runs do not differ.
 */
export const rowExplained = (comparison: Comparison, state: CompareState): number | undefined =>
  differencesOf(comparison)[Math.max(0, chosenDifference(comparison, state))]?.row;

/** Returns the state in which the comparison of two runs opens: at the first difference, or at the end if they do not differ. */
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

/** Returns the number of the chosen difference between two runs, counted from 1, and the number of all differences. */
export const differencesAt = (
  comparison: Comparison,
  state: CompareState,
): {readonly seen: number; readonly total: number} => ({
  seen: chosenDifference(comparison, state) + 1,
  total: differencesOf(comparison).length,
});

/** Returns how many differences lie between the chosen one and the next one of a new kind; they are all of kinds already seen. */
export const alikeFollowing = (comparison: Comparison, {difference}: CompareState): number => {
  if (difference === undefined) return 0;
  const isNew = newnessOf(comparison);
  const {length} = differencesOf(comparison);
  let next = difference + 1;
  while (next < length && !isNew(next)) next++;
  return next - difference - 1;
};
