// How much tests try, and with which seed: the one place where the tier (`tiers.ts`) says so.
import {inject} from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly tier: 'short' | 'all' | 'rest' | 'long';
    readonly seed: number;
  }
}

const factors = {short: 1 / 10, all: 1, rest: 1, long: 20};

const tier = inject('tier');

/** The commit's, unless TEST_SEED says another. */
export const seed: number = inject('seed');

/** How many runs a property gets that has `count` of them in `npm run test:all`. */
export const runs = (count: number): number => Math.ceil(count * factors[tier]);

/** `npm test` takes `count` of the list, evenly spread, which ones by the seed; the other tiers take all. */
export const some = <T>(list: readonly T[], count: number): readonly T[] => {
  if (tier !== 'short' || list.length <= count) return list;
  const start = seed % list.length;
  const chosen = new Set(
    Array.from({length: count}, (_, nth) => (start + Math.floor((nth * list.length) / count)) % list.length),
  );
  return list.filter((_, index) => chosen.has(index));
};
