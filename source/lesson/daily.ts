// Chooses the challenge of a day by the date in UTC: it is the same for everybody, on every machine and in every language.
import {generatedId} from './generated-id.ts';
import {hash32} from './hash.ts';
import {sorts} from './tracks.ts';

/** Returns the number of a date such as `2026-11-30`, counted in days from 1970; undefined if the text is no date. */
export const dayNumber = (date: string): number | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return undefined;
  // The year begins in March, so that the leap day is its last day.
  const since = m < 3 ? y - 1 : y;
  const days = Math.floor((153 * ((m + 9) % 12) + 2) / 5) + d - 1;
  return (
    since * 365 + Math.floor(since / 4) - Math.floor(since / 100) + Math.floor(since / 400) + days - 719_468
  );
};

/**
 * Names for each day of a week that begins on Thursday, as 1 January 1970 was, which of the week's written or generated challenges it has.
 */
const week = [
  {written: 0},
  {written: 1},
  {written: 2},
  {made: 0},
  {written: 3},
  {written: 4},
  {made: 1},
] as const;
const [writtenDays, madeDays] = [5, 2];

/**
 * The written challenges are divided into this many parts, which follow each other in each round; only the order within a part changes from
 * round to round.
 */
const parts = 3;

const shuffled = (ids: readonly string[], by: string): readonly string[] =>
  [...ids].sort((a, b) => hash32(`${by} ${a}`) - hash32(`${by} ${b}`) || (a < b ? -1 : 1));

/** Returns the nth written challenge in the sequence of days. A challenge returns after two thirds of a round at the earliest. */
const writtenAt = (n: number, ids: readonly string[]): string | undefined => {
  const [round, place] = [Math.floor(n / ids.length), n % ids.length];
  const size = Math.ceil(ids.length / parts);
  const first = place - (place % size);
  return shuffled(shuffled(ids, 'day').slice(first, first + size), `${round}`)[place - first];
};

/**
 * Returns the challenge of a day: a generated one on Sundays and Wednesdays, numbered by these days, with its sort taking turns; otherwise
 * a written one. undefined if `date` is no date or there are no written challenges.
 */
export const dailyOf = (date: string, ids: readonly string[]): string | undefined => {
  const day = dayNumber(date);
  if (day === undefined || ids.length === 0) return undefined;
  const since = Math.floor(day / week.length);
  const due = week[day - since * week.length] ?? week[0];
  if ('written' in due) return writtenAt(since * writtenDays + due.written, ids);
  const seed = since * madeDays + due.made;
  return generatedId(sorts[seed % sorts.length] ?? 'make', seed);
};
