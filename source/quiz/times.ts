// Instants of one question, each with as many decimals as the others: nothing is cut off that a reader counts with.

/** By how many decimals of a second tell them apart, in us. */
const units = [1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/** In seconds, as exactly as the most exact of `all` needs; sums of these fit, too. */
export const secondsAs = (all: readonly number[]): ((us: number) => string) => {
  const digits = units.findIndex((unit) => all.every((us) => us % unit === 0));
  return (us) => `${(us / 1_000_000).toFixed(digits)} s`;
};

/** How long something takes that is counted with: in full. */
export const lengthText = (us: number): string =>
  us < 1_000_000 ? `${us / 1000} ms` : `${us / 1_000_000} s`;
