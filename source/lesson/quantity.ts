// Reads sizes, rates and percentages as lessons write them, after the schema has checked their form; sim/fault-text.ts reads times.
import {parseDuration} from '../sim/fault-text.ts';

const unitBytes: {readonly [unit: string]: number} = {
  B: 1,
  kB: 1000,
  KiB: 1024,
  MB: 1_000_000,
  MiB: 1_048_576,
};
const unitBits: {readonly [unit: string]: number} = {
  bit: 1,
  kbit: 1000,
  Mbit: 1_000_000,
  Gbit: 1_000_000_000,
};

const scaled = (given: string, units: {readonly [unit: string]: number}): number => {
  const [, count, unit = ''] = /^(\d+)([A-Za-z]+)$/.exec(given) ?? [];
  return Number(count) * (units[unit] ?? 1);
};

export const bytesOf = (size: string | number): number =>
  typeof size === 'number' ? size : scaled(size, unitBytes);

export const bitsOf = (rate: string): number => scaled(rate, unitBits);

export const shareOf = (percent: string): number => Number(percent.slice(0, -1)) / 100;

/** Returns a duration in µs; `off` is 0. */
export const microseconds = (duration: string): number =>
  duration === 'off' ? 0 : (parseDuration(duration) ?? 0);
