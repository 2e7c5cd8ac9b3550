// Sizes that do not pass, by hand (RFC 2923 §2.1, RFC 4821 §7.5: smaller pieces do). Recorded so between two Linux 6.18 kernels, one of
// them with tcp_mtu_probing: 1448 octets five times, then 1024.
import {expect, test} from 'vitest';
import type {SackBlock} from '../../source/observe/seen-segment.ts';
import {StuckSizes} from '../../source/observe/stuck-sizes.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

type Step =
  | readonly [first: number, length: number]
  | {readonly ack: number; readonly sack?: readonly [number, number]};

const stuckIn = (...steps: readonly Step[]) => {
  const sizes = new StuckSizes();
  for (const step of steps) {
    if ('ack' in step) {
      const blocks: SackBlock[] = step.sack ? [{left: seq(step.sack[0]), right: seq(step.sack[1])}] : [];
      sizes.heard(segmentOf({ack: step.ack}), blocks);
    } else sizes.sent({...segmentOf({seq: step[0]}), length: step[1]});
  }
  return sizes.stuck;
};

const times = (count: number, ...step: readonly [number, number]): readonly Step[] =>
  Array.from({length: count}, () => step);

test('four times without an answer, while a smaller one has come', () => {
  const small: readonly Step[] = [[1400, 50], {ack: 0, sack: [1400, 1450]}];
  expect(stuckIn([0, 1400], ...small, ...times(3, 0, 1400))).toEqual({
    ...{large: 1400, times: 4, small: 50, smaller: false, heard: true},
  });
  expect(stuckIn([0, 1400], ...small, ...times(2, 0, 1400))).toBeUndefined();
});

test('not where nothing has come, or as much in one', () => {
  expect(stuckIn(...times(9, 0, 1400))).toBeUndefined();
  expect(stuckIn([0, 1400], {ack: 1400}, ...times(9, 1400, 1400))).toBeUndefined();
  expect(stuckIn([0, 1300], {ack: 1300}, ...times(4, 1300, 1400))?.small).toBe(1300);
});

test('in smaller pieces it came: what they are cut from counts for none that came', () => {
  const split: readonly Step[] = [
    [0, 1024],
    {ack: 1024},
    [1024, 424],
    [1448, 1024],
    [2472, 424],
    {ack: 2896},
  ];
  expect(stuckIn([0, 1448], [1448, 1448], ...times(4, 0, 1448), ...split)).toEqual({
    ...{large: 1448, times: 5, small: 1024, smaller: true, heard: false},
  });
  expect(
    stuckIn([0, 1448], [1448, 1448], ...times(4, 0, 1448), ...split, [2896, 1448], {ack: 4344}),
  ).toBeUndefined();
});

test('what carries nothing is no size, and of many the first are looked at', () => {
  expect(stuckIn([0, 50], {ack: 50}, ...times(9, 50, 0))).toBeUndefined();
  const many = Array.from({length: 20}, (_, n): Step => [50 + 100 * n, 100]);
  expect(stuckIn([0, 50], {ack: 50}, ...many, ...times(3, 50, 100))?.times).toBe(4);
});
