// Which frame bore a timestamp, against a plain list of all that was noted (RFC 7323 §3.2): a unique one names its frame, others nobody.
import {expect, test} from 'vitest';
import {RecentStamps} from '../../source/observe/recent-stamps.ts';

/** `of` pairs of stamp and frame. */
const noted = (of: readonly (readonly [number, number])[]): RecentStamps => {
  const stamps = new RecentStamps();
  for (const [stamp, frame] of of) stamps.note(stamp, frame);
  return stamps;
};

test('a stamp that one frame bore names it; one that two bore names none; one that nobody bore names none', () => {
  const stamps = noted([
    [100, 1],
    [101, 2],
    [101, 3],
    [103, 4],
  ]);
  expect([99, 100, 101, 102, 103, 104].map((stamp) => stamps.only(stamp))).toEqual([
    undefined,
    1,
    undefined,
    undefined,
    4,
    undefined,
  ]);
});

test('in whatever order they come, also around the end of the numbers', () => {
  const all = [5, 0xffff_fffe, 2, 0xffff_ff00, 9, 3, 0xffff_ffff, 0, 2].map(
    (stamp, at) => [stamp, at + 1] as const,
  );
  const stamps = noted(all);
  for (const [stamp, frame] of all) {
    const bearers = all.filter(([other]) => other === stamp);
    expect(stamps.only(stamp), `${stamp}`).toBe(bearers.length === 1 ? frame : undefined);
  }
  expect([1, 4, 0xffff_fffd].map((stamp) => stamps.only(stamp))).toEqual([undefined, undefined, undefined]);
});

test('the oldest are forgotten: whether one that comes late was unique, nobody knows any more', () => {
  const many = 4097;
  const stamps = noted(Array.from({length: many}, (_, at) => [at * 2, at + 1] as const));
  expect(stamps.only(0)).toBeUndefined();
  expect(stamps.only(2 * 2047)).toBeUndefined();
  expect(stamps.only(2 * 2048)).toBe(2049);
  expect(stamps.only(2 * (many - 1))).toBe(many);
  stamps.note(2 * 2047, 9001);
  stamps.note(1, 9002);
  stamps.note(2 * 2048 + 1, 9003);
  expect([2 * 2047, 1, 2 * 2048 + 1].map((stamp) => stamps.only(stamp))).toEqual([
    undefined,
    undefined,
    9003,
  ]);
});
