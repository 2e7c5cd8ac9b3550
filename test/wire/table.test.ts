// The immutable map against the built-in one, and what it costs.
import {expect, test} from 'vitest';
import {Table} from '../../source/wire/table.ts';
import {runs} from '../helpers/seeds.ts';
import {chance} from '../helpers/tcp/chance.ts';

test('the same as Map over seeds of random changes; older versions stay', () => {
  for (let seed = 1; seed <= runs(300); seed += 1) {
    const random = chance(seed);
    const map = new Map<string, number>();
    let table = Table.empty<number>();
    const kept: {table: Table<number>; entries: [string, number][]}[] = [];
    for (let n = 0; n < 120; n += 1) {
      const key = `k${random.below(40)}`;
      if (random.below(3) > 0) {
        map.set(key, n);
        table = table.with(key, n);
      } else {
        map.delete(key);
        table = table.without(key);
      }
      expect(table.size).toBe(map.size);
      expect([table.get(key), table.has(key)]).toEqual([map.get(key), map.has(key)]);
      if (random.below(20) === 0) kept.push({table, entries: [...map]});
    }
    expect([...table]).toEqual([...map]);
    expect([...table.keys()]).toEqual([...map.keys()]);
    expect([...table.values()]).toEqual([...map.values()]);
    expect([...table.withoutOldest()]).toEqual([...map].slice(1));
    for (const {table: old, entries} of kept) expect([...old]).toEqual(entries);
  }
});

// FNV-1a of "costarring" and "liquid" is the same number, a known collision of its 32-bit form.
test('keys of one hash live together', () => {
  const both = Table.empty<number>().with('costarring', 1).with('liquid', 2);
  expect([...both]).toEqual([
    ['costarring', 1],
    ['liquid', 2],
  ]);
  expect([...both.without('costarring')]).toEqual([['liquid', 2]]);
  expect([...both.with('costarring', 3).without('liquid')]).toEqual([['costarring', 3]]);
});

test('what is not there is not taken out', () => {
  const one = Table.empty<number>().with('a', 1);
  expect(one.without('b')).toBe(one);
  expect(one.without('a').size).toBe(0);
});

test('a change among 30,000 keys costs no copy of them', () => {
  let table = Table.empty<number>();
  for (let n = 0; n < 30_000; n += 1) table = table.with(`192.0.2.10:${n} > 198.51.100.20:80`, n);
  const startedMs = performance.now();
  for (let n = 0; n < 30_000; n += 1) table = table.with(`192.0.2.10:${n} > 198.51.100.20:80`, -n);
  // A flat copy takes more than a millisecond for each.
  expect((performance.now() - startedMs) / 30_000).toBeLessThan(0.2);
});

test('first: the earliest that fits, as a list in order would say', () => {
  let table = Table.empty<number>();
  for (let n = 0; n < 2000; n += 1) table = table.with(`key ${(n * 7919) % 2000}`, n % 97);
  for (let n = 0; n < 2000; n += 3) table = table.without(`key ${n}`);
  for (const wanted of [0, 1, 50, 96, 97]) {
    const fits = (value: number): boolean => value >= wanted;
    expect(table.first(fits)).toBe([...table.values()].find(fits));
  }
});
