// What TCP reckons, apart from any connection. Oracles: the formulas of RFC 6298 and 5681 in exact numbers, and a plain model of
// what has come before its turn.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {halved} from '../../../source/stack/tcp/congestion.ts';
import {endOf} from '../../../source/stack/tcp/flight.ts';
import {halfOpenLimit} from '../../../source/stack/tcp/listen-queue.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {type Block, insertBlock, sackBlocks, takeInOrder} from '../../../source/stack/tcp/reassembly.ts';
import {backOff, rttSample} from '../../../source/stack/tcp/rto.ts';
import {makeCookie, readCookie} from '../../../source/stack/tcp/syn-cookie.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {runs} from '../../helpers/seeds.ts';

const {linux, rfc, freebsd} = profiles;
const fresh = {srttUs: undefined, rttvarUs: undefined, rtoUs: 1_000_000};

describe('the time-out (RFC 6298 §2)', () => {
  test('SRTT and RTTVAR are the nearest whole microseconds to what the formulas give', () => {
    const micros = fc.integer({min: 1, max: 10_000_000});
    fc.assert(
      fc.property(micros, micros, micros, (srttUs, rttvarUs, sampleUs) => {
        const first = rttSample(fresh, sampleUs, rfc);
        expect(first.srttUs).toBe(sampleUs);
        expect(Math.abs((first.rttvarUs ?? Number.NaN) - sampleUs / 2)).toBeLessThanOrEqual(0.5);
        const next = rttSample({srttUs, rttvarUs, rtoUs: 1}, sampleUs, rfc);
        const srtt = (7 * srttUs + sampleUs) / 8;
        const rttvar = (3 * rttvarUs + Math.abs(srttUs - sampleUs)) / 4;
        expect(Math.abs((next.srttUs ?? Number.NaN) - srtt)).toBeLessThanOrEqual(0.5);
        expect(Math.abs((next.rttvarUs ?? Number.NaN) - rttvar)).toBeLessThanOrEqual(0.5);
      }),
      {numRuns: runs(400, 100)},
    );
  });

  test('a half is rounded up', () => {
    expect(rttSample(fresh, 3, rfc).rttvarUs).toBe(2);
    expect(rttSample({srttUs: 4, rttvarUs: 6, rtoUs: 1}, 8, rfc)).toMatchObject({srttUs: 5, rttvarUs: 6});
  });

  test('it lies within its bounds: a second (§2.4), 200 ms over the variance, 60 s or 120 s (§2.5)', () => {
    const rto = (sampleUs: number, settings: typeof rfc): number =>
      rttSample(fresh, sampleUs, settings).rtoUs;
    expect([rto(1, rfc), rto(333_332, rfc), rto(333_334, rfc)]).toEqual([1_000_000, 1_000_000, 1_000_002]);
    expect([rto(1, linux), rto(1000, linux), rto(200_000, linux)]).toEqual([200_001, 201_000, 600_000]);
    for (const settings of [linux, rfc, freebsd]) expect(rto(400_000_000, settings)).toBe(settings.maxRtoUs);
  });

  test('it doubles up to its maximum (§5.5)', () => {
    expect([1_000_000, rfc.maxRtoUs / 2, rfc.maxRtoUs].map((us) => backOff(us, rfc))).toEqual([
      2_000_000,
      rfc.maxRtoUs,
      rfc.maxRtoUs,
    ]);
  });

  test('BSD’s slop stands in it once', () => {
    const {rtoSlopUs} = freebsd;
    expect(rtoSlopUs).toBeGreaterThan(0);
    expect(rttSample(fresh, 400_000, freebsd).rtoUs).toBe(400_000 + 4 * 200_000 + rtoSlopUs);
    expect(backOff(500_000 + rtoSlopUs, freebsd)).toBe(1_000_000 + rtoSlopUs);
    expect(backOff(500_000, freebsd, {slopless: true})).toBe(1_000_000 + rtoSlopUs);
  });
});

test('the congestion window is halved to whole octets, and not below two segments (RFC 5681 §3.1, equation 4)', () => {
  expect([5001, 5000, 2001, 2000, 1999, 0].map((flight) => halved(flight, 1000))).toEqual([
    2500, 2500, 2000, 2000, 2000, 2000,
  ]);
});

test('half-open connections: one more than the backlog (Linux 6.18, asked with listen(4) and nine SYNs), at most the queue; or the size of the cache; one at least', () => {
  const limit = (backlog: number, synQueue: number, synCache: number | 'off'): number =>
    halfOpenLimit(backlog, {...linux, synQueue, synCache});
  expect([limit(5, 128, 'off'), limit(500, 128, 'off'), limit(0, 128, 'off')]).toEqual([6, 128, 1]);
  expect([limit(5, 128, 30), limit(500, 128, 0)]).toEqual([30, 1]);
});

test('a SYN cookie is known in its minute and the next (net/ipv4/syncookies.c), and says the MSS that fits', () => {
  const minute = 60_000_000;
  const key = {
    secret: new Uint8Array(16).fill(7),
    local: {ip: '198.51.100.20', port: 80},
    remote: {ip: '192.0.2.10', port: 40_000},
  };
  const read = (madeUs: number, nowUs: number, mss = 1460): number | undefined =>
    readCookie({...key, nowUs}, seq(1000), makeCookie({...key, nowUs: madeUs}, seq(1000), mss));
  expect([0, minute - 1, minute, 2 * minute - 1].map((nowUs) => read(0, nowUs))).toEqual([
    1460, 1460, 1460, 1460,
  ]);
  expect(read(0, 2 * minute)).toBeUndefined();
  expect(read(minute - 1, 2 * minute)).toBeUndefined();
  expect(read(minute, 2 * minute)).toBe(1460);
  expect([100, 536, 1299, 1300, 1439, 1440, 1459, 1460, 9000].map((mss) => read(5, 5, mss))).toEqual([
    536, 536, 536, 1300, 1300, 1440, 1440, 1460, 1460,
  ]);
});

describe('what came before its turn', () => {
  const base = seq(0xffff_fff0);
  const piece = fc.tuple(fc.integer({min: 1, max: 40}), fc.integer({min: 0, max: 9}));
  const octetsAt = (from: number, length: number, turn: number): Uint8Array =>
    Uint8Array.from({length}, () => turn).map((octet, at) => octet * 64 + ((from + at) % 64));

  test('is kept as it came first, in runs that do not touch; the newest is reported first (RFC 2018 §4)', () => {
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 12}), fc.integer({min: 1, max: 4}), (pieces, limit) => {
        const model = new Map<number, number>();
        let blocks: readonly Block[] = [];
        const touched: number[] = [];
        for (const [turn, [from, length]] of pieces.entries()) {
          const data = octetsAt(from, length, turn % 4);
          blocks = insertBlock(blocks, seqAdd(base, from), ropeFromBytes(data));
          for (const [at, octet] of data.entries()) if (!model.has(from + at)) model.set(from + at, octet);
          if (length > 0) touched.unshift(from);
        }
        const places = [...model.keys()].sort((a, b) => a - b);
        const starts = places.filter((at) => !model.has(at - 1));
        expect(blocks.map((block) => block.seq)).toEqual(starts.map((at) => seqAdd(base, at)));
        const kept = blocks.flatMap(({data}) => [...ropeToBytes(data)]);
        expect(kept).toEqual(places.map((at) => model.get(at)));
        // Which run an octet is in: the greatest start that is not beyond it.
        const runOf = (at: number): number => starts.findLast((start) => start <= at) ?? -1;
        const newest = [...new Set(touched.map(runOf))].slice(0, limit);
        const told = sackBlocks(blocks, base, limit);
        expect(told.map(({left}) => left)).toEqual(newest.map((at) => seqAdd(base, at)));
        for (const [index, start] of newest.entries()) {
          let end = start;
          while (model.has(end)) end += 1;
          expect(told[index]?.right).toBe(seqAdd(base, end));
        }
      }),
      {numRuns: runs(600, 150)},
    );
  });

  test('is taken when its turn has come, and not reported any more', () => {
    const blocks = [5, 20].reduce<readonly Block[]>(
      (list, from) => insertBlock(list, seqAdd(base, from), ropeFromBytes(octetsAt(from, 3, 1))),
      [],
    );
    expect(takeInOrder(blocks, seqAdd(base, 4))).toBeUndefined();
    const taken = takeInOrder(blocks, seqAdd(base, 5));
    expect(taken?.data.length).toBe(3);
    expect(taken?.rest).toEqual(blocks.slice(1));
    expect(sackBlocks(blocks, seqAdd(base, 5), 4).map(({left}) => left)).toEqual([seqAdd(base, 20)]);
    expect(sackBlocks(blocks, seqAdd(base, 4), 4)).toHaveLength(2);
  });
});

// RFC 9293 §3.4: SYN and FIN take a number each, PSH and ACK none.
test.each([
  [0, TcpFlag.SYN, 101],
  [0, TcpFlag.FIN | TcpFlag.ACK, 101],
  [10, TcpFlag.PSH | TcpFlag.ACK, 110],
  [10, TcpFlag.SYN | TcpFlag.FIN, 112],
])('%i octets with flags %i from 100 end before %i', (lengthBytes, flags, end) => {
  expect(endOf({seq: seq(100), lengthBytes, flags})).toBe(end);
});
