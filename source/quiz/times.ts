// Formats the instants of one quiz question with the same number of decimals, so that no digit is cut off that a reader calculates with.
// Times in a run are whole microseconds; a fraction, which comes only from a division, is cut off.

/**
 * The smallest step in microseconds that a time with 0, 1, 2 … decimals of a second can show. Six decimals show every whole microsecond.
 */
const units = [1e6, 1e5, 1e4, 1e3, 100, 10];

/** Returns a formatter of times in µs as seconds, with as many decimals as the most exact one of `all` needs; sums of these fit, too. */
export const secondsAs = (all: readonly number[]): ((us: number) => string) => {
  const place = units.findIndex((unit) => all.every((us) => Math.floor(us) % unit === 0));
  const digits = place < 0 ? units.length : place;
  return (us) => `${(Math.floor(us) / 1_000_000).toFixed(digits)} s`;
};

/** Returns a length of time in µs as ms or s without rounding, because the reader calculates with it. */
export const lengthText = (us: number): string => {
  const whole = Math.floor(us);
  return whole < 1_000_000 ? `${whole / 1000} ms` : `${whole / 1_000_000} s`;
};

/** Tells whether half of a time in µs is a whole number of µs. If not, no question may ask for that half. */
export const hasWholeHalf = (us: number): boolean => us % 2 === 0;
