// Oracles: the examples of RFC 9110 §5.6.7, RFC 6265 §5.1.1 token by token, and the engine's own calendar.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {microsecondsOf, momentOf} from '../../../source/wire/http/calendar.ts';
import {readCookieDate} from '../../../source/wire/http/cookie-date.ts';
import {readHttpDate, writeHttpDate} from '../../../source/wire/http/http-date.ts';
import {runs} from '../../helpers/seeds.ts';

const us = (iso: string): number => Date.parse(iso) * 1000;
const now = us('2026-11-20T12:00:00Z');
const nov94 = us('1994-11-06T08:49:37Z');

test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  'RFC 9110 §5.6.7: %s',
  (text) => expect(readHttpDate(text, now)).toBe(nov94),
);

test('RFC 9110 §5.6.7: the one form that is written', () => {
  expect(writeHttpDate(nov94)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  expect(writeHttpDate(nov94 + 999_999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
});

test.each([
  ['76', '2076'],
  ['77', '1977'],
  ['26', '2026'],
  ['00', '2000'],
])('RFC 9110 §5.6.7: the year %s, seen from 2026, is %s', (two, year) => {
  expect(readHttpDate(`Monday, 06-Nov-${two} 08:49:37 GMT`, now)).toBe(us(`${year}-11-06T08:49:37Z`));
});

test.each([
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 UTC',
  'sun, 06 nov 1994 08:49:37 gmt',
  'Sun, 06 Nov 1994 24:00:00 GMT',
  'Sun, 31 Nov 1994 08:49:37 GMT',
  'Tue, 29 Feb 1994 08:49:37 GMT',
  'Sun, 00 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:60:37 GMT',
  'Sun, 06 Nov 1994  08:49:37 GMT',
  'Sunday, 06-Nov-1994 08:49:37 GMT',
  '0',
  '-1',
  '',
])('RFC 9110 §5.6.7: %j is no date', (text) => expect(readHttpDate(text, now)).toBeUndefined());

test('RFC 9110 §5.6.7: a leap second is the next minute’s first', () => {
  expect(readHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', now)).toBe(us('2017-01-01T00:00:00Z'));
});

const anySecond = fc.integer({min: -62_135_596_800, max: 253_402_300_799});

// RFC 9110 §5.6.7: four digits; the calendar has no year 0.
test('a year before the first or behind the last is none', () => {
  const newYear = {month: 1, day: 1, hour: 0, minute: 0, second: 0};
  const exists = (year: number): boolean => microsecondsOf({...newYear, year}) !== undefined;
  expect([0, 1, 9999, 10_000].map(exists)).toEqual([false, true, true, false]);
});

test.each([
  ['month', 1, 12],
  ['day', 1, 31],
  ['hour', 0, 23],
  ['minute', 0, 59],
  // A leap second.
  ['second', 0, 60],
])('%s from %i to %i', (name, first, last) => {
  const moment = {year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0};
  const exists = (value: number): boolean => microsecondsOf({...moment, [name]: value}) !== undefined;
  expect([first, last].map(exists)).toEqual([true, true]);
  expect([last + 1, ...(first > 0 ? [first - 1] : [])].some(exists)).toBe(false);
});

test('any second of the years 1 to 9999 is what the engine says', () => {
  fc.assert(
    fc.property(anySecond, (second) => {
      const engine = new Date(second * 1000);
      expect(writeHttpDate(second * 1_000_000)).toBe(engine.toUTCString());
      expect(readHttpDate(engine.toUTCString(), now)).toBe(second * 1_000_000);
      const {year, month, day, hour, minute, second: ofMinute} = momentOf(second * 1_000_000);
      expect(microsecondsOf({year, month, day, hour, minute, second: ofMinute})).toBe(second * 1_000_000);
    }),
    {numRuns: runs(2000)},
  );
});

test.each([
  ['Wed, 09 Jun 2021 10:18:14 GMT', '2021-06-09T10:18:14Z'],
  ['Mon, 10-Dec-2007 17:02:24 GMT', '2007-12-10T17:02:24Z'],
  ['Mon, 10-Dec-07 20:35:03 GMT', '2007-12-10T20:35:03Z'],
  ['Mon Dec 24 16:32:39 1977 GMT', '1977-12-24T16:32:39Z'],
  ['Thu, 31 Dec 23:55:55 2037 GMT', '2037-12-31T23:55:55Z'],
  ['Wed Dec 12 2007 08:44:07 GMT-0500 (EST)', '2007-12-12T08:44:07Z'],
  ['Wednesday, 01-Jan-10 0:0:00 GMT', '2010-01-01T00:00:00Z'],
  ['sun,  9 DECEMBER 2012 13:42:05', '2012-12-09T13:42:05Z'],
  ['1:2:3x5 4th jan2 1999', '1999-01-04T01:02:03Z'],
  ['01 Jan 70 00:00:00', '1970-01-01T00:00:00Z'],
  ['01 Jan 69 00:00:00', '2069-01-01T00:00:00Z'],
  ['01 Jan 0 1 1601 00:00:00', '1601-01-01T00:00:00Z'],
  ['2012/Jan/05 06:07:08', '2012-01-05T06:07:08Z'],
  ['Mon, 01-Jan-2011 00: 00:00 GMT', undefined],
  ['01 Jan 1600 00:00:00', undefined],
  ['01 Jan 2012', undefined],
  ['Jan 2012 00:00:00', undefined],
  ['01 2012 00:00:00', undefined],
  ['32 Jan 2012 00:00:00', undefined],
  ['30 Feb 2012 00:00:00', undefined],
  ['01 Jan 2012 24:00:00', undefined],
  ['01 Jan 2012 00:60:00', undefined],
  ['01 Jan 2012 00:00:60', undefined],
  ['01 Jan 20120 00:00:00', undefined],
  ['', undefined],
])('RFC 6265 §5.1.1: %j is %s', (text, iso) => {
  expect(readCookieDate(text)).toBe(iso === undefined ? undefined : us(iso));
});
