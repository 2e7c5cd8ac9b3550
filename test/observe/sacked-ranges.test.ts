// Ranges that SACK options told of (RFC 2018 §3, RFC 2883 §4). Oracle: by hand.
import {describe, expect, test} from 'vitest';
import {withBlocks} from '../../source/observe/sacked-ranges.ts';
import {seq} from '../../source/wire/seq.ts';

type Ranges = readonly (readonly [left: number, right: number])[];

const blocks = (ranges: Ranges) => ranges.map(([left, right]) => ({left: seq(left), right: seq(right)}));
const after = (ranges: Ranges, told: Ranges, una = 0, nxt = 1000): Ranges =>
  withBlocks(blocks(ranges), blocks(told), {una: seq(una), nxt: seq(nxt)}).map(({left, right}) => [
    left,
    right,
  ]);

const two: Ranges = [
  [10, 20],
  [40, 50],
];

describe('blocks', () => {
  test.each<readonly [string, told: Ranges, Ranges]>([
    ['before', [[1, 5]], [[1, 5], ...two]],
    [
      'between',
      [[25, 30]],
      [
        [10, 20],
        [25, 30],
        [40, 50],
      ],
    ],
    ['behind', [[60, 70]], [...two, [60, 70]]],
    [
      'touching the first',
      [[20, 30]],
      [
        [10, 30],
        [40, 50],
      ],
    ],
    [
      'touching the second',
      [[30, 40]],
      [
        [10, 20],
        [30, 50],
      ],
    ],
    ['that joins both', [[20, 40]], [[10, 50]]],
    ['that holds both', [[5, 60]], [[5, 60]]],
    ['that lies in one', [[12, 18]], two],
    ['the same', [[10, 20]], two],
    [
      'two at once',
      [
        [60, 70],
        [21, 22],
      ],
      [
        [10, 20],
        [21, 22],
        [40, 50],
        [60, 70],
      ],
    ],
    ['empty', [[25, 25]], two],
    ['turned round', [[30, 25]], two],
  ])('%s', (_, told, expected) => {
    expect(after(two, told)).toEqual(expected);
  });

  test('outside what is in flight they tell of something else', () => {
    expect(after([], [[9, 20]], 10)).toEqual([]);
    expect(after([], [[10, 20]], 10, 20)).toEqual([[10, 20]]);
    expect(after([], [[10, 21]], 10, 20)).toEqual([]);
  });
});

test('what is acknowledged goes, of one that lies across only that part', () => {
  expect(after(two, [], 20)).toEqual([[40, 50]]);
  expect(after(two, [], 19)).toEqual([
    [19, 20],
    [40, 50],
  ]);
  expect(after(two, [], 45)).toEqual([[45, 50]]);
  expect(after(two, [], 50)).toEqual([]);
  expect(after([], [])).toEqual([]);
});

test('so many ranges are remembered, and no more', () => {
  const many: Ranges = Array.from({length: 70}, (_, at) => [10 * at, 10 * at + 5]);
  expect(after([], many)).toEqual(many.slice(0, 64));
});
