// Which challenge belongs to which day, by the date in UTC: the same for everybody, on every machine and in every language.
import {hash32} from './hash.ts';

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

/** Returns the challenge of a day among written ones, drawn from a date; undefined if there are none. */
export const dailyOf = (date: string, ids: readonly string[]): string | undefined =>
  [...ids].sort((a, b) => hash32(`${date} ${a}`) - hash32(`${date} ${b}`))[0];
