// Reads and writes dates in HTTP fields (RFC 9110 §5.6.7): three forms are read, and only the first, IMF-fixdate, is written.
import {dayNames, microsecondsOf, momentOf, monthNames, weekday} from './calendar.ts';

const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longDay = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const month = `(${monthNames.join('|')})`;
const time = '(\\d{2}):(\\d{2}):(\\d{2})';

const imfFixdate = new RegExp(`^${day}, (\\d{2}) ${month} (\\d{4}) ${time} GMT$`);
const rfc850 = new RegExp(`^${longDay}, (\\d{2})-${month}-(\\d{2}) ${time} GMT$`);
const asctime = new RegExp(`^${day} ${month} ([ \\d]\\d) ${time} (\\d{4})$`);

type Digits = {
  readonly year: number;
  readonly name: string;
  readonly day: string;
  readonly clock: readonly string[];
};

const moment = ({year, name, day: dayText, clock}: Digits): number | undefined => {
  const [hour = 0, minute = 0, second = 0] = clock.map(Number);
  return microsecondsOf({
    year,
    month: monthNames.indexOf(name) + 1,
    day: Number(dayText),
    hour,
    minute,
    second,
  });
};

/**
 * Returns the full year for the two digits of an RFC 850 date: the one in the current century, or in the previous one if it would be more
 * than 50 years ahead.
 */
const fullYear = (twoDigits: number, nowUs: number): number => {
  const {year: now} = momentOf(nowUs);
  const inCentury = now - (now % 100) + twoDigits;
  return inCentury > now + 50 ? inCentury - 100 : inCentury;
};

/**
 * Returns the time of an HTTP date in microseconds since 1970; undefined if it is invalid. `nowUs`, in the same unit, decides years of two
 * digits.
 */
export const readHttpDate = (text: string, nowUs: number): number | undefined => {
  const fixed = imfFixdate.exec(text);
  if (fixed) {
    const [, dayText = '', name = '', year = '', ...clock] = fixed;
    return moment({year: Number(year), name, day: dayText, clock});
  }
  const old = rfc850.exec(text);
  if (old) {
    const [, dayText = '', name = '', year = '', ...clock] = old;
    return moment({year: fullYear(Number(year), nowUs), name, day: dayText, clock});
  }
  const [, name, dayText = '', hour = '', minute = '', second = '', year = ''] = asctime.exec(text) ?? [];
  if (name === undefined) return undefined;
  return moment({year: Number(year), name, day: dayText, clock: [hour, minute, second]});
};

const two = (number: number): string => String(number).padStart(2, '0');

/** Returns a time in microseconds since 1970 as IMF-fixdate, the only form of an HTTP date that may be sent. */
export const writeHttpDate = (atUs: number): string => {
  const {days, year, month: number, day: dayNumber, hour, minute, second} = momentOf(atUs);
  const date = `${two(dayNumber)} ${monthNames[number - 1]} ${String(year).padStart(4, '0')}`;
  return `${dayNames[weekday(days)]}, ${date} ${two(hour)}:${two(minute)}:${two(second)} GMT`;
};
