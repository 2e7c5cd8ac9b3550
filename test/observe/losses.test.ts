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

const {presumed, presumedLost, lost, delivered, unknown} = Verdict;
const nothing = {proved: 0, presumed: 0, frames: [], either: 0, eitherFrames: []};

test('presumed, proved and open ones are counted apart, the first frames are named in order', () => {
  expect(judged([9, lost], [3, presumedLost], [5, delivered], [7, unknown], [2, unknown])).toEqual({
    ...{proved: 1, presumed: 1, frames: [3, 9]},
    ...{either: 2, eitherFrames: [2, 7]},
  });
  expect(judged()).toEqual(nothing);
});

test('what turns out otherwise is taken back, what is proved after all is named once', () => {
  const one = (frame: number) => ({...nothing, proved: 1, frames: [frame]});
  expect(judged([3, presumedLost], [3, presumed], [4, presumedLost], [4, lost])).toEqual(one(4));
  expect(judged([3, presumedLost], [3, presumed], [3, lost])).toEqual(one(3));
  expect(judged([3, unknown], [3, lost])).toEqual(one(3));
  expect(judged([3, unknown], [3, delivered])).toEqual(nothing);
});

test('four are named at most, all are counted', () => {
  const told = judged(...Array.from({length: 50}, (_, index) => [50 - index, lost] as const));
  expect(told.proved).toBe(50);
  expect(told.frames).toHaveLength(4);
  expect(judged([1, lost], [2, lost], [3, lost], [4, lost], [5, lost]).frames).toEqual([1, 2, 3, 4]);
});
