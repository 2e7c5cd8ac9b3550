// Differences that are alike: the first of them is gone to, the others are counted; nothing that is lost or sent again is among those.

import {expect, test} from 'vitest';
import {compareTraces} from '../../../source/sim/compare.ts';
import {
  alikeFollowing,
  type CompareState,
  compareState,
  differencesAt,
  moveCompare,
  rowExplained,
} from '../../../source/view/compare/compare-state.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';

const traceNamed = (name: string) =>
  traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
const comparisonOf = (a: string, b: string) => compareTraces(traceNamed(a), traceNamed(b));

const stopsOf = (comparison: ReturnType<typeof comparisonOf>): readonly CompareState[] => {
  const stops = [compareState(comparison)];
  for (;;) {
    const last = stops.at(-1) ?? expect.fail('no stop');
    const next = moveCompare(comparison, last, {kind: 'difference', by: 1});
    if (next === last) return stops;
    stops.push(next);
  }
};

test.each([
  ['cubic base', 'cubic reno', 1000, 20],
  ['your-capture base', 'your-capture lost', 80, 20],
])('%s beside %s: of more than %i differences less than %i are gone to', (a, b, all, most) => {
  const comparison = comparisonOf(a, b);
  const stops = stopsOf(comparison);
  const {total} = differencesAt(comparison, compareState(comparison));
  expect(total).toBeGreaterThan(all);
  expect(stops.length).toBeLessThan(most);
  const counted = stops.reduce((sum, stop) => sum + 1 + alikeFollowing(comparison, stop), 0);
  expect(counted).toBe(total);
});

test('back by the same places', () => {
  const comparison = comparisonOf('cubic base', 'cubic reno');
  const stops = stopsOf(comparison);
  let state = stops.at(-1) ?? expect.fail('no stop');
  for (const stop of stops.toReversed().slice(1)) {
    state = moveCompare(comparison, state, {kind: 'difference', by: -1});
    expect(state.difference).toBe(stop.difference);
  }
});

test('each packet that one run loses or sends again is gone to', () => {
  const comparison = comparisonOf('rack-tlp base', 'rack-tlp old');
  const visited = new Set(stopsOf(comparison).map((stop) => rowExplained(comparison, stop)));
  for (const [index, {left, right, relation}] of comparison.rows.entries()) {
    if (relation === '=') continue;
    const packets = [
      ...(left === undefined ? [] : [comparison.left.packet(left)]),
      ...(right === undefined ? [] : [comparison.right.packet(right)]),
    ];
    if (packets.some((packet) => packet?.retransmission)) expect(visited).toContain(index);
  }
});

// Linux, TCP_DELACK_MIN: the ACK that a timer sends is no quick ACK (RFC 9293 §3.8.6.3).
test('what leaves for another reason is another difference, and so is what is four times as late', () => {
  const comparison = comparisonOf('delayed-ack base', 'delayed-ack one-write');
  const rows = stopsOf(comparison).map((stop) => comparison.rows[rowExplained(comparison, stop) ?? -1]);
  const alone = rows.flatMap((row) => (row?.relation === '−' ? [row.left] : []));
  expect(alone).toEqual([4, 5, 6, 11]);
  expect(rows.some((row) => row?.left === 14)).toBe(true);
});
