// Instants of one question, each with as many decimals as the others: nothing is cut off that a reader counts with. A run has whole
// microseconds; a fraction of one, which only a division makes, is cut as in every other format of a time.

/** What so many decimals of a second can say, in us; six can say all of the rest. */
const units = [1e6, 1e5, 1e4, 1e3, 100, 10];

/** In seconds, as exactly as the most exact of `all` needs; sums of these fit, too. */
export const secondsAs = (all: readonly number[]): ((us: number) => string) => {
  const place = units.findIndex((unit) => all.every((us) => Math.floor(us) % unit === 0));
  const digits = place < 0 ? units.length : place;
  return (us) => `${(Math.floor(us) / 1_000_000).toFixed(digits)} s`;
};

/** How long something takes that is counted with: in full. */
export const lengthText = (us: number): string => {
  const whole = Math.floor(us);
  return whole < 1_000_000 ? `${whole / 1000} ms` : `${whole / 1_000_000} s`;
};

/** Nobody is asked for a time that is no whole number of microseconds. */
export const hasWholeHalf = (us: number): boolean => us % 2 === 0;
