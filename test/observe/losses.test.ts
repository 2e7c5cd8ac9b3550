// Which packets were lost, counted while verdicts change. Oracle: the verdicts themselves, counted at the end.
import {expect, test} from 'vitest';
import {FateColumns, Verdict} from '../../source/observe/fate-columns.ts';
import {Losses} from '../../source/observe/losses.ts';

const judged = (...changes: readonly (readonly [frame: number, after: Verdict])[]) => {
  const fates = new FateColumns();
  const losses = new Losses();
  for (const [frame, after] of changes) {
    losses.change(frame, fates.verdict(frame), after);
    fates.set(frame, after);
  }
  return losses.told(fates);
};

const {presumed, presumedLost, lost, delivered} = Verdict;

test('presumed and proved ones are counted apart, the first frames are named in order', () => {
  expect(judged([9, lost], [3, presumedLost], [5, delivered])).toEqual({
    proved: 1,
    presumed: 1,
    frames: [3, 9],
  });
  expect(judged()).toEqual({proved: 0, presumed: 0, frames: []});
});

test('what turns out otherwise is taken back, what is proved after all is named once', () => {
  expect(judged([3, presumedLost], [3, presumed], [4, presumedLost], [4, lost])).toEqual({
    proved: 1,
    presumed: 0,
    frames: [4],
  });
  expect(judged([3, presumedLost], [3, presumed], [3, lost])).toEqual({proved: 1, presumed: 0, frames: [3]});
});

test('four are named at most, all are counted', () => {
  const many = Array.from({length: 50}, (_, index) => [50 - index, lost] as const);
  const told = judged(...many);
  expect(told.proved).toBe(50);
  expect(told.frames).toHaveLength(4);
  expect(judged([1, lost], [2, lost], [3, lost], [4, lost], [5, lost]).frames).toEqual([1, 2, 3, 4]);
});
