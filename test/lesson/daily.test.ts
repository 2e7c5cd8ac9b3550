// The challenge of the day. Oracle: the dates of JavaScript, and the choices of one week written down.
import {expect, test} from 'vitest';
import {dailyOf, dayNumber} from '../../source/lesson/daily.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const dayMs = 86_400_000;
const dates = Array.from({length: 600}, (_, day) =>
  new Date(Date.UTC(2026, 10, 30) + day * dayMs).toISOString().slice(0, 10),
);

test('every day of 130 years has the next number, and what is no date has none', () => {
  const days = Array.from({length: 130 * 365}, (_, day) => day);
  const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
  expect(days.filter((day) => dayNumber(dateOf(day)) !== day)).toEqual([]);
  for (const wrong of ['', '2026-13-01', '2026-00-10', '2026-1-1', 'today', '2026-11-32'])
    expect(dayNumber(wrong), wrong).toBeUndefined();
});

test('a day has the same challenge whatever the order of the list is, and all of them have their turn', () => {
  for (const date of dates) expect(dailyOf(date, ids)).toBe(dailyOf(date, ids.toReversed()));
  const counts = ids.map((id) => dates.filter((date) => dailyOf(date, ids) === id).length);
  for (const count of counts) expect(count).toBeGreaterThan(60);
  expect(dailyOf('2026-11-30', [])).toBeUndefined();
});

test('the week that begins on 30 November 2026', () => {
  expect(
    dates
      .slice(0, 7)
      .map((date) => dailyOf(date, ids))
      .join(''),
  ).toBe('badbfec');
});
