// The units of data rates, and the text of a rate in bits per second.
const rates = [
  ['Gbit/s', 1e9],
  ['Mbit/s', 1e6],
  ['kbit/s', 1e3],
] as const;

/** Returns a data rate as text, with three digits and its unit. */
export const rateText = (bitsPerSecond: number): string => {
  const [unit, bits] = rates.find(([, each]) => bitsPerSecond >= each) ?? ['bit/s', 1];
  return `${Number((bitsPerSecond / bits).toPrecision(3))} ${unit}`;
};
