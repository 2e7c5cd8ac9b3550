// Draws of the quiz: hashes of the seed and of what is drawn, never a stream, so that one more draw changes no other.
import {hash32} from '../lesson/hash.ts';

export type Draw = {
  /** 0 … count − 1. */
  below(what: string, count: number): number;
  /** Undefined from an empty list. */
  one<T>(what: string, list: readonly T[]): T | undefined;
  /** All of them, in an order of their own. */
  shuffled<T>(what: string, list: readonly T[]): readonly T[];
  /** Draws for a part: they have nothing to do with those of the whole. */
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
