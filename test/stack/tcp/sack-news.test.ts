// What blocks of an ACK tell of single segments. Oracles: RFC 2018 §4, RFC 2883 §4 (duplicates), Linux's tcp_sacktag_one, tcp_check_dsack,
// tcp_is_sackblock_valid and tcp_check_sack_reordering (net/ipv4/tcp_input.c) by hand. Segments of 1000 octets from 0 on.

import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {newsOf} from '../../../source/stack/tcp/news.ts';
import {noteReordering, noteSacks, sackedEnd} from '../../../source/stack/tcp/sack-news.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';
import {made} from '../../helpers/tcp/one-host.ts';

const size = 1000;
const segment = (n: number, tags = 0, transmissions = 1): Unacknowledged => ({
  ...{seq: seq(n * size), lengthBytes: size, flags: TcpFlag.ACK, sentUs: n, transmissions, tags},
  ...{deliveredBefore: 0, sending: n + 1},
});

const flying = (change: Partial<Connection> = {}) => {
  const {retransmissionQueue: queue = Fifo.of([0, 1, 2, 3, 4].map((n) => segment(n)))} = change;
  const count = (tag: number): number => queue.slice().filter(({tags}) => tags & tag).length;
  return turnWith(
    {
      state: 'ESTABLISHED',
      mss: size,
      sackPermitted: true,
      snd: {...fresh.snd, una: seq(0), nxt: seq(5 * size), maxWnd: 20 * size},
      retransmissionQueue: queue,
      flight: {sacked: count(Tag.sacked), lost: count(Tag.lost), resent: count(Tag.resent)},
      ...change,
    },
    {nowUs: 100_000},
  );
};

type Range = readonly [left: number, right: number];

/** Bounds in thousands. */
const told = (turn: ReturnType<typeof flying>, ack: number, ...ranges: readonly Range[]) => {
  const blocks = ranges.map(([left, right]) => ({left: seq((left * size) >>> 0), right: seq(right * size)}));
  const options = blocks.length > 0 ? [{kind: 'sack', blocks} as const] : [];
  const news = newsOf(turn.tcb, made('A', {seq: 0, ack: ack * size, flags: TcpFlag.ACK, options}));
  noteSacks(turn, news);
  return {
    news,
    tags: turn.tcb.retransmissionQueue
      .slice()
      .map(({tags}) => tags)
      .join(''),
    tcb: turn.tcb,
  };
};

describe('what is SACKed', () => {
  test('each segment that a block covers whole', () => {
    const {tags, news, tcb} = told(flying(), 0, [3, 4], [1, 2]);
    expect([tags, tcb.flight.sacked, news.delivered, news.sacks, news.duplicate]).toEqual([
      ...['01010', 2, 2, true, false],
    ]);
    expect(news.sackedUs).toEqual({first: 1, last: 3});
    expect(told(flying(), 0, [1.5, 2.9]).tags).toBe('00000');
    expect(told(flying(), 0, [1, 2.9]).tags).toBe('01000');
    expect(told(flying(), 0).tags).toBe('00000');
    expect(told(flying({sackPermitted: false}), 0, [1, 2]).tags).toBe('00000');
  });

  test('once, and what is acknowledged as well not at all', () => {
    const again = told(
      flying({retransmissionQueue: Fifo.of([0, 1, 2].map((n) => segment(n, n === 1 ? Tag.sacked : 0)))}),
      0,
      [1, 2],
    );
    expect([again.tags, again.news.delivered, again.news.sacks]).toEqual(['010', 0, false]);
    expect(told(flying(), 2, [1, 3]).tags).toBe('00000');
    expect(told(flying(), 2, [2, 3]).tags).toBe('00000');
    expect(told(flying(), 1, [2, 3]).tags).toBe('00100');
  });

  test('what was lost is so no more, nor on its way again', () => {
    const queue = [
      segment(0),
      segment(1, Tag.lost),
      segment(2, Tag.lost | Tag.resent, 2),
      segment(3, Tag.resent, 2),
    ];
    const {tags, tcb} = told(flying({retransmissionQueue: Fifo.of(queue)}), 0, [1, 4]);
    expect(tags).toBe(`0${Tag.sacked}${Tag.sacked}${Tag.sacked | Tag.resent}`);
    expect(tcb.flight).toEqual({sacked: 3, lost: 0, resent: 1});
  });

  test('blocks that no honest peer sends', () => {
    for (const range of [
      [2, 2],
      [3, 2],
      [4, 6],
      [-1, 0],
    ] as const)
      expect(told(flying(), 0, range).tags, `${range}`).toBe('00000');
  });

  test('its end', () => {
    expect(sackedEnd(flying().tcb)).toBe(0);
    const tagged = [segment(0), segment(1, Tag.sacked), segment(2), segment(3, Tag.sacked), segment(4)];
    expect(sackedEnd(flying({retransmissionQueue: Fifo.of(tagged)}).tcb)).toBe(4 * size);
  });
});

describe('what arrives behind its place', () => {
  test('below what is SACKed already: the degree is the distance, in segments', () => {
    const queue = [segment(0), segment(1), segment(2), segment(3, Tag.sacked), segment(4, Tag.sacked)];
    const {tcb} = told(flying({retransmissionQueue: Fifo.of(queue)}), 0, [1, 2]);
    expect(tcb.rack).toMatchObject({reordered: true, reorderings: 1, degree: 4});
    // What was sent twice says nothing.
    const repeated = queue.map((entry, n) => (n === 1 ? segment(1, 0, 2) : entry));
    expect(told(flying({retransmissionQueue: Fifo.of(repeated)}), 0, [1, 2]).tcb.rack.reordered).toBe(false);
    // In a loss, where nothing can be undone, nothing is learnt.
    const episode = {...fresh.episode, state: 'loss'} as const;
    expect(told(flying({retransmissionQueue: Fifo.of(queue), episode}), 0, [1, 2]).tcb.rack.reordered).toBe(
      false,
    );
  });

  test('the degree only grows, up to 300', () => {
    const degree = (low: number, high: number, before = 3) => {
      const turn = flying({rack: {...fresh.rack, degree: before}});
      noteReordering(turn, seq(low), seq(high));
      return [turn.tcb.rack.degree, turn.tcb.rack.reordered];
    };
    expect([degree(0, 2000), degree(0, 3001), degree(0, 400_000), degree(5, 5), degree(6, 5)]).toEqual([
      ...[
        [3, true],
        [4, true],
        [300, true],
        [3, false],
        [3, false],
      ],
    ]);
  });
});

describe('duplicates that are reported (RFC 2883 §4)', () => {
  const rack = {...fresh.rack, repeats: 5, reordered: true};

  test('below the acknowledgment number, or inside of the second block', () => {
    const below = told(flying({rack}), 1, [0, 1]);
    expect([below.news.duplicate, below.news.delivered, below.tcb.rack.needless]).toEqual([true, 1, 1]);
    expect(below.tcb.rack.duplicateSeen).toBe(true);
    const within = told(flying({rack}), 0, [2, 3], [1, 4]);
    expect([within.news.duplicate, within.tags]).toEqual([true, '01110']);
    const beside = told(flying({rack}), 0, [1, 2], [3, 4]);
    expect([beside.news.duplicate, beside.tcb.rack.needless]).toEqual([false, 0]);
    expect(told(flying({rack}), 0, [1, 4], [2, 3]).news.duplicate).toBe(false);
  });

  test('more than was ever sent twice is none; nor is one longer than any window', () => {
    const none = told(flying(), 1, [0, 1]);
    expect([none.news.duplicate, none.tcb.rack.needless]).toEqual([false, 1]);
    expect(told(flying({rack: {...rack, repeats: 1}}), 3, [0, 2]).news.duplicate).toBe(false);
    expect(told(flying({rack: {...rack, repeats: 2}}), 3, [0, 2]).news.duplicate).toBe(true);
    const snd = {...fresh.snd, una: seq(0), nxt: seq(5 * size), maxWnd: size - 1};
    expect(told(flying({rack, snd}), 1, [0, 1]).tcb.rack.needless).toBe(0);
  });

  test('that of a loss probe says nothing of reordering', () => {
    const probe = {end: seq(size), again: true};
    const {news, tcb} = told(flying({rack, probe}), 1, [0, 1]);
    expect([news.duplicateOfProbe, tcb.rack.duplicateSeen]).toEqual([true, fresh.rack.duplicateSeen]);
    expect(told(flying({rack, probe}), 2, [0, 2]).news.duplicateOfProbe).toBe(false);
    const calm = {...rack, reordered: false};
    expect(told(flying({rack: calm}), 1, [0, 1]).tcb.rack.duplicateSeen).toBe(fresh.rack.duplicateSeen);
  });

  test('a repetition less to be undone, where it was sent in this episode', () => {
    const repeats = (
      marker: number | undefined,
      ack: number,
      range: Range,
      change: Partial<Connection> = {},
    ) => {
      const undo = {...fresh.undo, marker: marker === undefined ? undefined : seq(marker * size), repeats: 2};
      return told(flying({rack, undo, ...change}), ack, range).tcb.undo.repeats;
    };
    // Still in the queue: sent twice, and beyond the marker.
    const queue = [segment(0, 0, 2), segment(1)];
    expect(repeats(0, 1, [0, 1], {retransmissionQueue: Fifo.of(queue)})).toBe(1);
    expect(repeats(0, 1, [0, 1])).toBe(2);
    expect(repeats(undefined, 1, [0, 1], {retransmissionQueue: Fifo.of(queue)})).toBe(2);
    // Acknowledged before this ACK: all of it counts.
    const later = {snd: {...fresh.snd, una: seq(3 * size), nxt: seq(5 * size), maxWnd: 20 * size}};
    expect(repeats(0, 3, [0, 1], later)).toBe(1);
    expect(repeats(0, 3, [0, 3], later)).toBe(0);
    expect(repeats(1, 3, [0, 1], later)).toBe(2);
  });
});
