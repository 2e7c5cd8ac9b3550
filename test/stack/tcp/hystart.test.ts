// Oracle: hystart_update of Linux's tcp_cubic.c by hand: trains of ACKs 2 ms apart, half of the least round trip and a millisecond;
// delays of eight samples against the least, an eighth of it between 4 and 16 ms.
import {expect, test} from 'vitest';
import {noHystart} from '../../../source/stack/tcp/growth-state.ts';
import {heard} from '../../../source/stack/tcp/hystart.ts';
import {seq} from '../../../source/wire/seq.ts';

const ms = 1000;
const ack = {una: seq(50), nxt: seq(200), window: 16, rttUs: 100 * ms, minRttUs: 100 * ms, nowUs: 0};
const round = noHystart(seq(100), 0);

test('below sixteen segments nothing is asked', () => {
  expect(heard(round, {...ack, window: 15})).toBe(round);
  expect(heard(round, ack)).toMatchObject({samples: 1, leastUs: 100 * ms, trainUs: 0, found: false});
});

test('a round ends where an ACK passes its end, not before', () => {
  const begun = {...round, samples: 5, leastUs: 7, trainUs: 3};
  expect(heard(begun, {...ack, una: seq(100), window: 1})).toBe(begun);
  expect(heard(begun, {...ack, una: seq(101), window: 1, nowUs: 9})).toEqual(noHystart(seq(200), 9));
});

test('a train of ACKs that stretches over half of the least round trip', () => {
  // (100 + 1) / 2 ms.
  const at = (trainMs: number, nowMs: number) =>
    heard({...round, trainUs: trainMs * ms}, {...ack, nowUs: nowMs * ms});
  expect([at(50, 50.5).found, at(50, 50.501).found]).toEqual([false, true]);
  // 2 ms without one end it.
  expect([at(58, 60).found, at(57.999, 60).found]).toEqual([true, false]);
  expect([at(58, 60).trainUs, at(57, 60).trainUs]).toEqual([60 * ms, 57 * ms]);
});

test.each([
  // An eighth of the least round trip is 12.5 ms.
  [100, 112.5, false],
  [100, 112.501, true],
  // 4 ms at least, 16 ms at most.
  [8, 12, false],
  [8, 12.001, true],
  [400, 416, false],
  [400, 416.001, true],
])('of a least round trip of %d ms, %d ms in eight samples: %s', (least, now, found) => {
  const sampled = {...round, samples: 8, leastUs: 1e9, trainUs: -10 * ms};
  const told = heard(sampled, {...ack, rttUs: now * ms, minRttUs: least * ms});
  expect([told.found, told.samples]).toEqual([found, 8]);
  expect(heard({...sampled, samples: 7}, {...ack, rttUs: now * ms, minRttUs: least * ms})).toMatchObject({
    ...{found: false, samples: 8},
  });
});

test('the least of the round’s samples counts', () => {
  const before = {...round, samples: 8, leastUs: 101 * ms, trainUs: -10 * ms};
  expect(heard(before, {...ack, rttUs: 300 * ms})).toMatchObject({leastUs: 101 * ms, found: false});
});
