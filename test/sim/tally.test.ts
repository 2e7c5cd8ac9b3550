// How often each of many things happened. Oracle: a Map.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Tally, tallyAdd, tallyOf} from '../../source/sim/tally.ts';
import {runs} from '../helpers/seeds.ts';

const counted = (keys: readonly number[]): Tally | undefined =>
  keys.reduce<Tally | undefined>((tally, key) => tallyAdd(tally, key), undefined);

test('nothing happened never', () => expect(tallyOf(undefined, 0)).toBe(0));

test('keys that part at the first bit, and at the last', () => {
  const keys = [0, 1, 2, 0x8000_0000, 0xffff_ffff, 0x7fff_ffff];
  const tally = counted([...keys, 1, 0x8000_0000, 1]);
  expect(keys.map((key) => tallyOf(tally, key))).toEqual([1, 3, 1, 2, 1, 1]);
  expect([3, 4, 0x8000_0001].map((key) => tallyOf(tally, key))).toEqual([0, 0, 0]);
});

test('any keys; what was counted before stays as it was', () => {
  const key = fc.oneof(fc.nat(7), fc.nat(0xffff_ffff), fc.constantFrom(0x8000_0000, 0x8000_0007));
  fc.assert(
    fc.property(fc.array(key, {maxLength: 40}), key, (keys, more) => {
      const tally = counted(keys);
      const before = keys.filter((each) => each === more).length;
      expect(tallyOf(tallyAdd(tally, more), more)).toBe(before + 1);
      for (const each of [...keys, more])
        expect(tallyOf(tally, each)).toBe(keys.filter((other) => other === each).length);
    }),
    {numRuns: runs(200)},
  );
});
