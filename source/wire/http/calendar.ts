// Converts between dates of the Gregorian calendar and times since 1970, without a clock; day 0 is 1 January 1970.

export type Moment = {
  readonly year: number;
  /** The month, 1 … 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** The second, 0 … 60: a leap second counts as the first second of the next minute. */
  readonly second: number;
};

export const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
export const dayNames = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** Returns the day of the week, 0 for Sunday, from the number of days since 1 January 1970, which was a Thursday. */
export const weekday = (days: number): number => (((days + 4) % 7) + 7) % 7;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const monthLength = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const daysBeforeYear = (year: number): number => {
  const past = year - 1;
  return 365 * past + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
};

const epoch = daysBeforeYear(1970);

const dayNumber = ({year, month, day}: Moment): number => {
  let days = daysBeforeYear(year) - epoch;
  for (let before = 1; before < month; before++) days += monthLength(year, before);
  return days + day - 1;
};

/** Returns the time of a date in microseconds since 1970; undefined for a date or a time of day that does not exist. */
export const microsecondsOf = (moment: Moment): number | undefined => {
  const {year, month, day, hour, minute, second} = moment;
  const exists =
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= monthLength(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60;
  if (!exists) return undefined;
  return (((dayNumber(moment) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000;
};

/** Returns date and time of day of `atUs`, in microseconds since 1970, to the second, and the number of days since 1970. */
export const momentOf = (atUs: number): Moment & {readonly days: number} => {
  const seconds = Math.floor(atUs / 1_000_000);
  const days = Math.floor(seconds / 86_400);
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysBeforeYear(year) - epoch > days) year--;
  while (daysBeforeYear(year + 1) - epoch <= days) year++;
  let rest = days - (daysBeforeYear(year) - epoch);
  let month = 1;
  while (rest >= monthLength(year, month)) {
    rest -= monthLength(year, month);
    month++;
  }
  const ofDay = seconds - 86_400 * days;
  const [hour, minute] = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60];
  return {days, year, month, day: rest + 1, hour, minute, second: ofDay % 60};
};

/** Returns the date of a time in microseconds since 1970 as ISO 8601: `2026-01-31`. */
export const dateText = (atUs: number): string => {
  const {year, month, day} = momentOf(atUs);
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
};
