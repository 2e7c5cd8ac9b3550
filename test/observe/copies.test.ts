// Packets that a capture has twice. Oracle: RFC 6864 §4.1, one identification for one packet as long as it may live; RFC 7323 §5.4 and
// RFC 6298 §2.1 for SYNs without one: the clock of the timestamps has run on before a SYN is said again.
import {describe, expect, test} from 'vitest';
import {Copies} from '../../source/observe/copies.ts';
import {seq} from '../../source/wire/seq.ts';
import {ACK, SYN, segmentOf} from './segments.ts';

const ports = (40_000 << 16) | 80;
type Segment = Parameters<Copies['take']>[2];
const segment = (more: Partial<Segment> = {}): Segment => ({
  ...segmentOf({seq: 1000, ack: 2000, flags: ACK}),
  ...{length: 10, stamp: 77, atUs: 0},
  ...more,
});

/** What the second of two is. */
const second = (first: Segment, again: Segment, {id = 7, idAgain = 7, portsAgain = ports} = {}) => {
  const copies = new Copies();
  expect(copies.take(id, ports, first)).toBeUndefined();
  return copies.take(idAgain, portsAgain, again);
};

describe('under an identification', () => {
  test('octet for octet the same: a copy, but for a SYN that a timer may have sent again (RFC 6298 §2.1)', () => {
    expect(second(segment(), segment())).toBe('copy');
    expect(second(segment(), segment({atUs: 9_000_000}))).toBe('copy');
    expect(second(segment({flags: SYN}), segment({flags: SYN, atUs: 800_000}))).toBe('copy');
    expect(second(segment({flags: SYN}), segment({flags: SYN, atUs: 1_000_000}))).toBe('again');
    const high = segment({seq: seq(0xffff_0000), ack: seq(0x8000_0001), stamp: 0xf000_0000});
    expect(second(high, high)).toBe('copy');
  });

  test.each<[string, Partial<Segment>]>([
    ['numbers', {seq: seq(1010)}],
    ['acknowledgment', {ack: seq(2001)}],
    ['flags', {flags: ACK | SYN}],
    ['length', {length: 11}],
    ['timestamp', {stamp: 78}],
  ])('another %s: another packet', (_, more) => {
    expect(second(segment(), segment(more))).toBe('again');
  });

  test('another identification, or other ports: nothing is known of it', () => {
    expect(second(segment(), segment(), {idAgain: 8})).toBeUndefined();
    expect(second(segment(), segment(), {idAgain: 7 + 1024})).toBeUndefined();
    expect(second(segment(), segment(), {portsAgain: ports + 1})).toBeUndefined();
  });

  test('the third is held against the second', () => {
    const copies = new Copies();
    const taken = [segment(), segment({length: 11}), segment({length: 11}), segment()].map((each) =>
      copies.take(7, ports, each),
    );
    expect(taken).toEqual([undefined, 'again', 'copy', 'again']);
  });
});

describe('without one, a SYN with a timestamp', () => {
  const syn = (atUs: number, more: Partial<Segment> = {}) => segment({flags: SYN, length: 0, atUs, ...more});
  const after = (us: number, more: Partial<Segment> = {}) =>
    second(syn(5_000_000), syn(5_000_000 + us, more), {id: 0, idAgain: 0});

  test('the same within a tenth of a second is a copy; within two ticks of the clock it may be either', () => {
    expect([1999, 2000, 99_999, 100_000].map((us) => after(us))).toEqual([
      undefined,
      'copy',
      'copy',
      undefined,
    ]);
    expect(after(5000, {seq: seq(1001)})).toBeUndefined();
  });

  test('no SYN, or no timestamp: nothing tells', () => {
    expect(second(segment({atUs: 0}), segment({atUs: 5000}), {id: 0, idAgain: 0})).toBeUndefined();
    expect(second(syn(0, {stamp: 0}), syn(5000, {stamp: 0}), {id: 0, idAgain: 0})).toBeUndefined();
  });
});
