// How long the repair timer waits, and for what. Oracles: RFC 8985 §7.2 (TLP_calc_PTO) and RFC 6298 §5 worked out by hand;
// a single segment may meet a delayed ACK, for which Linux adds its least RTO.

import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {
  armRto,
  pendingRepair,
  scheduleProbe,
  stopAcknowledged,
  stopRepair,
} from '../../../source/stack/tcp/repair-timer.ts';
import type {Turn} from '../../../source/stack/tcp/turn.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';

const nowUs = 1_000_000;
const segment = (n: number, sentUs: number): Unacknowledged => ({
  ...{seq: seq(n * 1000), lengthBytes: 1000, flags: TcpFlag.ACK, sentUs, transmissions: 1, tags: 0},
  ...{deliveredBefore: 0, sending: n + 1},
});
/** The first left 100 ms ago. */
const two = [segment(0, 900_000), segment(1, 950_000)];

const flying = (change: Partial<Connection> = {}): Turn =>
  turnWith(
    {
      ...{state: 'ESTABLISHED', sackPermitted: true, retransmissionQueue: Fifo.of(two)},
      ...{srttUs: 50_000, rttvarUs: 10_000, rtoUs: 250_000},
      ...change,
    },
    {nowUs, settings: {timers: 'exact', minRtoUs: 200_000, tailLossProbe: true}},
  );

const waits = ({tcb}: Turn): readonly [string | undefined, number | undefined] => {
  const name = pendingRepair(tcb);
  const dueUs = name && tcb.timers[name];
  return [name, dueUs === undefined ? undefined : dueUs - nowUs];
};

describe('a probe', () => {
  test.each<[what: string, renewed: boolean, change: Partial<Connection>, waitUs: number]>([
    ['two round trips, 2 ms', true, {}, 102_000],
    ['never after the time-out', false, {srttUs: 80_000}, 150_000],
    ['or begins anew', true, {srttUs: 140_000}, 250_000],
    ['beyond the time-out', false, {retransmissionQueue: Fifo.of([segment(0, 0), segment(1, 0)])}, 102_000],
    [
      'single segment: 200 ms more',
      true,
      {retransmissionQueue: Fifo.of([segment(0, 950_000)]), rtoUs: 900_000},
      300_000,
    ],
    ['no round trip: a second', true, {srttUs: undefined, rtoUs: 3_000_000}, 1_000_000],
  ])('%s', (_, renewed, change, waitUs) => {
    const turn = flying(change);
    expect(scheduleProbe(turn, {renewed})).toBe(true);
    expect(waits(turn)).toEqual(['TLP', waitUs]);
  });

  test.each<[what: string, change: Partial<Connection>]>([
    ['nothing in flight', {retransmissionQueue: Fifo.of([])}],
    ['without SACK', {sackPermitted: false}],
    ['in recovery', {episode: {...fresh.episode, state: 'recovery'}}],
  ])('none %s', (_, change) => {
    const turn = flying(change);
    expect(scheduleProbe(turn, {renewed: true})).toBe(false);
    expect(waits(turn)).toEqual([undefined, undefined]);
  });
});

describe('the time-out', () => {
  const because = '6298:5.1/start';
  test.each<[what: string, change: Partial<Connection>, inRow: boolean, waitUs: number]>([
    ['begins now', {}, false, 250_000],
    ['from the oldest, probed', {timers: {TLP: 1_040_000}}, false, 150_000],
    ['or has just left', {}, true, 150_000],
    ['at once, long ago', {rtoUs: 50_000}, true, 1],
    ['anew where it ran', {timers: {RTO: 1_040_000}}, false, 250_000],
  ])('%s', (_, change, inRow, waitUs) => {
    const turn = flying(change);
    armRto(turn, {because, inRow});
    expect(waits(turn)).toEqual(['RTO', waitUs]);
  });

  test('what waits stops by its own rule (RFC 6298 §5.2, RFC 8985 §8)', () => {
    const ruleOf = (name: 'RTO' | 'TLP' | 'reordering') => {
      const turn = flying({retransmissionQueue: Fifo.of([]), timers: {[name]: 1_040_000}});
      stopAcknowledged(turn);
      return turn.effects.map(({because}) => because);
    };
    expect(ruleOf('RTO')).toEqual(['6298:5.2/stop']);
    for (const name of ['TLP', 'reordering'] as const) expect(ruleOf(name)).toEqual(['8985:8/stop']);
  });

  test('with nothing in flight all of it stops (RFC 6298 §5.2)', () => {
    const turn = flying({retransmissionQueue: Fifo.of([]), timers: {RTO: 1_040_000}});
    armRto(turn, {because});
    expect(waits(turn)).toEqual([undefined, undefined]);
    const other = flying({timers: {reordering: 1_040_000}});
    stopRepair(other, '9293:3.10.7.4/fin/time-wait');
    expect(waits(other)).toEqual([undefined, undefined]);
  });
});
