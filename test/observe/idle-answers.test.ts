// As many answers that say nothing new, so many of the last repetitions were in vain (RFC 5681 §4.2, RFC 9293 §3.10.7.4); by hand.
import {expect, test} from 'vitest';
import {type Repeats, repeatsOf, toldBy} from '../../source/observe/idle-answers.ts';
import {copyOf} from '../../source/observe/sent-copies.ts';
import {segmentOf} from './segments.ts';

const copies = [1, 2, 3, 4, 5].map((frame) =>
  copyOf(segmentOf({frame, seq: 10 * frame, text: 'ten octets'}), {twin: false, isNew: false}),
);

const told = (
  given: Partial<Repeats>,
  {beyond = 0, due = [1, 2, 3, 4, 5]}: {beyond?: number; due?: readonly number[]} = {},
) => {
  const repeats = {...repeatsOf([...copies], given.filling ?? 1), ...given};
  const {idle, came} = toldBy(repeats, {isDue: ({frame}) => due.includes(frame), beyond});
  return `${idle.map(({frame}) => frame).join(' ')} / ${came.map(({frame}) => frame).join(' ')}`;
};

test('at first all are needed, and nobody has answered', () => {
  expect(repeatsOf(copies, 2)).toEqual({copies, needed: 5, filling: 2, answers: 0, reading: false});
});

test.each<readonly [string, Parameters<typeof told>, string]>([
  ['no answer', [{}], ' / '],
  ['two: the last two', [{answers: 2}], '4 5 / '],
  [
    // As many as there can be beside the one that moved it on: all have come.
    'most there can be',
    [{answers: 4}],
    '2 3 4 5 / 1 2 3 4 5',
  ],
  ['more than that', [{answers: 9}], '2 3 4 5 / 1 2 3 4 5'],
  ['something else moved it', [{answers: 5, filling: 0}], '1 2 3 4 5 / 1 2 3 4 5'],
  // Three may have moved it on, and one of them did.
  ['one of three did', [{answers: 4, filling: 3}], '2 3 4 5 / 1 2 3 4 5'],
  ['some answer other data', [{answers: 3}, {beyond: 1}], '4 5 / '],
  ['all of them may', [{answers: 3}, {beyond: 3}], ' / '],
  ['some are not due', [{answers: 2}, {due: [1, 2, 3]}], '2 3 / 1 2 3'],
  // What passed in vain came, and was not needed.
  ['an original came too', [{answers: 3, needed: 4}], '3 4 / '],
  ['another window behind three', [{answers: 3, reading: true}], '2 3 4 5 / 1 2 3 4 5'],
  // Here it may be the program, which has read.
  ['another window behind two', [{answers: 2, reading: true}], '4 5 / '],
  ['another window behind all', [{answers: 4, reading: true}], '2 3 4 5 / 1 2 3 4 5'],
  ['nothing is due', [{answers: 2}, {due: []}], ' / '],
])('%s', (_, given, expected) => {
  expect(told(...given)).toBe(expected);
});
