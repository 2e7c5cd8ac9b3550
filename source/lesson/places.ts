// Lines and columns of a text: its lines are found once, each place among them by bisection.
import type {Position} from './position.ts';

/** Offsets in characters → where that is, counted from 1. */
export const placesIn = (source: string): ((offset: number) => Position) => {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(source.matchAll(/\n/g), ({index}) => index + 1)];
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return {line: low + 1, column: offset - (starts[low] ?? 0) + 1};
  };
};
