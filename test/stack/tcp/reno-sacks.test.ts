// Oracle: tcp_add_reno_sack, tcp_remove_reno_sacks and tcp_limit_reno_sacked of Linux (net/ipv4/tcp_input.c) by hand.

import {expect, test} from 'vitest';
import type {Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import type {News} from '../../../source/stack/tcp/news.ts';
import {addDuplicate, forgetDuplicates, takeDuplicates} from '../../../source/stack/tcp/reno-sacks.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {turnWith} from '../../helpers/tcp/lone-turn.ts';

const entry: Unacknowledged = {
  ...{seq: seq(0), lengthBytes: 1, flags: 0, sentUs: 0, transmissions: 1, tags: 0},
  ...{deliveredBefore: 0, sending: 0},
};
const out = (segments: number, sacked: number, lost = 0, sackPermitted = false) =>
  turnWith({
    retransmissionQueue: Fifo.of(Array.from({length: segments}, () => entry)),
    flight: {sacked, lost, resent: 0},
    sackPermitted,
  });
/** What these functions read and write of the news. */
const news = (taken = 0) => ({taken, delivered: 0}) as unknown as News;

test('each duplicate is a segment that has come, as long as one is missing', () => {
  const turn = out(5, 2);
  const told = news();
  addDuplicate(turn, told);
  expect([turn.tcb.flight.sacked, told.delivered, turn.tcb.rack.reordered]).toEqual([3, 1, false]);
});

test('more than can have come: segments were out of order, and the degree grows', () => {
  const turn = out(5, 4);
  const told = news();
  addDuplicate(turn, told);
  expect([turn.tcb.flight.sacked, told.delivered]).toEqual([4, 0]);
  expect(turn.tcb.rack).toMatchObject({reordered: true, reorderings: 1, degree: 5});
  const lost = out(5, 3, 2);
  addDuplicate(lost, news());
  expect(lost.tcb.flight.sacked).toBe(3);
  expect(lost.tcb.rack.reordered).toBe(true);
  const fits = out(5, 2, 2);
  addDuplicate(fits, news());
  expect([fits.tcb.flight.sacked, fits.tcb.rack.reordered]).toEqual([3, false]);
  const wide = out(400, 400);
  addDuplicate(wide, news());
  expect(wide.tcb.rack.degree).toBe(300);
});

test('of those that an ACK takes one was missing, the others were counted', () => {
  const taken = (segments: number, sacked: number) => {
    const turn = out(10, sacked);
    const told = news(segments);
    takeDuplicates(turn, told);
    return [turn.tcb.flight.sacked, told.delivered];
  };
  expect([taken(1, 0), taken(3, 0), taken(3, 2), taken(5, 2), taken(3, 5)]).toEqual([
    ...[
      [0, 1],
      [0, 3],
      [0, 1],
      [0, 3],
      [3, 1],
    ],
  ]);
  const turn = out(2, 3);
  takeDuplicates(turn, news(1));
  expect(turn.tcb.flight.sacked).toBe(1);
  expect(turn.tcb.rack.degree).toBe(3);
});

test('only without SACK they are forgotten', () => {
  const [without, sack, none] = [out(5, 2), out(5, 2, 0, true), out(5, 0)];
  const before = none.tcb;
  for (const turn of [without, sack, none]) forgetDuplicates(turn);
  expect([without.tcb.flight.sacked, sack.tcb.flight.sacked]).toEqual([0, 2]);
  expect(none.tcb).toBe(before);
});
