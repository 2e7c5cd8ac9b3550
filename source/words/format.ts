// The only formatter of times, counts and addresses, which never depends on a locale. Times and lengths are cut off and not rounded, like
// clocks, so that a span from 0 is as long as the clock at its end shows. Estimates are rounded.

const scaleOf = (decimals: number): number =>
  decimals === 3 ? 1000 : decimals === 2 ? 100 : decimals === 1 ? 10 : 1;

/**
 * Formats `value / unit` with exactly `decimals` decimals. It cuts off and does not round, so that a clock never shows a time to come;
 * numbers above 2^53 are shown as 2^53.
 */
const fixed = (value: number, unit: number, decimals: number): string => {
  const scale = scaleOf(decimals);
  const whole = Math.min(Math.floor((value * scale) / unit), Number.MAX_SAFE_INTEGER);
  const digits = String(whole).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

const millisecondUs = 1000;
const secondUs = 1_000_000;

/** The sign of times before a capture began. */
const minus = '−';

/** Formats a time in µs in at most 7 columns: `350 µs` `50 ms` `1.050 s` `59.95 s` `127.0 s` `7200 s`; negative times take one more. */
export const formatTime = (us: number): string => {
  if (us <= -1) return `${minus}${formatTime(-us)}`;
  const value = Math.max(0, Math.floor(us));
  if (value === 0) return '0 ms';
  if (value < millisecondUs) return `${value} µs`;
  if (value < secondUs) {
    const decimals = value % millisecondUs === 0 || value >= 100_000 ? 0 : value >= 10_000 ? 1 : 2;
    return `${fixed(value, millisecondUs, decimals)} ms`;
  }
  if (value < 10 * secondUs) return `${fixed(value, secondUs, 3)} s`;
  if (value < 100 * secondUs) return `${fixed(value, secondUs, 2)} s`;
  if (value < 1000 * secondUs) return `${fixed(value, secondUs, 1)} s`;
  if (value < 100_000 * secondUs) return `${fixed(value, secondUs, 0)} s`;
  return `${fixed(value, 3600 * secondUs, 0)} h`;
};

/**
 * Formats a time in µs for a sentence to the millisecond, however late it is: `3720.400 s`. A future time thus never reads like the present
 * one.
 */
export const formatMoment = (us: number): string => {
  const whole = fixed(Math.floor(us), secondUs, 3);
  return us < 10 * secondUs || Number(whole) === Number.parseFloat(formatTime(us))
    ? formatTime(us)
    : `${whole} s`;
};

/** The unit and the number of decimals for estimates that are below `below` µs after rounding. */
type Grade = {
  readonly below: number;
  readonly unit: number;
  readonly sign: string;
  readonly decimals: 0 | 1 | 2;
};

const hourUs = 3600 * secondUs;

/** The units and decimals of estimated times, by size: at most 6 columns up to three hours. */
const grades: readonly Grade[] = [
  {below: millisecondUs, unit: 1, sign: 'µs', decimals: 0},
  {below: 10 * millisecondUs, unit: millisecondUs, sign: 'ms', decimals: 1},
  {below: secondUs, unit: millisecondUs, sign: 'ms', decimals: 0},
  {below: 10 * secondUs, unit: secondUs, sign: 's', decimals: 2},
  {below: 100 * secondUs, unit: secondUs, sign: 's', decimals: 1},
  {below: 100_000 * secondUs, unit: secondUs, sign: 's', decimals: 0},
  {below: Infinity, unit: hourUs, sign: 'h', decimals: 0},
];

/** The units and decimals of negative estimated times, one digit fewer than for positive ones, to leave room for the sign. */
const coarseGrades: readonly Grade[] = [
  {below: 100 * millisecondUs, unit: millisecondUs, sign: 'ms', decimals: 0},
  {below: 10 * secondUs, unit: secondUs, sign: 's', decimals: 1},
  {below: 100_000 * secondUs, unit: secondUs, sign: 's', decimals: 0},
  {below: Infinity, unit: hourUs, sign: 'h', decimals: 0},
];

/** Formats a time in µs rounded to the decimals that `all` gives for its size. The size counts after rounding: 9.96 ms becomes `10 ms`. */
const rounded = (us: number, all: readonly Grade[]): string => {
  for (const {below, unit, sign, decimals} of all) {
    const quantum = unit / scaleOf(decimals);
    const roundedUs = Math.round(us / quantum) * quantum;
    if (roundedUs < below) return roundedUs === 0 ? '0 ms' : `${fixed(roundedUs, unit, decimals)} ${sign}`;
  }
  return formatTime(us);
};

/** Formats an estimated time in µs, rounded because its last digits are unknown: `5.2 ms` `25 ms` `1.09 s` `127 s` `−25 ms` `−0.2 s`. */
export const formatEstimate = (us: number): string => {
  if (us >= 0) return rounded(us, grades);
  const text = rounded(-us, coarseGrades);
  return text === '0 ms' ? text : `${minus}${text}`;
};

/** Formats a time in µs of a capture; an estimated one is rounded and marked with `≈`. */
export const formatSeen = (us: number, estimated: boolean): string =>
  estimated ? `≈${formatEstimate(us)}` : formatTime(us);

/** Formats a time in µs for the time column, to a hundredth of a second however late it is, because packets follow closely: `1740.05 s`. */
export const formatFine = (us: number): string =>
  us < 100 * secondUs ? formatTime(us) : `${fixed(Math.floor(us), secondUs, 2)} s`;

/** Returns the width of the time column in columns, if the last time in it is `lastUs`. */
export const fineColumns = (lastUs: number): number => Math.max(7, formatFine(lastUs).length);

/** Formats a time in µs for a sum, to a tenth of a millisecond below a second, so that the terms add up. */
export const formatTerm = (us: number): string => {
  const value = Math.floor(us);
  const tenths = value >= 100_000 && value < secondUs && value % millisecondUs !== 0;
  return tenths ? `${fixed(value, millisecondUs, 1)} ms` : formatTime(us);
};

/** Formats the time in µs for the running clock; times from a millisecond on have no finer digits, so that the clock does not flicker. */
export const formatClock = (us: number): string =>
  formatFine(us < millisecondUs ? us : Math.floor(us / millisecondUs) * millisecondUs);

/** Formats a time in µs for narrow places, with at most two digits below 10 s: `1 s`, `1.9 s`, `950 ms`, `60 s`. */
export const formatShortTime = (us: number): string => {
  const value = Math.max(0, us);
  if (value < millisecondUs) return `${fixed(value, 1, 0)} µs`;
  if (value < secondUs) return `${fixed(value, millisecondUs, 0)} ms`;
  return `${fixed(value, secondUs, value < 10 * secondUs ? 1 : 0).replace('.0', '')} s`;
};

/**
 * Formats a time in µs like `formatTime`, without zeros at the end: `60 s`, `19.19 s`. It is cut off, so a remaining time never reads as
 * longer than it is.
 */
export const formatWhole = (us: number): string =>
  formatTime(us)
    .replace(/(\.\d*?)0+ /, '$1 ')
    .replace('. ', ' ');

/** Returns a count for people; from five digits on they are grouped: `9532`, `123,456`. */
export const formatCount = (count: number): string =>
  count < 10_000 ? `${count}` : `${Math.floor(count)}`.replace(/\B(?=(\d{3})+$)/g, ',');

/** Returns an address with its port; IPv6 addresses are in brackets before a port. */
export const formatSocket = (ip: string, port: number | undefined): string =>
  port === undefined ? ip : `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;

const byteUnits = ['kB', 'MB', 'GB', 'TB'] as const;

/** Returns the size of a file: `9532 B`, `48.2 kB` (1000 bytes), in at most seven columns. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 10_000) return `${formatCount(bytes)} B`;
  let [tenths, unit] = [Math.round(bytes / 100), 0];
  while (tenths >= 10_000 && unit < byteUnits.length - 1) {
    tenths = Math.round(tenths / 1000);
    unit += 1;
  }
  return `${Math.floor(tenths / 10)}.${tenths % 10} ${byteUnits[unit]}`;
};
