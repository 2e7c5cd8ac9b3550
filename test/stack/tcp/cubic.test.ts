// CUBIC against RFC 9438: the curve of §4.2, Reno's window of §4.3, fast convergence of §4.7; and when HyStart ends slow start.
import {describe, expect, test} from 'vitest';
import {afterLoss, resumed, updated} from '../../../source/stack/tcp/cubic.ts';
import {type Cubic, noCubic, noHystart} from '../../../source/stack/tcp/growth-state.ts';
import {heard} from '../../../source/stack/tcp/hystart.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from '../../helpers/tcp/two-hosts.ts';

const SECOND_US = 1_000_000;
const rttUs = 100_000;

const tcb = newTcb({origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'}, profiles.linux);

const afterLossAt = (window: number, lastMax = 0): Cubic =>
  afterLoss({...tcb, cwnd: window * tcb.mss, cubic: {...tcb.cubic, lastMax, minRttUs: rttUs}}).cubic;

/** The windows of a sender that gets an ACK for every segment of each round trip, from the loss on. */
const windows = (cubic: Cubic, first: number, rounds: number): readonly number[] => {
  const all: number[] = [];
  let state = cubic;
  let window = first;
  let credit = 0;
  for (let round = 0; round < rounds; round++) {
    const sent = window;
    for (let ack = 0; ack < sent; ack++) {
      state = updated(state, window, {acked: 1, nowUs: SECOND_US + (round + ack / sent) * rttUs});
      credit += 1;
      if (credit >= state.perSegment) {
        window += 1;
        credit = 0;
      }
    }
    all.push(window);
  }
  return all;
};

describe('the curve', () => {
  test('W_cubic(t) = C·(t − K)³ + W_max, K = ∛(W_max·(1 − β)/C), within a segment and a half', () => {
    const wMax = 1000;
    const first = 700;
    const k = Math.cbrt((wMax - first) / 0.4);
    const seen = windows(afterLossAt(wMax), first, 160);
    for (let round = 5; round < 160; round += 5) {
      const t = ((round + 1) * rttUs) / SECOND_US;
      const curve = 0.4 * (t - k) ** 3 + wMax;
      expect(Math.abs((seen[round] ?? 0) - curve) / curve).toBeLessThan(0.02);
    }
  });

  test('a small window grows no slower than Reno’s: 3·(1 − β)/(1 + β) segments a round trip (§4.3)', () => {
    const seen = windows(afterLossAt(10), 7, 11);
    const alpha = (3 * (1 - 0.7)) / (1 + 0.7);
    expect(Math.abs((seen[10] ?? 0) - (7 + 11 * alpha))).toBeLessThanOrEqual(1);
  });
});

describe('a loss', () => {
  test('leaves seven tenths (§4.6), two segments at least', () => {
    const left = (window: number) => afterLoss({...tcb, cwnd: window * tcb.mss}).ssthresh / tcb.mss;
    expect([10, 20, 100, 2].map(left)).toEqual([7, 14, 70, 2]);
  });

  test('below the last maximum lowers it further (§4.7)', () => {
    expect(afterLossAt(100, 50).lastMax).toBe(100);
    expect(afterLossAt(100, 200).lastMax).toBe(85);
  });
});

test('a silence moves the beginning of the curve, not past now', () => {
  const begun = {...noCubic(seq(0), 0), epochUs: 5 * SECOND_US};
  expect(resumed(begun, {idleUs: SECOND_US, nowUs: 9 * SECOND_US}).epochUs).toBe(6 * SECOND_US);
  expect(resumed(begun, {idleUs: 6 * SECOND_US, nowUs: 9 * SECOND_US}).epochUs).toBe(9 * SECOND_US);
});

describe('HyStart', () => {
  const ack = {una: seq(1000), nxt: seq(50_000), window: 20, rttUs, minRttUs: rttUs};
  const round = (gapUs: number, times: readonly number[], window = 20) => {
    let state = noHystart(seq(40_000), 0);
    times.forEach((each, index) => {
      state = heard(state, {...ack, window, rttUs: each, nowUs: (index + 1) * gapUs});
    });
    return state.found;
  };

  test('a train of ACKs longer than half the least round trip', () => {
    expect(
      round(
        2000,
        Array.from({length: 25}, () => rttUs),
      ),
    ).toBe(false);
    expect(
      round(
        2000,
        Array.from({length: 26}, () => rttUs),
      ),
    ).toBe(true);
    expect(
      round(
        2001,
        Array.from({length: 60}, () => rttUs),
      ),
    ).toBe(false);
  });

  test('the least of eight round trips an eighth longer than the least of all', () => {
    const slower = (byUs: number, count: number) => Array.from({length: count}, () => rttUs + byUs);
    expect(round(5000, slower(12_501, 8))).toBe(false);
    expect(round(5000, slower(12_501, 9))).toBe(true);
    expect(round(5000, slower(12_500, 9))).toBe(false);
    expect(round(5000, slower(12_501, 9), 15)).toBe(false);
  });
});
