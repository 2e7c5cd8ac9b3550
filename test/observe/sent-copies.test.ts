// Transmissions of the same numbers, by hand: what of them is covered, needed, missing.
import {describe, expect, test} from 'vitest';
import {
  type Copy,
  carriesMore,
  copyOf,
  isCovered,
  noteMissing,
  overlap,
  stillNeeded,
} from '../../source/observe/sent-copies.ts';
import {seq} from '../../source/wire/seq.ts';
import {ACK, FIN, SYN, segmentOf} from './segments.ts';

const copy = (first: number, end: number, more: Partial<Copy> = {}): Copy => ({
  ...copyOf({...segmentOf({frame: first, seq: first}), length: end - first}, {twin: false, isNew: true}),
  ...more,
});

test('SYN and FIN take a number each (RFC 9293 §3.4); a SYN alone calls', () => {
  const of = (flags: number) => copyOf(segmentOf({seq: 10, text: 'abc', flags}), {twin: true, isNew: false});
  expect(of(ACK)).toMatchObject({seq: 10, end: 13, calls: false, twin: true, isNew: false, covered: false});
  expect([of(FIN).end, of(SYN).end, of(SYN).calls, of(SYN | ACK).calls]).toEqual([14, 14, true, false]);
  expect(of(ACK)).toMatchObject({overtakenBy: 0, missedIn: 0, doubted: false, idle: false, again: 0});
});

test('they overlap where they have an octet in common', () => {
  const one = copy(10, 20);
  const others = [copy(0, 10), copy(0, 11), copy(12, 15), copy(19, 30), copy(20, 30)];
  expect(others.map((other) => [overlap(one, other), overlap(other, one)])).toEqual(
    [false, true, true, true, false].map((each) => [each, each]),
  );
});

test.each<readonly [others: readonly (readonly [number, number])[], boolean]>([
  [[], true],
  [[[10, 20]], false],
  [[[0, 30]], false],
  [[[11, 20]], true],
  [[[10, 19]], true],
  [
    [
      [15, 20],
      [10, 15],
    ],
    false,
  ],
  [
    [
      [16, 20],
      [10, 15],
    ],
    true,
  ],
  [
    [
      [10, 19],
      [11, 12],
      [19, 20],
    ],
    false,
  ],
])('others carry %j: more %s', (others, more) => {
  expect(
    carriesMore(
      copy(10, 20),
      others.map(([from, to]) => copy(from, to)),
    ),
  ).toBe(more);
});

test('covered: acknowledged, or all of it in one block (RFC 2018 §3)', () => {
  const block = (left: number, right: number) => ({left: seq(left), right: seq(right)});
  const is = (ack: number, ...blocks: readonly (readonly [number, number])[]) =>
    isCovered(
      copy(10, 20),
      seq(ack),
      blocks.map(([left, right]) => block(left, right)),
    );
  expect([is(20), is(19), is(0, [10, 20]), is(0, [5, 25])]).toEqual([true, false, true, true]);
  expect([is(0, [11, 20]), is(0, [10, 19]), is(0, [1, 2], [10, 20]), is(0)]).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test('needed: what is not acknowledged as a whole, and what shares numbers with that', () => {
  const covered = {covered: true};
  const all = [
    ...[copy(0, 10, covered), copy(10, 20, covered), copy(15, 25), copy(24, 30, covered)],
    ...[copy(30, 40, covered), copy(0, 5)],
  ];
  const needed = (ack: number) => stillNeeded(all, seq(ack)).map((each) => Number(each.seq));
  expect(needed(40)).toEqual([0, 10, 15, 24, 0]);
  expect(needed(39)).toEqual([0, 10, 15, 24, 30, 0]);
  expect(needed(40).length + stillNeeded([copy(30, 40, covered)], seq(40)).length).toBe(5);
});

describe('what left later is there', () => {
  test('the others are missing, each by how many new ones', () => {
    const covered = {covered: true};
    const all = [
      ...[copy(0, 10), copy(10, 20, covered), copy(20, 30), copy(30, 40, {covered: true, isNew: false})],
      ...[copy(40, 50, covered), copy(50, 60)],
    ];
    noteMissing(all, 7);
    expect(all.map(({overtakenBy, missedIn}) => [overtakenBy, missedIn])).toEqual([
      [2, 7],
      [0, 0],
      [1, 7],
      ...[
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ]);
  });
});
