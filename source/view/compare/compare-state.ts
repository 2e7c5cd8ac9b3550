// What the reader has moved to in a comparison: one time for both runs, a difference, the side that is shown where one fits.
import {type Comparison, differingRows} from '../../sim/compare.ts';
import {compareTimes, nextStop} from './compare-time.ts';

export type CompareState = {
  readonly atUs: number;
  readonly side: 'left' | 'right';
};

export type CompareAction =
  | {readonly kind: 'step'; readonly by: 1 | -1}
  /** To where the next difference has happened in both runs. */
  | {readonly kind: 'difference'; readonly by: 1 | -1}
  | {readonly kind: 'start'}
  | {readonly kind: 'end'}
  | {readonly kind: 'side'};

/** At the first difference, where there is one. */
export const compareState = (comparison: Comparison): CompareState => {
  const first = differingRows(comparison)[0];
  const {endUs, stops} = compareTimes(comparison);
  return {atUs: (first === undefined ? stops.at(-1) : endUs[first]) ?? 0, side: 'right'};
};

const toDifference = (comparison: Comparison, state: CompareState, by: 1 | -1): CompareState => {
  const {endUs} = compareTimes(comparison);
  const ends = differingRows(comparison).map((row) => endUs[row] ?? 0);
  const atUs = by > 0 ? ends.find((us) => us > state.atUs) : ends.findLast((us) => us < state.atUs);
  return atUs === undefined ? state : {...state, atUs};
};

export const moveCompare = (
  comparison: Comparison,
  state: CompareState,
  action: CompareAction,
): CompareState => {
  const times = compareTimes(comparison);
  switch (action.kind) {
    case 'step':
      return {...state, atUs: nextStop(times, state.atUs, action.by)};
    case 'difference':
      return toDifference(comparison, state, action.by);
    case 'start':
      return {...state, atUs: 0};
    case 'end':
      return {...state, atUs: times.stops.at(-1) ?? 0};
    case 'side':
      return {...state, side: state.side === 'left' ? 'right' : 'left'};
  }
};

/** How many differences there are, and how many have begun by now. */
export const differencesAt = (
  comparison: Comparison,
  {atUs}: CompareState,
): {readonly seen: number; readonly total: number} => {
  const {startUs} = compareTimes(comparison);
  const rows = differingRows(comparison);
  return {seen: rows.filter((row) => (startUs[row] ?? 0) <= atUs).length, total: rows.length};
};
