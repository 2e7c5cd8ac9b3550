// Packets of QUIC and their ACKs (RFC 9000 §12.3, §13.1, §19.3), and what counts as lost (RFC 9002 §6.1.1); by hand.
import {describe, expect, test} from 'vitest';
import {QuicAcks} from '../../source/observe/quic-acks.ts';

/** Packet `number` in frame 100 + number. */
const sender = (
  numbers: readonly number[],
  {level = 2 as 0 | 1 | 2, side = 0 as 0 | 1, waits = true} = {},
) => {
  const acks = new QuicAcks();
  for (const number of numbers) {
    const packet = {number, frame: 100 + number};
    acks.seen(side, level, packet);
    if (waits) acks.sent(side, level, packet);
  }
  return acks;
};

const range = (first: number, last = first) => ({first, last});

describe('lost', () => {
  test.each<readonly [largest: number, lost: readonly number[]]>([
    [2, []],
    [3, [100]],
    [4, [100, 101]],
    [5, [100, 101, 102]],
  ])('0 … 5, ACK of %i alone', (largest, lost) => {
    const acks = sender([0, 1, 2, 3, 4, 5]);
    acks.acknowledged(1, 2, [range(largest)], 200);
    expect(acks.lost(0)).toEqual(lost);
    expect([...acks.lostToldIn(0)]).toEqual(lost.map((frame) => [frame, 200]));
    expect(acks.lost(1)).toEqual([]);
  });

  test('what an ACK names later was late', () => {
    const acks = sender([0, 1, 2, 3, 4, 5]);
    acks.acknowledged(1, 2, [range(5), range(1, 3)], 200);
    expect(acks.lost(0)).toEqual([100]);
    acks.acknowledged(1, 2, [range(0)], 210);
    expect(acks.lost(0)).toEqual([]);
    acks.acknowledged(1, 2, [range(9)], 220);
    expect([...acks.lostToldIn(0)]).toEqual([[104, 220]]);
  });

  test('not what passed behind the ACK, nor what asks for none, nor what was said at another level', () => {
    const acks = sender([0, 3]);
    acks.acknowledged(1, 2, [range(3)], 100);
    expect(acks.lost(0)).toEqual([]);
    acks.acknowledged(1, 2, [range(3)], 101);
    expect(acks.lost(0)).toEqual([100]);
    const idle = sender([0, 1, 2, 3], {waits: false});
    idle.acknowledged(1, 2, [range(3)], 200);
    expect(idle.lost(0)).toEqual([]);
    const initial = sender([0, 1, 2, 3], {level: 0});
    initial.acknowledged(1, 1, [range(3)], 200);
    expect(initial.lost(0)).toEqual([]);
    initial.acknowledged(1, 0, [range(3)], 200);
    expect(initial.lost(0)).toEqual([100]);
  });

  test('of either side, all levels together', () => {
    const acks = sender([0, 3], {side: 1, level: 1});
    acks.seen(1, 2, {number: 0, frame: 50});
    acks.sent(1, 2, {number: 0, frame: 50});
    acks.acknowledged(0, 2, [range(3)], 210);
    acks.acknowledged(0, 1, [range(3)], 200);
    expect([...acks.lostToldIn(1)]).toEqual([
      [100, 200],
      [50, 210],
    ]);
  });
});

describe('named', () => {
  test('by the first ACK that has the number, from the first of a range to the last', () => {
    const acks = sender([0, 1, 2, 3, 4]);
    acks.acknowledged(1, 2, [range(1, 3)], 200);
    acks.acknowledged(1, 2, [range(0, 4)], 210);
    expect([...acks.namedIn].toSorted(([a], [b]) => a - b)).toEqual([
      ...[
        [100, 210],
        [101, 200],
        [102, 200],
      ],
      ...[
        [103, 200],
        [104, 210],
      ],
    ]);
  });

  test('a datagram of two packets by the first of them', () => {
    const acks = new QuicAcks();
    for (const level of [0, 1] as const) acks.seen(0, level, {number: 0, frame: 7});
    acks.acknowledged(1, 1, [range(0)], 8);
    acks.acknowledged(1, 0, [range(0)], 9);
    expect([...acks.namedIn]).toEqual([[7, 8]]);
  });

  test('of 1024 that wait; before those nobody looks', () => {
    const acks = sender(Array.from({length: 1025}, (_, number) => number));
    acks.acknowledged(1, 2, [range(0, 1024)], 5000);
    expect([acks.namedIn.has(100), acks.namedIn.size]).toEqual([false, 1024]);
  });
});

test('numbers that no packet between two has, four at most', () => {
  const acks = sender([0, 3, 4, 20]);
  expect(acks.missingBetween(0, 100, 103)).toEqual([1, 2]);
  expect(acks.missingBetween(0, 103, 104)).toEqual([]);
  expect(acks.missingBetween(0, 100, 104)).toEqual([1, 2]);
  expect(acks.missingBetween(0, 104, 120)).toEqual([5, 6, 7, 8]);
  expect(acks.missingBetween(1, 100, 103)).toEqual([]);
  // Before the first packet all are missing; before one that nobody saw nothing is.
  const late = sender([2, 3]);
  expect([late.missingBetween(0, 0, 103), late.missingBetween(0, 102, 0)]).toEqual([[0, 1], []]);
  // A packet that asked for no ACK was there all the same.
  acks.seen(0, 2, {number: 6, frame: 106});
  expect(acks.missingBetween(0, 104, 120)).toEqual([5, 7, 8, 9]);
});
