// Seeded chance for tests: a small counter-based generator, the same on every machine.

export type Chance = {readonly next: () => number; readonly below: (limit: number) => number};

/** mulberry32: 32-bit state, uniform in [0, 1). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {next, below: (limit) => Math.floor(next() * limit)};
}
