// The layout table, written by hand, and what sizes between its columns get.
import {expect, test} from 'vitest';
import {layoutOf, usualSpread} from '../../source/view/layout.ts';
import {some} from '../helpers/seeds.ts';

test('60×15', () => {
  const {kind, ladder, ladderTop, narration, timelineRow, keysRow} = layoutOf({columns: 60, rows: 15}, 'en');
  expect({kind, ladderTop, timelineRow, keysRow}).toEqual({
    kind: 'small',
    ladderTop: 4,
    timelineRow: 13,
    keysRow: 15,
  });
  expect(ladder).toMatchObject({bottom: 8, left: 2, right: 58});
  expect(narration).toMatchObject({row: 10, rows: 2, column: 3});
});

test('80×24', () => {
  const {ladder, ladderTop, narration, why, slots, timelineRow} = layoutOf({columns: 80, rows: 24}, 'en');
  expect({ladderTop, slots, timelineRow}).toEqual({ladderTop: 5, slots: [], timelineRow: 22});
  expect(ladder).toMatchObject({bottom: 13, left: 23, right: 59, timeEnd: 8});
  expect(narration).toEqual({row: 15, rows: 5, column: 5, columns: 72});
  expect(why).toMatchObject({row: 3, rows: 18});
  expect(layoutOf({columns: 80, rows: 24}, 'zh').narration.columns).toBe(68);
});

test('120×40', () => {
  const {ladder, narration, why, slots, timelineRow} = layoutOf({columns: 120, rows: 40}, 'en');
  expect(ladder).toMatchObject({bottom: 22, left: 28, right: 76});
  expect(narration).toEqual({row: 25, rows: 5, column: 5, columns: 112});
  expect(slots).toEqual([
    {place: 'side', region: {row: 3, rows: 20, column: 99, columns: 21}},
    {place: 'lower', region: {row: 31, rows: 6, column: 5, columns: 112}},
  ]);
  expect(why).toMatchObject({row: 19, rows: 18});
  expect(timelineRow).toBe(38);
});

test('200×60', () => {
  const {ladder, narration, slots, why, timelineRow} = layoutOf({columns: 200, rows: 60}, 'en');
  expect(ladder).toMatchObject({bottom: 36, right: 80});
  expect(narration).toMatchObject({row: 39, columns: 96});
  expect(slots.map(({region: {column, columns}}) => [column, column + columns - 1])).toEqual([
    [104, 150],
    [154, 199],
    [5, 80],
    [84, 199],
  ]);
  expect(slots[1]?.region).toBe(why);
  expect(slots[2]?.region).toMatchObject({row: 45, rows: 12});
  expect(timelineRow).toBe(58);
});

test('between sizes rows go to the ladder, columns to the distance between lifelines, up to 60', () => {
  for (const columns of some(
    Array.from({length: 181}, (_, index) => 80 + index),
    20,
  ))
    for (let rows = 24; rows <= 80; rows++) {
      const {ladder, ladderTop, narration, timelineRow, slots} = layoutOf({columns, rows}, 'en');
      expect(ladder.right - ladder.left).toBeLessThanOrEqual(60);
      expect(ladder.bottom).toBeLessThan(narration.row);
      expect(ladder.bottom - ladderTop).toBeGreaterThanOrEqual(8);
      expect(narration.row + narration.rows).toBeLessThanOrEqual(timelineRow);
      // State and time beside the right lifeline end before the panel, or the screen.
      expect(ladder.right + 20).toBeLessThan(slots[0]?.region.column ?? columns);
    }
  expect(layoutOf({columns: 80, rows: 30}, 'en').ladder.bottom).toBe(19);
  expect(layoutOf({columns: 104, rows: 24}, 'en').ladder.right).toBe(83);
});

test('120×40 beside a wide panel: 34 columns at the right, the ladder begins further left', () => {
  const {ladder, slots} = layoutOf({columns: 120, rows: 40}, 'en', {...usualSpread, wide: true});
  expect(ladder).toMatchObject({left: 23, right: 61});
  expect(slots[0]?.region).toMatchObject({column: 86, columns: 34});
});
