// Times there and back, measured where packets pass. Oracles: RFC 6298 §3 and Karn's rule; the numbers are worked out by hand.
import {expect, test} from 'vitest';
import type {Side} from '../../source/observe/connections.ts';
import {FlightTimes} from '../../source/observe/flight-times.ts';
import {Flag} from '../../source/observe/seen-segment.ts';
import {seq} from '../../source/wire/seq.ts';

type Passed = {
  readonly atUs: number;
  readonly seq: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly length?: number;
};

type Course = readonly (readonly [Side, Passed])[];

/** Segments of side 0 and side 1 as they pass; RST, SYN and FIN by their flags, ACK where there is a number. */
const timesOf = (...segments: Course): FlightTimes => {
  const times = new FlightTimes();
  for (const [side, {atUs, seq: first, ack, flags = 0, length = 0}] of segments)
    times.take(side, {
      atUs,
      seq: seq(first),
      ack: seq(ack ?? 0),
      flags: flags | (ack === undefined ? 0 : Flag.ack),
      length,
    });
  return times;
};

const roundsOf = (...segments: Course) => timesOf(...segments).rounds;

const text = (atUs: number, at: number, length: number, more = {}): readonly [Side, Passed] => [
  0,
  {atUs, seq: at, ack: 1, length, ...more},
];
const ack = (atUs: number, to: number): readonly [Side, Passed] => [1, {atUs, seq: 1, ack: to}];

test('from a segment to the acknowledgment of all of it', () => {
  expect(roundsOf(text(1000, 100, 10), ack(1700, 109))).toEqual([undefined, undefined]);
  expect(roundsOf(text(1000, 100, 10), ack(1700, 109), ack(1900, 110))).toEqual([undefined, 900]);
  expect(roundsOf([1, {atUs: 5, seq: 7, ack: 1, length: 1}], [0, {atUs: 11, seq: 1, ack: 8}])).toEqual([
    6,
    undefined,
  ]);
});

test('the least of all is what the way takes', () => {
  const samples = [text(0, 100, 10), ack(900, 110), text(2000, 110, 10), ack(2500, 120)];
  expect(roundsOf(...samples)).toEqual([undefined, 500]);
  expect(roundsOf(...samples, text(4000, 120, 10), ack(4800, 130))).toEqual([undefined, 500]);
});

test('one segment is timed at a time (RFC 6298 §3)', () => {
  expect(roundsOf(text(0, 100, 10), text(300, 110, 10), ack(800, 120))).toEqual([undefined, 800]);
});

test('what was sent twice gives no sample (Karn), what comes after it does', () => {
  const twice = [text(0, 100, 10), text(1000, 100, 10), ack(1100, 110)];
  expect(roundsOf(...twice)).toEqual([undefined, undefined]);
  expect(roundsOf(...twice, text(2000, 110, 10), ack(2400, 120))).toEqual([undefined, 400]);
  // Sent again in part: nobody knows either which was acknowledged.
  expect(roundsOf(text(0, 100, 10), text(500, 105, 5), ack(600, 110))).toEqual([undefined, undefined]);
});

test('a SYN that was sent twice counts from the second, and only as long as there is nothing better', () => {
  const syn = (atUs: number): readonly [Side, Passed] => [0, {atUs, seq: 99, flags: Flag.syn}];
  const synAck: readonly [Side, Passed] = [1, {atUs: 1_050_000, seq: 0, ack: 100, flags: Flag.syn}];
  expect(roundsOf(syn(0), syn(1_000_000), synAck)).toEqual([undefined, 50_000]);
  const later = [text(2_000_000, 100, 10), ack(2_080_000, 110)];
  expect(timesOf(syn(0), syn(1_000_000), synAck).surely(1)).toBeUndefined();
  expect(timesOf(syn(0), syn(1_000_000), synAck, ...later).surely(1)).toBe(80_000);
  // The SYN,ACK has its own time to the next ACK of the other side.
  expect(roundsOf(syn(0), syn(1_000_000), synAck, ...later)).toEqual([950_000, 80_000]);
  // Once is a sample like others.
  expect(roundsOf(syn(1_000_000), synAck, ...later)).toEqual([950_000, 50_000]);
});

test('nothing is waited for behind a bare ACK or a RST', () => {
  expect(roundsOf([0, {atUs: 0, seq: 100, ack: 1}], ack(70, 100))).toEqual([undefined, undefined]);
  expect(roundsOf(text(0, 100, 10, {flags: Flag.rst}), ack(70, 110))).toEqual([undefined, undefined]);
  // The number that stands where there is no ACK says nothing.
  expect(roundsOf(text(0, 100, 10), [1, {atUs: 50, seq: 1, length: 1}])).toEqual([undefined, undefined]);
});

test('a FIN takes a number, and numbers go round', () => {
  expect(roundsOf([0, {atUs: 0, seq: 100, ack: 1, flags: Flag.fin}], ack(30, 101))).toEqual([undefined, 30]);
  expect(roundsOf(text(0, 2 ** 32 - 5, 10), ack(60, 4), ack(90, 5))).toEqual([undefined, 90]);
});

test('times that run backwards are no times', () => {
  expect(roundsOf(text(1000, 100, 10), ack(900, 110))).toEqual([undefined, undefined]);
  expect(roundsOf(text(1000, 100, 10), ack(1000, 110))).toEqual([undefined, 0]);
});
