// The challenge of the day. Oracle: the dates of JavaScript, and the choices of one week written down.
import {expect, test} from 'vitest';
import {dailyOf, dayNumber} from '../../source/lesson/daily.ts';
import {readGeneratedId} from '../../source/lesson/generated-id.ts';
import {sorts} from '../../source/lesson/tracks.ts';

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

test('a day has the same challenge whatever the order of the list is, and every round has all of them once', () => {
  for (const date of dates) expect(dailyOf(date, ids)).toBe(dailyOf(date, ids.toReversed()));
  const many = Array.from({length: 40}, (_, n) => `c${n}`);
  const written = dates
    .map((date) => dailyOf(date, many))
    .filter((id) => id?.startsWith('c') && !id.includes('-'));
  // Five days a week, and the rounds are counted from 1970: the first whole one begins within 40 written days.
  const starts = written.map((_, at) => new Set(written.slice(at, at + 40)).size);
  expect(starts.indexOf(40)).toBeLessThan(40);
  expect(starts.filter((size) => size === 40).length).toBeGreaterThanOrEqual(10);
  expect(dailyOf('2026-11-30', [])).toBeUndefined();
  expect(dailyOf('2026-11-31x', ids)).toBeUndefined();
});

test('no challenge comes back within 35 days', () => {
  const many = Array.from({length: 40}, (_, n) => `c${n}`);
  const days = dates.map((date) => dailyOf(date, many));
  const gaps = days.flatMap((id, at) => {
    const before = days.lastIndexOf(id, at - 1);
    return at === 0 || before < 0 ? [] : [at - before];
  });
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(35);
});

test('on Sundays and Wednesdays it is a generated one: the sorts take turns, and all kinds of each come', () => {
  const made = dates.flatMap((date) => {
    const read = readGeneratedId(dailyOf(date, ids) ?? '');
    const isMade = [0, 3].includes(new Date(date).getUTCDay());
    expect(read !== undefined, date).toBe(isMade);
    return read ? [read] : [];
  });
  expect(made.slice(0, 6).map(({sort}) => sort)).toEqual(['cost', 'make', 'mend', 'cost', 'make', 'mend']);
  for (const sort of sorts)
    for (const kinds of [7, 8]) {
      const own = made.filter((each) => each.sort === sort).slice(0, kinds);
      expect(new Set(own.map(({seed}) => seed % kinds)).size, `${sort}, ${kinds} kinds`).toBe(kinds);
    }
});

test('the week that begins on 30 November 2026', () => {
  const named = dates.slice(0, 7).map((date) => dailyOf(date, ids));
  expect(named).toEqual(['f', 'e', 'cost-5939', 'b', 'c', 'a', 'make-5940']);
});
