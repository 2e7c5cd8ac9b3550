// SACK blocks as Linux keeps them. Oracle: RFC 2018 §4 (the newest first, then the most recent), tcp_sack_new_ofo_skb by hand.
import {expect, test} from 'vitest';
import {isUnexpected, noted, without} from '../../../source/stack/tcp/sack-list.ts';
import {seq} from '../../../source/wire/seq.ts';

/** `10-20 30-40` */
const listed = (text: string) =>
  (text.match(/\d+-\d+/g) ?? []).map((block) => {
    const [left = 0, right = 0] = block.split('-').map(Number);
    return {left: seq(left), right: seq(right)};
  });
const block = (text: string) => listed(text)[0] ?? {left: seq(0), right: seq(0)};
const text = (list: ReturnType<typeof listed>): string =>
  list.map(({left, right}) => `${left}-${right}`).join(' ');

test.each([
  ['', '10-20', '10-20'],
  ['10-20', '30-40', '30-40 10-20'],
  // What touches one makes it longer, and the newest.
  ['30-40 10-20', '20-25', '10-25 30-40'],
  ['30-40 10-20', '5-10', '5-20 30-40'],
  ['30-40 10-20', '12-15', '10-20 30-40'],
  // It may close the gap between two, or three.
  ['50-60 30-40 10-20', '20-30', '10-40 50-60'],
  ['50-60 30-40 10-20', '20-50', '10-60'],
  ['30-40 10-20', '21-29', '21-29 30-40 10-20'],
  // Four are kept.
  ['70-80 50-60 30-40 10-20', '90-95', '90-95 70-80 50-60 30-40'],
  ['70-80 50-60 30-40 10-20', '20-25', '10-25 70-80 50-60 30-40'],
])('%s, and %s comes: %s', (list, came, then) => {
  expect(text([...noted(listed(list), block(came))])).toBe(then);
});

test('a sender cannot know from two blocks what has come behind them (TCP_SACK_BLOCKS_EXPECTED)', () => {
  const list = listed('50-60 30-40 10-20');
  expect(['60-65', '40-45', '20-25', '80-90'].map((came) => isUnexpected(list, block(came)))).toEqual([
    ...[false, false, true, true],
  ]);
  expect([isUnexpected([], block('1-2')), isUnexpected(listed('5-6'), block('1-2'))]).toEqual([false, false]);
});

test('what has come into its turn goes', () => {
  expect([9, 10, 30, 31].map((nxt) => text([...without(listed('30-40 10-20'), seq(nxt))]))).toEqual([
    ...['30-40 10-20', '30-40', '', ''],
  ]);
});
