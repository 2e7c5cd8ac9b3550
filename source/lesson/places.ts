// Lines and columns of a text: its lines are found once, each place among them by bisection.
import {bisect} from '../wire/growing-list.ts';
import type {Position} from './position.ts';

/** Offsets in characters → where that is, counted from 1. */
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
