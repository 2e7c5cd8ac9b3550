// Chance of the monkey: a number of 32 bits decides all (mulberry32), so that a seed gives the same keys again.

export type Chance = {
  /** 0 … below `many`. */
  below(many: number): number;
  /** Of a hundred so many times. */
  percent(share: number): boolean;
  of<T>(all: readonly T[]): T;
};

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const below = (many: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * many);
  };
  return {
    below,
    percent: (share) => below(100) < share,
    of<T>(all: readonly T[]): T {
      const one = all[below(all.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
  };
};
