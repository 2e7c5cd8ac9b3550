// How fast: in bits, as networks count.
const rates = [
  ['Gbit/s', 1e9],
  ['Mbit/s', 1e6],
  ['kbit/s', 1e3],
] as const;

/** Three digits tell enough. */
export const rateText = (bitsPerSecond: number): string => {
  const [unit, bits] = rates.find(([, each]) => bitsPerSecond >= each) ?? ['bit/s', 1];
  return `${Number((bitsPerSecond / bits).toPrecision(3))} ${unit}`;
};
