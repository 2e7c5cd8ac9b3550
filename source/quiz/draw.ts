// Random draws of the quiz: each is a hash of the seed and of what is drawn, never the next value of a stream, so that one more draw
// changes no other.
import {hash32} from '../lesson/hash.ts';

export type Draw = {
  /** Draws a whole number from 0 to count − 1, always the same for one seed and name `what`. */
  below(what: string, count: number): number;
  /** Draws one element of a list; undefined if the list is empty. */
  one<T>(what: string, list: readonly T[]): T | undefined;
  /** Returns all elements of a list in a drawn order. */
  shuffled<T>(what: string, list: readonly T[]): readonly T[];
  /** Returns a source of draws for a part, such as one question, which are independent of those of the whole. */
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
