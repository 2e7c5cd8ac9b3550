// What filled gaps, by hand. Oracle: RFC 7323 §3.2, §5.4: a timestamp tells when its segment left, in ticks of a millisecond at best.
import {describe, expect, test} from 'vitest';
import {Gaps} from '../../source/observe/gaps.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

type Passed = readonly [first: number, stamp?: number, length?: number];

/** Frames 1, 2, …; ten octets each, unless it is said. */
const gapsOf = (passed: readonly Passed[], roundUs = 40_000, from = 0): Gaps => {
  const gaps = new Gaps();
  for (const [index, [first, stamp, length = 10]] of passed.entries())
    gaps.take({...segmentOf({frame: index + 1, seq: seq(from + first)}), stamp, length}, roundUs);
  return gaps;
};

const told = (...passed: readonly Passed[]) => gapsOf(passed).counts;
const none = {again: 0, late: 0, either: 0};

describe('a gap is filled', () => {
  test('by what left later than what came behind it: that was sent again', () => {
    const gaps = gapsOf([
      [0, 1],
      [20, 1],
      [10, 9],
    ]);
    expect(gaps.counts).toEqual({...none, again: 1});
    expect([gaps.frames('again'), gaps.frames('late'), gaps.first]).toEqual([[3], [], undefined]);
  });

  test('by what left before it: that was overtaken', () => {
    expect(told([0, 1], [20, 2], [10, 1])).toEqual({...none, late: 1});
    // In the same tick, where sending it again takes forty.
    expect(told([0, 1], [20, 1], [10, 1])).toEqual({...none, late: 1});
  });

  test('by either, where the way is as short as a tick, or without timestamps', () => {
    const passed: readonly Passed[] = [
      [0, 1],
      [20, 1],
      [10, 1],
    ];
    expect([gapsOf(passed, 2999).counts.either, gapsOf(passed, 3000).counts.late]).toEqual([1, 1]);
    expect(told([0], [20], [10])).toEqual({...none, either: 1});
  });

  test('in parts: each tells of itself', () => {
    expect(told([0, 1], [40, 1], [10, 0], [30, 9], [20, 9])).toEqual({again: 2, late: 1, either: 0});
    expect(
      gapsOf([
        [0, 1],
        [40, 1],
        [20, 9],
      ]).first,
    ).toBe(10);
  });

  test('where the numbers begin anew, too', () => {
    expect(
      gapsOf(
        [
          [0, 1],
          [20, 1],
          [10, 9],
        ],
        40_000,
        0xff_ff_ff_f4,
      ).counts.again,
    ).toBe(1);
  });

  test('twice: if the first copy comes after all, it was only late', () => {
    const gaps = gapsOf([
      [0, 1],
      [20, 1],
      [10, 9],
      [10, 1],
    ]);
    expect(gaps.counts).toEqual({...none, late: 1});
    expect([gaps.frames('again'), gaps.frames('late')]).toEqual([[], [4]]);
    // A third time it was sent again once more.
    expect(told([0, 1], [20, 1], [10, 9], [10, 12])).toEqual({...none, again: 1});
    expect(told([0, 1], [20, 1], [10, 9], [0, 1])).toEqual({...none, again: 1});
  });
});

test('what follows without a gap, comes twice or carries nothing fills none', () => {
  expect(told([0, 1], [10, 1], [10, 1], [0, 5], [20, 6, 0])).toEqual(none);
  expect(
    gapsOf([
      [5, 1],
      [0, 1],
    ]).first,
  ).toBeUndefined();
});

test('of many the first four are named, and sixty-four are open at once', () => {
  const open = Array.from({length: 70}, (_, n): Passed => [20 * n, 1]);
  const filled = Array.from({length: 70}, (_, n): Passed => [20 * n + 10, 9]);
  const gaps = gapsOf([...open, ...filled]);
  expect([gaps.counts.again, gaps.frames('again')]).toEqual([64, [71, 72, 73, 74]]);
});
