// Oracle: tcp_bound_to_half_wnd of Linux (include/net/tcp.h) and RFC 791 §3.2 (68 octets pass every link), by hand.
import {expect, test} from 'vitest';
import {HIGH_THRESHOLD} from '../../../source/stack/tcp/congestion.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {fitSegments} from '../../../source/stack/tcp/segment-size.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';

const fitted = (maxWnd: number, change: Partial<Connection> = {}, settings: Partial<TcpSettings> = {}) => {
  const turn = turnWith(
    {mss: 1460, pathMss: 1460, cwnd: 14_600, ssthresh: 7300, snd: {...fresh.snd, maxWnd}, ...change},
    {settings: {segments: 'half-window', cwndCounts: 'segments', ...settings}},
  );
  fitSegments(turn);
  const {mss, cwnd, ssthresh} = turn.tcb;
  return {mss, cwnd, ssthresh};
};

test.each([
  [60_000, 1460],
  [2920, 1460],
  [2919, 1459],
  [537, 268],
  // A small window may go out as one.
  [536, 536],
  [100, 100],
  [20, 28],
  // None has been told yet.
  [0, 1460],
])('of a window of %i, segments of %i', (maxWnd, mss) => expect(fitted(maxWnd).mss).toBe(mss));

test('timestamps take of the least packet, and the path bounds all', () => {
  expect(fitted(10, {timestampsOn: true}).mss).toBe(16);
  expect(fitted(60_000, {pathMss: 1000}).mss).toBe(1000);
  expect(fitted(100, {}, {segments: 'path'}).mss).toBe(1460);
});

test('a window in segments keeps their number, one in octets its octets', () => {
  expect(fitted(2000)).toEqual({mss: 1000, cwnd: 10_000, ssthresh: 5000});
  expect(fitted(2000, {cwnd: 14_599, ssthresh: HIGH_THRESHOLD})).toEqual({
    ...{mss: 1000, cwnd: 9000, ssthresh: HIGH_THRESHOLD},
  });
  expect(fitted(2000, {}, {cwndCounts: 'octets'})).toEqual({mss: 1000, cwnd: 14_600, ssthresh: 7300});
});
