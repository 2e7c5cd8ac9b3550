// Chance by hash: the frequency is the probability, and one identity always has one fate.
import {expect, test} from 'vitest';
import {happens, hashOf} from '../../source/sim/chance.ts';
import {type Tally, tallyAdd, tallyOf} from '../../source/sim/tally.ts';

test('happens about as often as the probability says, for any seed', () => {
  for (const probability of [0.001, 0.01, 0.1, 0.5, 0.9])
    for (let seed = 0; seed < 5; seed++) {
      const trials = 20_000;
      let hits = 0;
      for (let i = 0; i < trials; i++) if (happens(probability, seed, 'path', i)) hits++;
      // Five standard deviations of the binomial distribution.
      const tolerance = 5 * Math.sqrt((probability * (1 - probability)) / trials);
      expect(Math.abs(hits / trials - probability)).toBeLessThan(tolerance);
    }
});

test('never at 0, always at 1, and the same for the same identity', () => {
  for (let i = 0; i < 1000; i++) {
    expect(happens(0, i)).toBe(false);
    expect(happens(1, i)).toBe(true);
    expect(hashOf(i, 'a')).toBe(hashOf(i, 'a'));
  }
});

test('parts do not run into each other', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
  expect(hashOf(1, 23)).not.toBe(hashOf(12, 3));
  expect(hashOf('1')).not.toBe(hashOf(1));
});

test('a tally counts like a map, and an older one stays as it was', () => {
  let tally: Tally | undefined;
  const map = new Map<number, number>();
  const before: (Tally | undefined)[] = [];
  for (let i = 0; i < 5000; i++) {
    const key = hashOf('key', i % 1700);
    before.push(tally);
    tally = tallyAdd(tally, key);
    map.set(key, (map.get(key) ?? 0) + 1);
  }
  for (const [key, count] of map) expect(tallyOf(tally, key)).toBe(count);
  expect(tallyOf(before[0], hashOf('key', 0))).toBe(0);
  expect(tallyOf(before[1], hashOf('key', 0))).toBe(1);
  expect(tallyOf(before[1701], hashOf('key', 0))).toBe(2);
});
