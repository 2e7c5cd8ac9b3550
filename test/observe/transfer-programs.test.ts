// What looks like a program that pauses and is none: Nagle's algorithm and stalls of the path, by hand.
import {describe, expect, test} from 'vitest';
import {paced} from './paced.ts';

// Two writes and one answer, the second write held until the first is acknowledged (RFC 9293 §3.7.4), which waits 40 ms.
describe('a small segment that leaves as the ACK of the one before comes', () => {
  const twoWrites = (bare: boolean, sentMs = 40.2) => {
    const {send, hear, waits} = paced();
    send(0, 0, {length: 10});
    hear(40, 10, 100_010, bare);
    send(sentMs, 10, {length: 10});
    return waits();
  };

  test('was held by Nagle’s algorithm: no program sees an ACK', () => {
    expect(twoWrites(true)).toEqual(['nagle 40.2 ms, 1 from 2']);
  });

  test('and with it an answer: its program had waited for that', () => {
    expect(twoWrites(false)).toEqual(['program 40.2 ms, 1 from 2']);
  });

  test('a millisecond later: its program had nothing to say until then', () => {
    expect(twoWrites(true, 41)).toEqual(['program 41 ms, 1 from 2']);
  });

  test('not yet acknowledged as a whole: it was not held', () => {
    const {send, waits} = paced();
    send(0, 0, {length: 10});
    send(40, 10, {length: 10});
    expect(waits()).toEqual(['program 40 ms, 1 from 2']);
  });
});

// RFC 7323 §3.2: a timestamp tells when its segment left.
describe('what left soon after what had come before it, and comes late', () => {
  const clock = {stamp: 1000, atUs: 0};
  const stalled = (stamp: number | undefined, more: {first?: number; again?: boolean} = {}) => {
    const {send, hear, waits} = paced();
    send(100, 0, {stamp: 1100, clock});
    hear(100, 1000);
    send(400, more.first ?? 1000, {stamp, clock, again: more.again ?? false});
    return waits();
  };

  test('was held up on the way, however idle its sender looks from here', () => {
    expect(stalled(1102)).toEqual(['stall 297 ms, 1 from 2']);
    expect(stalled(1400)).toEqual(['program 300 ms, 1 from 2']);
    expect(stalled(undefined)).toEqual(['program 300 ms, 1 from 2']);
  });

  test('by the sender’s own clock: this one ticks every ten milliseconds', () => {
    const slow = (stamp: number) => {
      const {send, hear, waits} = paced();
      const begun = {stamp: 1000, atUs: 0};
      send(300, 0, {stamp: 1030, clock: begun});
      hear(300, 1000);
      send(900, 1000, {stamp, clock: begun});
      return waits();
    };
    expect(slow(1090)).toEqual(['program 600 ms, 1 from 2']);
    expect(slow(1032)).toEqual(['stall 570 ms, 1 from 2']);
  });

  test('longer than 50 ms, and than half of the time', () => {
    const of = (stamp: number, atMs: number) => {
      const {send, hear, waits} = paced();
      send(100, 0, {stamp: 1100, clock});
      hear(100, 1000);
      send(100 + atMs, 1000, {stamp, clock});
      return waits().join();
    };
    expect([of(1100, 51), of(1100, 52)]).toEqual(['program 51 ms, 1 from 2', 'stall 51 ms, 1 from 2']);
    expect([of(1149, 100), of(1148, 100)]).toEqual(['program 100 ms, 1 from 2', 'stall 51 ms, 1 from 2']);
  });

  test('but what is sent again was waited for as a loss', () => {
    expect(stalled(1102, {first: 0, again: true})).toEqual(['loss 300 ms, 1 from 2']);
  });
});
