// Octets of QUIC streams in whatever order they come (RFC 9000 §2.2), how each direction ends (§3, §4.5), and what was lost of
// packets (RFC 9002 §6.1.1). Oracle: the octets themselves, and the clauses.
import {describe, expect, it} from 'vitest';
import {QuicAcks} from '../../source/observe/quic-acks.ts';
import {OrderedOctets} from '../../source/observe/quic-octets.ts';
import {QuicStream, QuicStreams} from '../../source/observe/quic-streams.ts';

const whole = Uint8Array.from({length: 12}, (_, at) => at);

/** All orders of a few things. */
const orders = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((each, at) => orders(all.toSpliced(at, 1)).map((rest) => [each, ...rest]));

/** A packet a millisecond. */
const at = (frame: number) => ({frame, atUs: 1000 * frame});

describe('octets in order', () => {
  // Some overlap, one lies in another, one has none.
  const pieces = [
    [0, 4],
    [2, 6],
    [4, 7],
    [7, 12],
    [8, 9],
  ] as const;

  it('each once, whatever order they come in', () => {
    for (const order of orders(pieces)) {
      const octets = new OrderedOctets();
      const read = order.flatMap(([start, end]) => octets.add(start, whole.subarray(start, end)));
      expect(read.flatMap((piece) => [...piece])).toEqual([...whole]);
      expect(read.every(({length}) => length > 0)).toBe(true);
      expect([octets.next, octets.total, octets.waiting]).toEqual([12, 12, false]);
    }
  });

  it('what lies behind a gap waits', () => {
    const octets = new OrderedOctets();
    const add = (start: number, end: number) => octets.add(start, whole.subarray(start, end)).length;
    expect([add(3, 5), octets.waiting, octets.next, octets.total]).toEqual([0, true, 0, 2]);
    expect([add(8, 9), add(0, 2), octets.waiting, octets.next]).toEqual([0, 1, true, 2]);
    expect([add(2, 3), octets.waiting, octets.next]).toEqual([2, true, 5]);
    expect([add(1, 8), octets.waiting, octets.next, octets.total]).toEqual([2, false, 9, 9]);
  });
});

describe('streams', () => {
  const stream = (streamId: number, offset: number, size: number, fin = false) => ({
    ...{streamId, offset, fin},
    data: new Uint8Array(size),
  });

  it('two bits say who has opened it, and how many ways it has (§2.1)', () => {
    expect(
      [0, 1, 2, 3, 4].map((id) => new QuicStream(id)).map(({opener, twoWay}) => [opener, twoWay]),
    ).toEqual([
      ...[
        [0, true],
        [1, true],
        [0, false],
        [1, false],
        [0, true],
      ],
    ]);
  });

  it('packets with the first octets, the last, the gap and what filled it', () => {
    const streams = new QuicStreams();
    streams.take(0, at(10), stream(4, 5, 5));
    streams.take(0, at(11), stream(4, 12, 1));
    const half = streams.get(4)?.halves[0];
    expect(half).toMatchObject({firstFrame: undefined, lastFrame: 11, gap: {from: 10, to: undefined}});
    expect(
      streams.take(0, at(12), stream(4, 0, 5)).map(({side, frame, bytes}) => [side, frame, bytes.length]),
    ).toEqual([
      ...[
        [0, 12, 5],
        [0, 12, 5],
      ],
    ]);
    expect(half).toMatchObject({firstFrame: 12, gap: {from: 10, to: undefined}});
    streams.take(0, at(13), stream(4, 10, 2));
    streams.take(0, at(14), stream(4, 0, 5));
    expect(half).toMatchObject({firstFrame: 12, lastFrame: 14, gap: {from: 10, to: 13, us: 3000}});
    streams.take(0, at(15), stream(4, 13, 1));
    expect(half?.gap).toEqual({after: 0, from: 10, fromUs: 10_000, to: 13, us: 3000});
    expect(streams.get(4)?.halves[1]).toMatchObject({firstFrame: undefined, lastFrame: 0, gap: undefined});
  });

  it('an end is where it was said first; the stream is whole once all has come (§4.5)', () => {
    const streams = new QuicStreams();
    const told = () => {
      const [one] = streams.all;
      return [one?.hasFinished(1), one?.isWhole(1), one?.bytes(1), one?.halves[1].finalSize];
    };
    streams.take(1, at(1), stream(1, 4, 4, true));
    expect(told()).toEqual([true, false, 4, 8]);
    streams.take(1, at(2), stream(1, 8, 1, true));
    streams.take(1, at(3), stream(1, 0, 4));
    expect(told()).toEqual([true, true, 9, 8]);
    streams.take(0, at(4), stream(0, 0, 1));
    expect(streams.all.map(({id}) => id)).toEqual([0, 1]);
    expect(streams.get(0)?.isWhole(0)).toBe(false);
  });

  it('the end alone, behind all octets', () => {
    const streams = new QuicStreams();
    streams.take(0, at(1), stream(0, 0, 3));
    expect(streams.take(0, at(2), stream(0, 3, 0, true))).toEqual([]);
    expect(streams.get(0)?.isWhole(0)).toBe(true);
  });
});

describe('packets that were lost (RFC 9002 §6.1.1)', () => {
  it('three later ones have been acknowledged', () => {
    const acks = new QuicAcks();
    for (let number = 0; number < 8; number++) acks.sent(1, 2, {number, frame: 100 + number});
    const lost = (...ranges: readonly (readonly [number, number])[]) => {
      acks.acknowledged(
        0,
        2,
        ranges.map(([first, last]) => ({first, last})),
        200,
      );
      return acks.lost(1);
    };
    expect(lost()).toEqual([]);
    expect(lost([2, 2])).toEqual([]);
    expect(lost([3, 3])).toEqual([100]);
    expect(lost([6, 6], [0, 0])).toEqual([101]);
    expect(lost([1, 1])).toEqual([]);
    expect(lost([7, 7])).toEqual([104]);
    expect(acks.lost(0)).toEqual([]);
  });

  it('levels have numbers of their own (RFC 9000 §12.3)', () => {
    const acks = new QuicAcks();
    acks.sent(0, 0, {number: 0, frame: 1});
    acks.sent(0, 1, {number: 0, frame: 2});
    acks.acknowledged(1, 1, [{first: 3, last: 9}], 10);
    acks.acknowledged(0, 0, [{first: 3, last: 9}], 10);
    expect(acks.lost(0)).toEqual([2]);
  });

  it('one that was overtaken by the ACK of later ones may still wait for its own', () => {
    const acks = new QuicAcks();
    acks.sent(1, 2, {number: 0, frame: 12});
    acks.acknowledged(0, 2, [{first: 5, last: 5}], 11);
    expect(acks.lost(1)).toEqual([]);
    acks.acknowledged(0, 2, [{first: 6, last: 6}], 13);
    expect(acks.lost(1)).toEqual([12]);
  });
});
