// Reads the dates in cookies as leniently as RFC 6265 §5.1.1 requires.
import {microsecondsOf, monthNames} from './calendar.ts';

/** Matches the tokens of a cookie date: runs of characters other than the delimiters 0x09, 0x20–2f, 0x3b–40, 0x5b–60, 0x7b–7e. */
const tokens = /[^\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/g;

const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D.*)?$/s;
const dayOfMonth = /^(\d{1,2})(?:\D.*)?$/s;
const monthToken = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const yearToken = /^(\d{2,4})(?:\D.*)?$/s;

type Found = {time?: readonly number[]; day?: number; month?: number; year?: number};

const lowerMonths = monthNames.map((name) => name.toLowerCase());

const centuries = (year: number): number => {
  if (year >= 70 && year <= 99) return year + 1900;
  return year <= 69 ? year + 2000 : year;
};

/** Step 2 of reading a cookie date: takes a token as the first of time, day, month and year that it can be and that is still missing. */
const take = (found: Found, token: string): void => {
  const clock = found.time === undefined ? time.exec(token) : null;
  if (clock) {
    found.time = clock.slice(1, 4).map(Number);
    return;
  }
  const day = found.day === undefined ? dayOfMonth.exec(token) : null;
  if (day) {
    found.day = Number(day[1]);
    return;
  }
  const month = found.month === undefined ? monthToken.exec(token) : null;
  if (month) {
    found.month = lowerMonths.indexOf((month[1] ?? '').toLowerCase()) + 1;
    return;
  }
  const year = found.year === undefined ? yearToken.exec(token) : null;
  if (year) found.year = centuries(Number(year[1]));
};

/** Returns the time of a cookie date in microseconds since 1970; undefined if a part is missing or does not exist. */
export const readCookieDate = (text: string): number | undefined => {
  const found: Found = {};
  for (const [token] of text.matchAll(tokens)) take(found, token);
  const {time: clock, day, month, year} = found;
  if (clock === undefined || day === undefined || month === undefined || year === undefined) return undefined;
  const [hour = 0, minute = 0, second = 0] = clock;
  // Cookie dates have no leap second, and none is before 1601.
  if (year < 1601 || second > 59) return undefined;
  return microsecondsOf({year, month, day, hour, minute, second});
};
