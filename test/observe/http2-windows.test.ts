// Windows of HTTP/2 (RFC 9113 §6.9): 65535 of a connection, 2^31-1 at most; by arithmetic.
import {describe, expect, test} from 'vitest';
import {Http2Windows, type Window} from '../../source/observe/http2-windows.ts';

const of = (window: Window | undefined, length: number, more: object = {}) => ({
  ...{side: 0 as const, stream: 1, frame: 5, length, ends: false, window, initial: 100},
  ...more,
});

const fresh = (): Window => ({sent: 0, granted: 0});

describe('spent', () => {
  test('to the last octet, not beyond; of the stream or of the connection', () => {
    const windows = new Http2Windows();
    const own = fresh();
    expect([windows.spend(of(own, 99)), windows.spend(of(own, 1)), windows.spend(of(own, 1))]).toEqual([
      ...[true, true, false],
    ]);
    expect(own).toEqual({sent: 101, granted: 0});
    const rest = 65_535 - 101;
    expect(windows.spend(of(undefined, rest))).toBe(true);
    expect(windows.spend(of(undefined, 0))).toBe(true);
    expect(windows.spend(of(undefined, 1))).toBe(false);
    expect(windows.spend(of(fresh(), 1))).toBe(false);
    // The other direction has its own.
    expect(windows.spend(of(undefined, 65_535, {side: 1}))).toBe(true);
    expect(windows.spend(of(undefined, 1, {side: 1}))).toBe(false);
  });

  test('both count even where one of them is too small', () => {
    const windows = new Http2Windows();
    windows.spend(of(undefined, 65_536));
    const own = fresh();
    expect(windows.spend(of(own, 10))).toBe(false);
    expect(own.sent).toBe(10);
  });
});

describe('granted', () => {
  test('to 2^31-1, what was sent and what it began with counted in', () => {
    const windows = new Http2Windows();
    const most = 2 ** 31 - 1;
    expect(windows.grant(0, most - 65_535)).toBe(true);
    expect(windows.grant(0, 1)).toBe(false);
    expect(windows.grant(1, most - 65_535)).toBe(true);
    const own: Window = {sent: 10, granted: 0};
    expect([windows.grant(0, most - 90, own, 100), windows.grant(0, 1, own, 100)]).toEqual([true, false]);
    expect(own.granted).toBe(most - 89);
  });

  test('there is room again', () => {
    const windows = new Http2Windows();
    windows.spend(of(undefined, 65_535));
    windows.grant(0, 3);
    expect([windows.spend(of(undefined, 3)), windows.spend(of(undefined, 1))]).toEqual([true, false]);
  });
});

test('used up while there was more to send: who waited, on which stream, since which packet, how often', () => {
  const windows = new Http2Windows();
  const own = fresh();
  windows.spend(of(own, 99));
  expect(windows.stalls).toEqual([]);
  windows.spend(of(own, 1, {frame: 6}));
  windows.spend(of(own, 0, {frame: 7}));
  expect(windows.stalls).toEqual([{side: 0, stream: 1, frame: 6, count: 1}]);
  windows.grant(0, 5, own, 100);
  windows.spend(of(own, 5, {frame: 8}));
  expect(windows.stalls).toEqual([{side: 0, stream: 1, frame: 6, count: 2}]);
  // The last of it needs no more room.
  windows.spend(of(fresh(), 100, {stream: 3, ends: true}));
  windows.spend(of(undefined, 65_535, {side: 1, stream: 9, frame: 9}));
  expect(windows.stalls.slice(1)).toEqual([{side: 1, stream: 0, frame: 9, count: 1}]);
});
