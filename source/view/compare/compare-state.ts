// What the reader has moved to in a comparison: one time for both runs, a difference, the side that is shown where one fits.
import {type Comparison, differingRows} from '../../sim/compare.ts';
import {oncePer} from '../../wire/once-per.ts';
import {kindOf} from './compare-kinds.ts';
import {compareTimes, nextStop} from './compare-time.ts';

export type CompareState = {
  readonly atUs: number;
  readonly side: 'left' | 'right';
  /** Its place among the differences, where one was gone to; absent: the last that has ended by now. */
  readonly difference?: number;
};

export type CompareAction =
  | {readonly kind: 'step'; readonly by: 1 | -1}
  /** To where the next difference has happened in both runs. */
  | {readonly kind: 'difference'; readonly by: 1 | -1}
  | {readonly kind: 'start'}
  | {readonly kind: 'end'}
  | {readonly kind: 'side'};

type Ending = {readonly row: number; readonly endUs: number};

/** Differences in the order in which they end. */
const differencesOf = oncePer((comparison: Comparison): readonly Ending[] => {
  const {endUs} = compareTimes(comparison);
  return differingRows(comparison)
    .map((row) => ({row, endUs: endUs[row] ?? 0}))
    .toSorted((a, b) => a.endUs - b.endUs);
});

/**
 * Whether none like the difference at that place came since the last loss, repetition, beginning or end.
 * Worked out as far as somebody asks: of a long run it takes longer than the comparison itself.
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

/** -1: none has ended yet. */
const chosenDifference = (comparison: Comparison, {atUs, difference}: CompareState): number =>
  difference ?? differencesOf(comparison).findLastIndex(({endUs}) => endUs <= atUs);

/** The row of the difference that is explained: the one it stands on, before all of them the first. */
export const rowExplained = (comparison: Comparison, state: CompareState): number | undefined =>
  differencesOf(comparison)[Math.max(0, chosenDifference(comparison, state))]?.row;

/** At the first difference, where there is one. */
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

/** How many differences there are, and the how-manieth of them it stands on. */
export const differencesAt = (
  comparison: Comparison,
  state: CompareState,
): {readonly seen: number; readonly total: number} => ({
  seen: chosenDifference(comparison, state) + 1,
  total: differencesOf(comparison).length,
});

/** How many that are like those of before stand between the difference that was gone to and the next one. */
export const alikeFollowing = (comparison: Comparison, {difference}: CompareState): number => {
  if (difference === undefined) return 0;
  const isNew = newnessOf(comparison);
  const {length} = differencesOf(comparison);
  let next = difference + 1;
  while (next < length && !isNew(next)) next++;
  return next - difference - 1;
};
