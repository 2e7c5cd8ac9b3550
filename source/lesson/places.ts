// Converts offsets in a text to lines and columns: line starts are found once, each place by bisection.
import {bisect} from '../wire/growing-list.ts';
import type {Position} from './position.ts';

/** Returns a function from an offset in characters to its line and column, both counted from 1. */
export const placesIn = (source: string): ((offset: number) => Position) => {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(source.matchAll(/\n/g), ({index}) => index + 1)];
    const known = starts;
    const line = Math.max(
      1,
      bisect(known.length, (index) => (known[index] ?? 0) > offset),
    );
    return {line, column: offset - (known[line - 1] ?? 0) + 1};
  };
};
