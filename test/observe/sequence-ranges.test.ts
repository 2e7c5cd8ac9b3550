// Which numbers have been seen. Oracle: a set of all of them, one by one.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {SequenceRanges} from '../../source/observe/sequence-ranges.ts';
import {seq} from '../../source/wire/seq.ts';
import {runs} from '../helpers/seeds.ts';

const stretches = fc.array(fc.tuple(fc.integer({min: -30, max: 60}), fc.integer({min: 0, max: 12})), {
  maxLength: 25,
});

const size = 2 ** 32;
/** Around the place where numbers go round. */
const numberOf = (at: number) => seq((at + size) % size);

test('new numbers are counted once, wherever they come', () => {
  fc.assert(
    fc.property(stretches, (all) => {
      const ranges = new SequenceRanges();
      const known = new Set<number>();
      ranges.place(numberOf(0));
      for (const [from, length] of all) {
        const numbers = Array.from({length}, (_, n) => from + n);
        if (length > 0)
          expect(ranges.overlaps(from, from + length)).toBe(numbers.some((each) => known.has(each)));
        const fresh = numbers.filter((each) => !known.has(each)).length;
        expect(ranges.add(from, from + length)).toBe(fresh);
        for (const each of numbers) known.add(each);
      }
      const gaps = [...known].filter((each) => !known.has(each + 1)).length;
      expect(ranges.gaps).toBe(Math.max(0, gaps - 1));
      for (let from = -32; from < 75; from++) {
        let end = from;
        while (known.has(end)) end += 1;
        expect(ranges.endFrom(numberOf(from))).toBe(numberOf(end));
      }
    }),
    {numRuns: runs(300)},
  );
});

test('a number lies nearest to the one before, across the end of the space', () => {
  const ranges = new SequenceRanges();
  expect(ranges.endFrom(seq(7))).toBe(7);
  expect(ranges.place(seq(size - 10))).toBe(0);
  expect(ranges.place(seq(5))).toBe(15);
  expect(ranges.place(seq(size - 15))).toBe(-5);
});

test('of more than 1024 stretches the oldest gap counts as filled', () => {
  const ranges = new SequenceRanges();
  for (let n = 0; n < 1024; n++) ranges.add(10 * n, 10 * n + 5);
  expect([ranges.gaps, ranges.overlaps(5, 10)]).toEqual([1023, false]);
  ranges.add(10_240, 10_245);
  expect([ranges.gaps, ranges.overlaps(5, 10), ranges.overlaps(15, 20)]).toEqual([1023, true, false]);
});
