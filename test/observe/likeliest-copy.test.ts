// Which of several transmissions an acknowledgment answers; by hand, with a way of 10 ms there and back.
import {describe, expect, test} from 'vitest';
import {type Heard, holds, isOverdue, likeliest, missedIn} from '../../source/observe/likeliest-copy.ts';
import {type Copy, copyOf} from '../../source/observe/sent-copies.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

const copy = (atUs: number, more: Partial<Copy> = {}): Copy => ({
  ...copyOf(segmentOf({seq: 100, text: 'ten octets', atUs}), {twin: false, isNew: true}),
  ...more,
});

const heard = (atUs: number, more: Partial<Heard> = {}): Heard => ({
  ...{frame: 9, ack: seq(110), atUs, echo: undefined, blocks: [], isSyn: false, answers: true},
  ...{before: seq(100), beforeIn: 5, beforeUs: 0, reports: false, hasSaidMore: false},
  roundUs: 10_000,
  surelyUs: 10_000,
  ...more,
});

test('a transmission holds its numbers, the end excluded', () => {
  expect([99, 100, 109, 110].map((number) => holds(copy(0), seq(number)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

// 1.5 × 10 ms and what an end may take.
test('overdue after one and a half ways and a millisecond', () => {
  expect([15_999, 16_000].map((us) => isOverdue(us, 10_000))).toEqual([false, true]);
});

describe('missed', () => {
  test('where its receiver spoke late enough as if it had not come', () => {
    expect(missedIn(copy(0), heard(0, {beforeUs: 16_000}))).toBe(5);
    expect(missedIn(copy(0), heard(0, {beforeUs: 15_999}))).toBe(0);
    expect(missedIn(copy(1), heard(0, {beforeUs: 16_000}))).toBe(0);
    expect(missedIn(copy(0), heard(0, {beforeUs: 16_000, before: seq(110)}))).toBe(0);
    expect(missedIn(copy(0), heard(0, {beforeUs: 16_000, before: undefined}))).toBe(5);
    expect(missedIn(copy(0, {missedIn: 3}), heard(0))).toBe(3);
  });

  test('of an unknown way what its receiver takes is enough, unless it had said nothing yet', () => {
    const roundUs = undefined;
    expect(missedIn(copy(0), heard(0, {beforeUs: 1000, roundUs}))).toBe(5);
    expect(missedIn(copy(0), heard(0, {beforeUs: 999, roundUs}))).toBe(0);
    expect(missedIn(copy(0), heard(0, {beforeUs: 1e9, before: undefined, roundUs}))).toBe(0);
  });
});

describe('likeliest', () => {
  test('the only one that was not missed', () => {
    expect(likeliest([copy(0, {missedIn: 3}), copy(50_000)], heard(50_001))).toBe(1);
    expect(likeliest([copy(0), copy(50_000, {missedIn: 3})], heard(50_001))).toBe(0);
  });

  test('the last, if the way is not too long for it and the others are overdue', () => {
    const both = [copy(0), copy(20_000)];
    expect(likeliest(both, heard(30_000))).toBe(1);
    expect(likeliest(both, heard(29_999))).toBe(-1);
    expect(likeliest([copy(0), copy(5000)], heard(15_999))).toBe(-1);
    expect(likeliest([copy(0), copy(5000)], heard(16_000))).toBe(1);
    expect(likeliest([copy(0), copy(9000), copy(20_000)], heard(30_000))).toBe(1 + 1);
    expect(likeliest([copy(0), copy(15_000), copy(20_000)], heard(30_000))).toBe(-1);
  });

  // Karn: how long the way is, the answer in question cannot say itself.
  test('nobody knows while no answer has measured the way', () => {
    expect(likeliest([copy(0), copy(20_000)], heard(30_000, {surelyUs: undefined}))).toBe(-1);
    expect(likeliest([copy(0), copy(20_000)], heard(30_000, {roundUs: undefined}))).toBe(1);
  });

  test('nobody knows of what would have left unasked, or where all were missed', () => {
    expect(likeliest([copy(0), copy(20_000)], heard(30_000, {answers: false}))).toBe(-1);
    const missed = [copy(0, {missedIn: 2}), copy(10_000, {missedIn: 3})];
    expect(likeliest(missed, heard(19_999))).toBe(-1);
  });

  test('SYN,ACK answers a SYN', () => {
    const copies = [copy(0, {calls: true}), copy(1000)];
    expect(likeliest(copies, heard(2000, {isSyn: true}))).toBe(0);
    expect(likeliest(copies, heard(2000))).toBe(-1);
  });
});
