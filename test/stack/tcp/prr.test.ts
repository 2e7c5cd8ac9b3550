// Proportional rate reduction. Oracle: the formulas of RFC 9937 §6 and tcp_cwnd_reduction of Linux, by hand; segments of 1000 octets,
// from a window of 10 to 7.

import {describe, expect, test} from 'vitest';
import type {Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {endReduction, isReducing, noteOut, reduce} from '../../../source/stack/tcp/prr.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';

const segment = (n: number): Unacknowledged =>
  ({seq: seq(1000 * n), lengthBytes: 1000, flags: 0, tags: 0, transmissions: 1}) as unknown as Unacknowledged;

type State = {
  readonly inFlight: number;
  readonly delivered?: number;
  readonly out?: number;
  readonly from?: number;
};

const reducing = ({inFlight, delivered = 0, out = 0, from = 10}: State) =>
  turnWith({
    ...{mss: 1000, ssthresh: 7000, cwnd: 10_000, reduction: {from, delivered, out}},
    retransmissionQueue: Fifo.of(Array.from({length: inFlight + 3}, (_, n) => segment(n))),
    flight: {sacked: 2, lost: 2, resent: 1},
    episode: {...fresh.episode, state: 'recovery'},
  });

/** How many may leave; that many more than are on their way is cwnd. */
const sends = (state: State, {delivered = 1, losses = 0, advances = false} = {}): number => {
  const turn = reducing(state);
  reduce(turn, {delivered, losses, advances});
  expect(turn.tcb.reduction.delivered).toBe((state.delivered ?? 0) + delivered);
  return turn.tcb.cwnd / 1000 - state.inFlight;
};

describe('more is on its way than there may be: seven leave for ten that arrive', () => {
  test.each([
    [{inFlight: 9}, 1, 1],
    [{inFlight: 8, delivered: 3, out: 2}, 1, 1],
    [{inFlight: 8, delivered: 1, out: 2}, 1, 0],
    [{inFlight: 8, delivered: 2, out: 2}, 1, 1],
    [{inFlight: 9, delivered: 0, out: 0}, 4, 3],
    [{inFlight: 8, delivered: 9, out: 7}, 1, 0],
  ])('%j, %i arrive: %i', (state, delivered, sent) => expect(sends(state, {delivered})).toBe(sent));
});

describe('fewer: as many as arrive, and one more while nothing else is lost (slow start reduction bound)', () => {
  test.each([
    // A fast retransmit leaves in any case.
    [{inFlight: 7}, {}, 1],
    [{inFlight: 7, out: 1}, {}, 0],
    [{inFlight: 4, delivered: 5, out: 5}, {advances: true}, 2],
    [{inFlight: 4, delivered: 5, out: 5}, {advances: true, losses: 1}, 1],
    [{inFlight: 4, delivered: 5, out: 5}, {}, 1],
    [{inFlight: 4, delivered: 9, out: 1}, {}, 3],
    [{inFlight: 2, delivered: 5, out: 3}, {}, 3],
    [{inFlight: 2, delivered: 5, out: 5}, {delivered: 3}, 3],
  ])('%j, %j: %i', (state, delivery, sent) => expect(sends(state, delivery)).toBe(sent));
});

test('what delivers nothing, or where nothing is reduced, changes nothing', () => {
  for (const [state, delivered] of [
    [{inFlight: 4}, 0],
    [{inFlight: 4, from: 0}, 1],
  ] as const) {
    const turn = reducing(state);
    const {tcb} = turn;
    reduce(turn, {delivered, losses: 0, advances: true});
    expect(turn.tcb).toBe(tcb);
  }
});

test('what has left counts while it is reduced', () => {
  const turn = reducing({inFlight: 4, out: 2});
  noteOut(turn, 3);
  expect(turn.tcb.reduction.out).toBe(5);
  noteOut(turn, 0);
  expect(turn.tcb.reduction.out).toBe(5);
  const states = (['recovery', 'cwr', 'open', 'disorder', 'loss'] as const).map((state) => {
    const other = turnWith({episode: {...fresh.episode, state}});
    noteOut(other, 1);
    return [isReducing(other.tcb), other.tcb.reduction.out];
  });
  expect(states).toEqual([
    [true, 1],
    [true, 1],
    [false, 0],
    [false, 0],
    [false, 0],
  ]);
});

test('at its end cwnd is ssthresh, unless it was undone (§6)', () => {
  const ended = (state: 'recovery' | 'cwr', marker: number | undefined) => {
    const turn = turnWith({
      ...{cwnd: 5000, ssthresh: 7000, mss: 1000, episode: {...fresh.episode, state}},
      undo: {...fresh.undo, marker: marker === undefined ? undefined : seq(marker)},
    });
    endReduction(turn);
    return turn.tcb.cwnd;
  };
  expect([ended('recovery', 1), ended('recovery', undefined), ended('cwr', undefined)]).toEqual([
    7000, 5000, 7000,
  ]);
});
