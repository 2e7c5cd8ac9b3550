// Reads and makes the id of a generated challenge, such as `make-17`: its sort, and the number from which everything in it is drawn.
import {type Sort, sorts} from './tracks.ts';

/** The greatest number (seed) that the id of a generated challenge can have. */
export const mostSeed = 999_999_999;

const shape = new RegExp(`^(${sorts.join('|')})-(0|[1-9]\\d{0,8})$`);

export const generatedId = (sort: Sort, seed: number): string => `${sort}-${seed}`;

/** Returns sort and number of a generated challenge; undefined if the id is not one of these. */
export const readGeneratedId = (id: string): {readonly sort: Sort; readonly seed: number} | undefined => {
  const [, word, seed] = shape.exec(id) ?? [];
  const sort = sorts.find((each) => each === word);
  return sort && {sort, seed: Number(seed)};
};
