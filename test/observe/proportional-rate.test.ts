// Fast recoveries as RFC 9937, RFC 6675 and rate halving would send them, by their formulas. Oracle: those.
import {expect, test} from 'vitest';
import {ProportionalRate} from '../../source/observe/proportional-rate.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

const full = 1000;

/** How many segments may have left once so many were delivered; `flight`: at the beginning. */
type Rule = (delivered: number, flight: number) => number;

/** The first of `flight` segments was lost, all others come; each ACK tells of one, and the sender goes by the rule. */
const recoveries = (rule: Rule, flight: number, timedOutAfter = Number.POSITIVE_INFINITY): number => {
  const rate = new ProportionalRate();
  const una = seq(0);
  let [nxt, sent] = [seq(flight * full), 0];
  for (let delivered = 1; delivered < flight; delivered += 1) {
    const block = {left: seq(full), right: seq((delivered + 1) * full)};
    const atUs = 50_000 + delivered * 500;
    if (delivered === timedOutAfter) rate.stop();
    rate.heard(segmentOf({ack: 0, sack: [block], sacks: true, atUs}), una, {una, nxt});
    for (; sent < rule(delivered, flight); sent += 1) {
      const segment = segmentOf({length: full, atUs: atUs + 20});
      if (sent === 0) rate.begin(segment, full, nxt);
      else rate.sent(segment, full);
      if (sent > 0) nxt = seq((flight + sent + 1) * full);
    }
  }
  return rate.count;
};

const flights = [2, 5, 8, 11, 12, 16, 20, 25, 33, 50, 80, 120];
const named = (rule: Rule): number => flights.filter((flight) => recoveries(rule, flight) > 0).length;

test('a share of what was delivered is PRR once ten segments show it, and not before', () => {
  for (const share of [0.6, 0.7, 0.75]) {
    const rule: Rule = (delivered) => Math.ceil(share * delivered);
    expect(recoveries(rule, 60), `${share}`).toBe(1);
    expect(recoveries(rule, 10), `${share}`).toBe(0);
  }
});

test('what goes on behind a timeout is no fast recovery any more (RFC 9937)', () => {
  const rule: Rule = (delivered) => Math.ceil(0.7 * delivered);
  expect(recoveries(rule, 60, 8)).toBe(0);
  expect(recoveries(rule, 60, 50)).toBe(1);
});

test.each([0.5, 0.6, 0.7, 0.8, 0.9])(
  // Silence, and then one for one, is no proportional rate reduction.
  'one for one: ssthresh %f (RFC 6675 §5)',
  (beta) => {
    expect(named((delivered, flight) => Math.max(1, Math.floor(delivered - (1 - beta) * flight)))).toBe(0);
    expect(named((delivered, flight) => Math.max(1, Math.ceil(delivered - (1 - beta) * flight) + 1))).toBe(0);
  },
);

// ⌈5 · share⌉ = 4 is a share above 0.6, ⌈10 · share⌉ = 6 one of 0.6 at most.
test('what no one share would send is none', () => {
  const sent = [1, 2, 2, 3, 4, 4, 5, 5, 6, 6];
  expect(named((delivered) => sent[delivered - 1] ?? Math.ceil(0.6 * delivered))).toBe(0);
});

test('one for two, one for one, and a sender that has nothing more are none', () => {
  expect(named((delivered) => Math.ceil(delivered / 2))).toBe(0);
  expect(named((delivered) => 1 + Math.floor(delivered / 2))).toBe(0);
  expect(named((delivered) => delivered)).toBe(0);
  expect(named((delivered) => delivered + 1)).toBe(0);
  expect(named((delivered) => Math.min(3, delivered))).toBe(0);
  for (let pause = 2; pause < 40; pause += 1)
    expect(
      named((delivered) => (delivered < pause ? delivered : delivered - 1)),
      `${pause}`,
    ).toBe(0);
});
