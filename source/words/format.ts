// The only formatter of times, counts and addresses. Never depends on a locale. Times are cut and not rounded, lengths as clocks: what
// begins at 0 is as long as the clock at its end says.

/** `value / 10^decimals` with exactly `decimals` digits, cut: a clock never shows what is to come. */
const fixed = (value: number, unit: number, decimals: number): string => {
  const scale = decimals === 3 ? 1000 : decimals === 2 ? 100 : decimals === 1 ? 10 : 1;
  const whole = Math.floor((value * scale) / unit);
  const digits = String(whole).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

const millisecondUs = 1000;
const secondUs = 1_000_000;

/** Of what left before a capture began. */
const minus = '−';

/** At most 7 columns: `350 µs` `50 ms` `1.050 s` `59.95 s` `127.0 s` `7200 s`; one more before 0. */
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

/** In a sentence, where it has to lie behind what happens now: to the millisecond, however late it is: `3720.400 s`. */
export const formatMoment = (us: number): string => {
  const whole = fixed(Math.floor(us), secondUs, 3);
  return us < 10 * secondUs || Number(whole) === Number.parseFloat(formatTime(us))
    ? formatTime(us)
    : `${whole} s`;
};

/** A sign more has its room: `1 ms` `25 ms` `0.2 s` `12 s`. */
const coarse = (us: number): string => {
  if (us < 100 * millisecondUs) return `${Math.max(1, Math.floor(us / millisecondUs))} ms`;
  return `${fixed(us, secondUs, us < 10 * secondUs ? 1 : 0)} s`;
};

/** Of what is estimated nobody knows the last digits: at most 6 columns, `5.2 ms` `25 ms` `1.09 s` `127 s` `−25 ms` `−0.2 s`. */
const formatEstimate = (us: number): string => {
  if (us <= -1) return `${minus}${coarse(-us)}`;
  const value = Math.max(0, Math.floor(us));
  if (value < millisecondUs) return formatTime(value);
  if (value < secondUs) return `${fixed(value, millisecondUs, value < 10_000 ? 1 : 0)} ms`;
  if (value < 100 * secondUs) return `${fixed(value, secondUs, value < 10 * secondUs ? 2 : 1)} s`;
  return value < 1000 * secondUs ? `${fixed(value, secondUs, 0)} s` : formatTime(value);
};

/** A time of a capture: one that nobody saw is marked. */
export const formatSeen = (us: number, estimated: boolean): string =>
  estimated ? `≈${formatEstimate(us)}` : formatTime(us);

/** Where times stand below each other: hundredths of a second, however late it is, for packets follow closely: `1740.05 s`. */
export const formatFine = (us: number): string =>
  us < 100 * secondUs ? formatTime(us) : `${fixed(Math.floor(us), secondUs, 2)} s`;

/** What a column of such times needs, up to the last of them. */
export const fineColumns = (lastUs: number): number => Math.max(7, formatFine(lastUs).length);

/** In a sum, whose terms have to fit: below a second to the tenth of a millisecond. */
export const formatTerm = (us: number): string => {
  const value = Math.floor(us);
  const tenths = value >= 100_000 && value < secondUs && value % millisecondUs !== 0;
  return tenths ? `${fixed(value, millisecondUs, 1)} ms` : formatTime(us);
};

/** The running clock: no finer than a millisecond once there is one, so that it does not flicker. */
export const formatClock = (us: number): string =>
  formatFine(us < millisecondUs ? us : Math.floor(us / millisecondUs) * millisecondUs);

/** For tight places, with two digits where one would round half of it away: `1 s`, `1.9 s`, `950 ms`, `60 s`. */
export const formatShortTime = (us: number): string => {
  const value = Math.max(0, us);
  if (value < millisecondUs) return `${fixed(value, 1, 0)} µs`;
  if (value < secondUs) return `${fixed(value, millisecondUs, 0)} ms`;
  return `${fixed(value, secondUs, value < 10 * secondUs ? 1 : 0).replace('.0', '')} s`;
};

/** As `formatTime` has it, without decimals that say nothing: `60 s`, `19.19 s`. What is left of it never reads as more. */
export const formatWhole = (us: number): string =>
  formatTime(us)
    .replace(/(\.\d*?)0+ /, '$1 ')
    .replace('. ', ' ');

/** Of things that may be many: `123,456`. */
export const formatCount = (count: number): string => `${count}`.replace(/\B(?=(\d{3})+$)/g, ',');

/** IPv6 addresses stand in brackets before a port. */
export const formatSocket = (ip: string, port: number | undefined): string =>
  port === undefined ? ip : `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;

const byteUnits = ['kB', 'MB', 'GB', 'TB'] as const;

/** Sizes of files: `9,532 B`, `48.2 kB` (1000 bytes), at most seven columns. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 10_000) return `${formatCount(bytes)} B`;
  let [tenths, unit] = [Math.round(bytes / 100), 0];
  while (tenths >= 10_000 && unit < byteUnits.length - 1) {
    tenths = Math.round(tenths / 1000);
    unit += 1;
  }
  return `${Math.floor(tenths / 10)}.${tenths % 10} ${byteUnits[unit]}`;
};
