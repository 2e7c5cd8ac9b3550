// Formats a data rate in bits per second.
const rates = [
  ['Gbit/s', 1e9],
  ['Mbit/s', 1e6],
  ['kbit/s', 1e3],
] as const;

/** Rounds a rate to three digits. */
export const rateText = (bitsPerSecond: number): string => {
  const [unit, bits] = rates.find(([, each]) => bitsPerSecond >= each) ?? ['bit/s', 1];
  return `${Number((bitsPerSecond / bits).toPrecision(3))} ${unit}`;
};
