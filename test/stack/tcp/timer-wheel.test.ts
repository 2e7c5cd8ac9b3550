// Oracle: calc_wheel_index of Linux's kernel/time/timer.c by hand: 250 ticks a second, 63 slots of one, then slots of eight, of 64.
import {expect, test} from 'vitest';
import {firesUs, lateUs} from '../../../source/stack/tcp/timer-wheel.ts';

const tick = 4000;
const wheel = (ticks: number, inRow: boolean): number =>
  (firesUs(1000, ticks * tick, {timers: 'wheel', inRow}) - 1000) / tick;

test('exact where the profile says so', () => {
  expect(firesUs(1000, 5001, {timers: 'exact', inRow: true})).toBe(6001);
});

test.each([
  [1, 1, 2],
  [1.5, 1.5, 3],
  [62, 62, 63],
  // From 63 on slots of eight: the end of the one that follows.
  [63, 64, 64],
  [64, 65, 72],
  [71, 72, 72],
  [72, 73, 80],
])('%d ticks: %d at least, %d in a row', (ticks, first, inRow) =>
  expect([wheel(ticks, false), wheel(ticks, true)]).toEqual([first, inRow]),
);

test('how much later it may be: the slot that its wait ends in', () => {
  expect([1, 62.9, 63, 503, 504, 4031, 4032].map((ticks) => lateUs(ticks * tick) / tick)).toEqual([
    ...[2, 2, 8, 8, 64, 64, 512],
  ]);
});
