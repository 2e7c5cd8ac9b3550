// How large a packet Linux hands to its card, by the arithmetic of tcp_update_pacing_rate, tcp_tso_autosize and tcp_cwnd_test
// (net/ipv4/tcp_input.c, tcp_output.c), worked out by hand.
import {expect, test} from 'vitest';
import {segmentsInPacket} from '../../../source/stack/tcp/large-packet.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const mss = 1460;
const fresh = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, profiles.linux);

const sizeOf = (
  {window, roundUs, threshold = window * 4}: {window: number; roundUs: number; threshold?: number},
  unlisted = 0,
): number =>
  segmentsInPacket(
    {
      ...fresh,
      ...{mss, cwnd: window * mss, ssthresh: threshold * mss, srttUs: roundUs},
      rack: {...fresh.rack, minRttUs: roundUs},
    },
    2,
    unlisted,
  );

test.each([
  // 10 × 1460 × 2 / 40 ms = 730,000 a second, 712 octets a millisecond: never fewer than two.
  ['far, at the beginning', {window: 10, roundUs: 40_000}, 2],
  // 100 × 1460 × 2 / 40 ms = 7.3 MB a second, 7128 octets.
  ['far, in slow start', {window: 100, roundUs: 40_000}, 4],
  // 1.2 in place of 2: 4277 octets.
  ['far, in congestion avoidance', {window: 100, roundUs: 40_000, threshold: 50}, 2],
  // 285,156 octets: what one packet holds is 65,215.
  ['near, a wide window', {window: 100, roundUs: 1000}, 44],
  // 2 ms are three halvings: 71,289 + 8192 octets are too many, too; but half of the window.
  ['near, half the window', {window: 50, roundUs: 2000}, 25],
  // 20 × 1460 × 2 / 10 ms = 5703 octets, and 65,536 halved nineteen times is none.
  ['10 ms', {window: 20, roundUs: 10_000}, 3],
  // 40 × 1460 × 2 / 6 ms = 19,010 octets, and 65,536 halved eleven times, 32.
  ['6 ms', {window: 40, roundUs: 6000}, 13],
])('%s', (_, path, segments) => {
  expect(sizeOf(path)).toBe(segments);
});

test('no more than the window has room for', () => {
  expect(sizeOf({window: 10, roundUs: 1000}, 8)).toBe(2);
  expect(sizeOf({window: 10, roundUs: 1000}, 9)).toBe(1);
  expect(sizeOf({window: 10, roundUs: 1000})).toBe(5);
});

test('of segments so large that no two fit, one, whatever the least is', () => {
  const large = 40_000;
  const tcb = {...fresh, mss: large, cwnd: 10 * large, ssthresh: 40 * large, srttUs: 1000};
  expect(segmentsInPacket({...tcb, rack: {...fresh.rack, minRttUs: 1000}}, 2, 0)).toBe(1);
});
