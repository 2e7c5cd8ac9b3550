// Does cwnd hold the sender back (RFC 2861, RFC 7661)? Windows in segments of 1000 octets.
import {expect, test} from 'vitest';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {afterBurst, isLimitedByCwnd} from '../../../source/stack/tcp/window-use.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const settings = {...profiles.linux, mss: 1000};
const fresh = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, settings);
const tcb: Connection = {...fresh, mss: 1000, cwnd: 10_000, snd: {...fresh.snd, una: seq(1), nxt: seq(6001)}};

const burst = (before: Connection, inFlight: number, nowUs = 0): Connection => ({
  ...before,
  ...afterBurst(before, {inFlight, nowUs, settings}),
});

test('a full window is one, for the rest of the round too', () => {
  const full = burst(tcb, 10);
  expect(isLimitedByCwnd(full)).toBe(true);
  expect(isLimitedByCwnd(burst(full, 3))).toBe(true);
  const next = {...full, snd: {...full.snd, una: seq(6001), nxt: seq(9001)}};
  expect(isLimitedByCwnd(burst(next, 3))).toBe(false);
});

test('in slow start more than half is enough', () => {
  expect(isLimitedByCwnd(burst(tcb, 5))).toBe(false);
  expect(isLimitedByCwnd(burst(tcb, 6))).toBe(true);
  expect(isLimitedByCwnd(burst({...tcb, ssthresh: 5000}, 6))).toBe(false);
});

test('a window that was not filled for an RTO falls half way to what was used, ten segments at least', () => {
  const wide = {...tcb, cwnd: 41_000, ssthresh: 5000, rtoUs: 300_000};
  expect(burst(wide, 12, 299_999).cwnd).toBe(41_000);
  const fallen = burst(wide, 12, 300_000);
  expect([fallen.cwnd, fallen.ssthresh]).toEqual([26_000, 30_000]);
  expect(burst(wide, 4, 300_000).cwnd).toBe(25_000);
});
