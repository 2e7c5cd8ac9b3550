// What RACK takes for lost. Oracle: RFC 8985 §6.2 by hand, steps 1, 2, 4 and 5; D-SACKs as in Linux (tcp_rack_update_reo_wnd).

import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {adaptWindow, arrived, detectLoss, remainingUs} from '../../../source/stack/tcp/rack.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';

const ms = 1000;
const segment = (n: number, more: Partial<Unacknowledged> = {}): Unacknowledged =>
  ({
    ...{
      seq: seq(1000 * n),
      lengthBytes: 1000,
      flags: 0,
      tags: 0,
      transmissions: 1,
      sending: n + 1,
      sentUs: n,
    },
    ...more,
  }) as unknown as Unacknowledged;
const rack = {...fresh.rack, rttUs: 100 * ms, minRttUs: 80 * ms, newest: 5};

describe('a segment has arrived (steps 1 and 2)', () => {
  test('the newest of them, and its round trip', () => {
    expect(arrived(rack, segment(9), 90 * ms)).toMatchObject({moved: true, rttUs: 90 * ms - 9, newest: 10});
    expect(arrived(rack, segment(2), 90 * ms)).toMatchObject({newest: 5});
  });

  test('sooner after its repetition than any round trip: it was the first sending that came', () => {
    const again = (afterUs: number) => arrived(rack, segment(9, {transmissions: 2, sentUs: 0}), afterUs);
    expect(again(80 * ms - 1)).toBe(rack);
    expect(again(80 * ms)).toMatchObject({rttUs: 80 * ms, newest: 10});
    expect(arrived(rack, segment(9, {sentUs: 0}), 1)).toMatchObject({rttUs: 1});
    expect(arrived({...rack, minRttUs: undefined}, segment(9, {transmissions: 2, sentUs: 0}), 1).newest).toBe(
      5,
    );
  });
});

test('how long one may still take: the round trip and the window since it left (step 5)', () => {
  const tcb = {...fresh, rack} as Connection;
  expect(remainingUs(tcb, segment(0, {sentUs: 10}), 20 * ms, 70 * ms)).toBe(
    100 * ms + 20 * ms - (70 * ms - 10),
  );
});

describe('what is lost (steps 4 and 5)', () => {
  const found = (
    change: Partial<Connection>,
    nowUs: number,
    queue: readonly Unacknowledged[] = [segment(0)],
  ) => {
    const turn = turnWith({rack, srttUs: 100 * ms, retransmissionQueue: Fifo.of(queue), ...change}, {nowUs});
    const {losses, waitUs} = detectLoss(turn);
    return [losses, waitUs, ...turn.tcb.retransmissionQueue.slice().map(({tags}) => tags)];
  };
  /** A quarter of the least round trip: 20 ms. */
  const window = {flight: {sacked: 2, lost: 0, resent: 0}};

  test('a quarter of the least round trip is waited, up to its last microsecond', () => {
    expect(found(window, 120 * ms - 1)).toEqual([0, 1, 0]);
    expect(found(window, 120 * ms)).toEqual([1, 0, Tag.lost]);
    // No longer than the smoothed round trip.
    const wide = {...window, rack: {...rack, quarters: 9}, srttUs: 30 * ms};
    expect(found(wide, 130 * ms)).toEqual([1, 0, Tag.lost]);
    expect(found({...window, rack: {...rack, quarters: 2}}, 130 * ms)).toEqual([0, 10 * ms, 0]);
  });

  test('not at all once three are SACKed, or while a loss is repaired; unless segments were seen to overtake', () => {
    const three = {flight: {sacked: 3, lost: 0, resent: 0}};
    expect(found(three, 100 * ms)).toEqual([1, 0, Tag.lost]);
    for (const state of ['recovery', 'loss'] as const)
      expect(found({...window, episode: {...fresh.episode, state}}, 100 * ms)).toEqual([1, 0, Tag.lost]);
    expect(found({...window, episode: {...fresh.episode, state: 'cwr'}}, 100 * ms)).toEqual([0, 20 * ms, 0]);
    expect(found({...three, rack: {...rack, reordered: true}}, 100 * ms)).toEqual([0, 20 * ms, 0]);
  });

  test('only what left before the newest that came; not what came, nor what is lost already', () => {
    const {sacked, lost, resent} = Tag;
    const queue = [0, sacked, lost, lost | resent].map((tags, n) => segment(n, {tags, sentUs: 0}));
    expect(found(window, 200 * ms, queue)).toEqual([2, 0, lost, sacked, lost, lost]);
    const sendings = [4, 5, 6].map((sending, n) => segment(n, {sending, sentUs: 0}));
    expect(found(window, 200 * ms, sendings)).toEqual([1, 0, lost, 0, 0]);
    // The longest wait of those that are left.
    const waits = [segment(0, {sentUs: 5 * ms}), segment(1, {sentUs: 9 * ms}), segment(2, {sentUs: 7 * ms})];
    expect(found(window, 110 * ms, waits)).toEqual([0, 19 * ms, 0, 0, 0]);
  });
});

describe('the window after a D-SACK (step 4)', () => {
  const adapted = (
    change: Partial<Connection['rack']>,
    deliveredBefore: number | undefined,
    rackAdapts = true,
  ) => {
    const turn = turnWith(
      {rack: {...rack, delivered: 50, widenedAt: 30, ...change}},
      {settings: {rackAdapts}},
    );
    adaptWindow(turn, deliveredBefore);
    const {quarters, persists, duplicateSeen, widenedAt} = turn.tcb.rack;
    return {quarters, persists, duplicateSeen, widenedAt};
  };
  const seen = {duplicateSeen: true, quarters: 1, persists: 3};

  test('a quarter more, at most once a round trip, for sixteen recoveries', () => {
    const wider = {quarters: 2, persists: 16, duplicateSeen: false, widenedAt: 50};
    expect(adapted(seen, 30)).toEqual(wider);
    expect(adapted(seen, 29)).toEqual({...seen, duplicateSeen: false, widenedAt: 30});
    expect(adapted({...seen, quarters: 255}, 30).quarters).toBe(255);
    expect(adapted(seen, undefined)).toEqual({...seen, widenedAt: 30});
    expect(adapted(seen, 30, false)).toEqual({...seen, widenedAt: 30});
  });

  test('then one quarter again', () => {
    const wide = {duplicateSeen: false, quarters: 7};
    expect(adapted({...wide, persists: 1}, 30).quarters).toBe(7);
    expect(adapted({...wide, persists: 0}, 30).quarters).toBe(1);
    expect(adapted({...wide, duplicateSeen: true, persists: 0}, 29).quarters).toBe(1);
    expect(adapted({...wide, duplicateSeen: true, persists: 1}, 29)).toMatchObject({
      quarters: 7,
      duplicateSeen: false,
    });
  });
});
