// Linux's RTTVAR in exact numbers, and how late its timer wheel is. Oracle: the kernel's tcp_rtt_estimator and calc_wheel_index by hand.
import {expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {spreadSample} from '../../../source/stack/tcp/rtt-spread.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {firesUs} from '../../../source/stack/tcp/timer-wheel.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const settings = profiles.linux;
const fresh = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, settings);

/** Samples in µs, each of a round trip of its own, and the least time-out. */
function after(samples: readonly number[], minRtoUs: number) {
  let tcb = fresh;
  for (const sampleUs of samples) {
    const {una, nxt} = tcb.snd;
    tcb = {...tcb, snd: {...tcb.snd, una: seqAdd(nxt, 1), nxt: seqAdd(nxt, 1000), wl2: una}};
    tcb = {...tcb, ...spreadSample(tcb, sampleUs, {...settings, minRtoUs})};
  }
  return tcb;
}

test('the least time-out is that of the deviation; one that grows counts at once', () => {
  expect(after([100_000], 200_000)).toMatchObject({srttUs: 100_000, rttvarUs: 50_000, rtoUs: 300_000});
  // mdev 150 ms, then 150 + (200 − 37.5) = 312.5 ms; SRTT 112.5 ms before it rises to 125 ms.
  expect(after([100_000, 100_000, 300_000], 200_000).rtoUs).toBe(125_000 + 312_500);
});

test('a round trip that gets shorter raises the deviation by a thirty-second only', () => {
  // A quarter of the mean deviation: 50, 37.5, then 37.5 + (80 − 37.5) / 32.
  expect(after([100_000, 100_000, 20_000], 4000).spread.nowUs).toBe(37_500 + Math.round(42_500 / 32));
});

test.each([
  [0, 200_000, false, 200_000],
  [0, 300_000, false, 304_000],
  // 75 ticks from the edge of a slot of eight: 80; 10 ticks: 11.
  [320_000, 300_000, true, 640_000],
  [320_000, 40_000, true, 364_000],
])('from %i µs, a wait of %i µs (in a row: %s) ends at %i µs', (nowUs, waitUs, inRow, endUs) => {
  expect(firesUs(nowUs, waitUs, {timers: 'wheel', inRow})).toBe(endUs);
  expect(firesUs(nowUs, waitUs, {timers: 'exact', inRow})).toBe(nowUs + waitUs);
});
