// What a RST answers, and what nobody answered; worked out by hand from RFC 9293 §3.10.7.1, §3.8.4 and RFC 5681 §4.2, and as Linux 6.18
// was recorded. The place of the capture is beside end 0, 10 ms from end 1.
import {describe, expect, test} from 'vitest';
import {FIN, RST, SYN} from './segments.ts';
import {ack, afterwards, data, fatesOf, opening, type Passed, presumed, sack, unknown} from './tcp-passed.ts';

const at = (atUs: number, passed: Passed): Passed => ({...passed, atUs});
/** It has no ACK, and the number that the segment acknowledged. */
const rst = (atUs: number, seq = 300): Passed => ({side: 1, seq, flags: RST, atUs});
const fin = (atUs: number): Passed => ({side: 0, seq: 110, ack: 300, flags: FIN, atUs});

describe('a RST without ACK answers the segment that acknowledges its number (RFC 9293 §3.10.7.1)', () => {
  // Linux 6.18: a host whose socket is gone answers each copy of the FIN with such a RST.
  test('so that each of two copies has come', () => {
    const fates = afterwards(
      ...[
        at(80_000, data(100)),
        at(100_000, ack(110)),
        fin(110_000),
        rst(130_000),
        fin(400_000),
        rst(420_000),
      ],
    );
    expect([fates[2], fates[4]]).toEqual([`${presumed} 7`, `${presumed} 9`]);
  });

  test('data first, the FIN behind them then', () => {
    const fates = afterwards(at(80_000, data(100)), fin(80_000), rst(100_000), rst(100_000));
    expect(fates.slice(0, 2)).toEqual([`${presumed} 6`, `${presumed} 7`]);
  });

  test('what had been acknowledged is not what it answers', () => {
    const fates = afterwards(
      ...[at(80_000, data(100)), at(100_000, data(110)), at(101_000, ack(110)), rst(120_000)],
    );
    expect(fates.slice(0, 2)).toEqual(['delivered proved 6', `${presumed} 7`]);
  });

  test('nor what is still on its way, nor under another number', () => {
    const of = (...passed: readonly Passed[]) => afterwards(at(80_000, data(100)), ...passed)[0];
    expect(of(rst(99_000))).toBe(presumed);
    expect(of(rst(100_000, 299))).toBe(presumed);
    expect(of({...rst(100_000), ack: 100})).toBe(presumed);
    expect(of(rst(100_000))).toBe(`${presumed} 5`);
  });

  test('of two copies the one that may have come just before; of two such ones the first', () => {
    const twice = [at(80_000, data(100)), at(300_000, data(100))];
    expect(afterwards(...twice, rst(320_000)).slice(0, 2)).toEqual([`${unknown} 5`, `${presumed} 6`]);
    const late = rst(400_000);
    expect(afterwards(...twice, late).slice(0, 2)).toEqual([`${unknown} 5`, `${unknown} 4`]);
  });

  test('behind what was acknowledged already, too', () => {
    const fates = afterwards(
      ...[at(80_000, data(100)), at(100_000, ack(110)), at(101_000, data(100)), rst(121_000)],
    );
    expect(fates[2]).toBe(`${presumed} 7`);
  });
});

describe('a keep-alive probe', () => {
  const probe = (atUs: number): Passed => ({side: 0, seq: 109, ack: 300, atUs});
  const idle = [at(80_000, data(100)), at(100_000, ack(110))];

  test('that is followed by another had no answer: it was lost, or that was (RFC 9293 §3.8.4)', () => {
    const fates = afterwards(...idle, probe(1_100_000), probe(2_100_000), {...rst(3_100_000, 110), side: 0});
    expect(fates.slice(2)).toEqual([`${unknown} 7`, `${unknown} 8`, presumed]);
  });

  test('that was answered is not in vain, whatever follows', () => {
    const fates = afterwards(
      ...[...idle, probe(1_100_000), at(1_120_000, ack(110)), probe(2_100_000), at(2_120_000, ack(110))],
    );
    expect([fates[2], fates[4]]).toEqual([presumed, presumed]);
  });

  // Linux 6.18, tcp_invalid_ratelimit: one such answer in half a second.
  test('that came within half a second of another answer may have had none for that alone', () => {
    const fates = afterwards(
      ...idle,
      probe(1_100_000),
      at(1_120_000, ack(110)),
      probe(1_600_000),
      probe(2_600_000),
    );
    expect(fates[4]).toBe(presumed);
  });

  test('that was sent a moment ago may still be answered', () => {
    const fates = afterwards(...idle, probe(1_100_000), probe(1_120_000));
    expect(fates[2]).toBe(presumed);
  });
});

// RFC 5681 §4.2: what comes out of order is answered at once; RFC 9293 §3.8.6.3: other data within 500 ms.
describe('data behind what is sent again and again', () => {
  const flight = [100, 110, 120].map((first) => at(80_000, data(first)));

  test('are not presumed to have come once an answer is overdue: it was lost, or they were', () => {
    const fates = afterwards(...flight, at(300_000, data(100)), at(700_000, data(100)));
    expect(fates.slice(1, 3)).toEqual([`${unknown} 8`, `${unknown} 8`]);
    expect(afterwards(...flight, at(300_000, data(100))).slice(1, 3)).toEqual([presumed, presumed]);
  });

  test('may have come where the other end has said something since', () => {
    const fates = afterwards(
      ...flight,
      at(110_000, ack(100)),
      at(300_000, data(100)),
      at(700_000, data(100)),
    );
    expect(fates.slice(1, 3)).toEqual([presumed, presumed]);
  });

  test('have come where they are acknowledged in the end', () => {
    const again = [at(300_000, data(100)), at(700_000, data(100))];
    const fates = afterwards(...flight, ...again, at(720_000, ack(100, sack([110, 130]))));
    expect(fates.slice(1, 3)).toEqual(['delivered proved 9', 'delivered proved 9']);
  });
});

// RFC 9293 §3.10.7.4, fourth check; RFC 5961 §4: whoever still has the older connection answers its SYN so.
test('a SYN that draws a challenge ACK has come', () => {
  const syn = (atUs: number): Passed => ({side: 0, seq: 99, flags: SYN, opening, atUs});
  const challenge: Passed = {side: 1, seq: 5000, ack: 7000, atUs: 40_000};
  const reset: Passed = {side: 0, seq: 7000, flags: RST, atUs: 41_000};
  const synAck: Passed = {side: 1, seq: 299, ack: 100, flags: SYN, opening, atUs: 1_060_000};
  const fates = fatesOf(syn(20_000), challenge, reset, syn(1_040_000), synAck);
  expect([fates[0], fates[3]]).toEqual([`${presumed} 2`, 'delivered proved 5']);
  const twice = fatesOf(syn(20_000), syn(30_000), challenge, reset);
  expect(twice.slice(0, 2)).toEqual([`${unknown} 2`, unknown]);
});
