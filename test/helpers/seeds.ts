// How much tests try, and with which seed: the one place where the tier (`tiers.ts`) says so.
import {inject, test} from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly tier: 'short' | 'all' | 'rest' | 'long';
    readonly seed: number;
  }
}

const factors = {short: 1 / 20, all: 1, rest: 1, long: 20};

const tier = inject('tier');

/** Whether the tests of the file, or the test that runs, have asked how much to try. `set-up.ts` begins both anew. */
export const asked = {file: false, test: false, isRunning: false};

const ask = (): void => {
  asked[asked.isRunning ? 'test' : 'file'] = true;
};

/** Whether tests may ask programs that take their time, such as tshark: not in `npm test`. */
export const asksOthers = (): boolean => {
  ask();
  return tier !== 'short';
};

/** A test that goes through much of which others beside it try a part: all tiers but `npm test` have it. */
export const thorough = test.runIf(tier !== 'short');

/** The same for every change, of `test:long` the commit's, unless TEST_SEED says another. */
export const seed: number = inject('seed');

/** How many runs, or seeds, something gets that has `count` of them in `npm run test:all`; in `npm test` at least `least`. */
export const runs = (count: number, least = 20): number => {
  ask();
  return Math.max(Math.min(count, least), Math.ceil(count * factors[tier]));
};

/** `count` of the list, evenly spread, which ones by the seed. */
const chosen = <T>(list: readonly T[], count: number): readonly T[] => {
  if (list.length <= count) return list;
  const start = seed % list.length;
  const places = new Set(
    Array.from({length: count}, (_, nth) => (start + Math.floor((nth * list.length) / count)) % list.length),
  );
  return list.filter((_, index) => places.has(index));
};

/** Lists up to here `npm run test:all` goes through whole. */
const shortList = 12;

/** `npm test` takes `count` of the list, `npm run test:all` half of a long one, another half by another seed, `npm run test:long` all. */
export const some = <T>(list: readonly T[], count: number): readonly T[] => {
  ask();
  if (tier === 'long') return list;
  return chosen(list, tier === 'short' ? count : Math.max(count, shortList, Math.ceil(list.length / 2)));
};

/**
 * `npm test` takes `count` of the list, `--mode rest` the others, the other tiers the whole list. For lists of which each entry is judged by
 * itself.
 */
export const part = <T>(list: readonly T[], count: number): readonly T[] => {
  ask();
  if (tier !== 'short' && tier !== 'rest') return list;
  const short = new Set(chosen(list, count));
  return tier === 'short' ? [...short] : list.filter((each) => !short.has(each));
};

/** `npm run test:long` takes all of the list; the other tiers take `count`. */
export const few = <T>(list: readonly T[], count: number): readonly T[] =>
  tier === 'long' ? list : chosen(list, count);
