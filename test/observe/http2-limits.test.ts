// SETTINGS as the other end goes by them (RFC 9113 §6.5.2, §6.5.3): 1 header table, 4 window, 5 frame.
import {expect, test} from 'vitest';
import {Http2Limits} from '../../source/observe/http2-limits.ts';

const now = ({headerTable, window, frame}: Http2Limits) => [headerTable, window, frame];

test('at first what the RFC says', () => {
  expect(now(new Http2Limits())).toEqual([4096, 65_535, 16_384]);
});

test('raised at once, lowered when that is acknowledged', () => {
  const limits = new Http2Limits();
  limits.say([
    [1, 8192],
    [4, 100],
    [5, 16_384],
  ]);
  expect(now(limits)).toEqual([8192, 65_535, 16_384]);
  limits.acknowledge();
  expect(now(limits)).toEqual([8192, 100, 16_384]);
  limits.acknowledge();
  expect(now(limits)).toEqual([8192, 100, 16_384]);
});

test('lowered while a later one raises it: the later one counts', () => {
  const limits = new Http2Limits();
  limits.say([[4, 100]]);
  limits.say([
    [4, 200],
    [5, 20_000],
  ]);
  expect(now(limits)).toEqual([4096, 65_535, 20_000]);
  limits.acknowledge();
  expect(now(limits)).toEqual([4096, 200, 20_000]);
  limits.acknowledge();
  expect(now(limits)).toEqual([4096, 200, 20_000]);
});

test('another setting changes none of these', () => {
  const limits = new Http2Limits();
  limits.say([[3, 1_000_000]]);
  limits.acknowledge();
  expect(now(limits)).toEqual([4096, 65_535, 16_384]);
});

test('a hundred may wait; beyond those the oldest counts as acknowledged', () => {
  const limits = new Http2Limits();
  limits.say([[4, 7]]);
  for (let n = 1; n < 100; n += 1) limits.say([]);
  expect(limits.window).toBe(65_535);
  limits.say([]);
  expect(limits.window).toBe(7);
});
