// What sizes, rates, shares and times of a lesson are in octets, bits, parts of 1 and microseconds. Oracles: the prefixes of the SI and of
// IEC 80000-13.
import {expect, test} from 'vitest';
import {bitsOf, bytesOf, microseconds, shareOf} from '../../source/lesson/quantity.ts';

test.each<readonly [size: string | number, octets: number]>([
  ['12B', 12],
  ['3kB', 3000],
  ['3KiB', 3072],
  ['2MB', 2e6],
  ['2MiB', 2 * 1024 * 1024],
  [70_000, 70_000],
])('%s', (size, octets) => expect(bytesOf(size)).toBe(octets));

test.each([
  ['7bit', 7],
  ['56kbit', 56_000],
  ['100Mbit', 1e8],
  ['4Gbit', 4e9],
])('%s a second', (rate, bits) => expect(bitsOf(rate)).toBe(bits));

test('shares and times', () => {
  expect(['0%', '2.5%', '100%'].map(shareOf)).toEqual([0, 0.025, 1]);
  expect(['off', '0ms', '1.5ms', '2s'].map(microseconds)).toEqual([0, 0, 1500, 2_000_000]);
});
