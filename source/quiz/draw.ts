// Random draws of the quiz: each is a hash of the seed and of what is drawn, never the next value of a stream, so that one more draw
// changes no other.
import {hash32} from '../lesson/hash.ts';

export type Draw = {
  /** Returns a number from 0 to count − 1. */
  below(what: string, count: number): number;
  /** Returns one element; undefined if the list is empty. */
  one<T>(what: string, list: readonly T[]): T | undefined;
  /** Returns all elements in a drawn order. */
  shuffled<T>(what: string, list: readonly T[]): readonly T[];
  /** Returns draws for a part, which are independent of those of the whole. */
  within(part: string): Draw;
};

export const drawFrom = (seed: string): Draw => {
  const number = (what: string): number => hash32(`${seed} ${what}`);
  const below = (what: string, count: number): number => number(what) % count;
  return {
    below,
    one: (what, list) => (list.length === 0 ? undefined : list[below(what, list.length)]),
    shuffled: (what, list) =>
      list
        .map((value, index) => ({value, order: number(`${what} ${index}`)}))
        .toSorted((a, b) => a.order - b.order)
        .map(({value}) => value),
    within: (part) => drawFrom(`${seed} ${part}`),
  };
};
