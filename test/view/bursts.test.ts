// Bursts on the ladder: more than four departures at once fold into first, one row, last. Oracle: the packets that
// this scenario loses are named here, and each must be seen.
import {expect, test} from 'vitest';
import type {Fault} from '../../source/sim/fault.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from './player.ts';

const tall = {columns: 120, rows: 40};

/** Eight full segments at 200 ms, seq 1001, 2461 … 11221; some of them lost. */
const eight = (faults: readonly Fault[]) =>
  run(
    handshakeScenario({
      faults,
      script: [
        ...handshakeScenario().script,
        {when: {kind: 'at', atUs: 200_000}, host: 'client', action: {call: 'send', bytes: 8 * 1460}},
      ],
    }),
  );

const rowsAt = (faults: readonly Fault[], us: number): string => {
  const opened = open({trace: eight(faults)});
  return textOf(canvasOf(opened, playingAt(opened, us), tall)).join('\n');
};

const lose = (nth: number): Fault => ({kind: 'drop', at: {packet: 3 + nth}});

test('eight at once: the first, six in one row, the last', () => {
  const text = rowsAt([], 260_000);
  expect(text).toContain('6 more segments');
  expect(text).toMatch(/seq=1001 .*len=1460/);
  expect(text).toMatch(/seq=11221 .*len=1460/);
});

test.each([2, 4, 7])('number %d is lost: it keeps a row of its own, with its fate', (nth) => {
  const text = rowsAt([lose(nth)], 260_000);
  expect(text).toMatch(new RegExp(`seq=${1001 + 1460 * (nth - 1)} .*✗`));
  expect(text).toMatch(/seq=11221 .*len=1460/);
});

test('rows do not change when the loss comes about', () => {
  const rows = (us: number): number =>
    rowsAt([lose(4)], us)
      .split('\n')
      .filter((row) => /├[─▸━═┈]/.test(row)).length;
  expect(rows(210_000)).toBe(rows(240_000));
});
