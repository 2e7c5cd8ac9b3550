// Reads the options of pcapng blocks, and timestamps in an interface's resolution (draft-ietf-opsawg-pcapng §3.5, §4.2).
import {decodeUtf8} from '../utf8.ts';
import {type Endian, uint16, uint32} from './endian.ts';

type NgOption = {readonly code: number; readonly value: Uint8Array};

export const OptionCode = {
  end: 0,
  comment: 1,
  name: 2,
  userApplication: 4,
  tsresol: 9,
  tsoffset: 14,
} as const;

const noOptions: readonly NgOption[] = [];

/** Reads the options of a pcapng block, up to the end mark, to `end`, or to an option whose length points beyond. */
export const readOptions = (
  bytes: Uint8Array,
  start: number,
  end: number,
  endian: Endian,
): readonly NgOption[] => {
  if (end - start < 4) return noOptions;
  const options: NgOption[] = [];
  let at = start;
  while (at + 4 <= end) {
    const code = uint16(bytes, at, endian);
    const length = uint16(bytes, at + 2, endian);
    if (code === OptionCode.end || at + 4 + length > end) break;
    options.push({code, value: bytes.subarray(at + 4, at + 4 + length)});
    at += 4 + ((length + 3) & ~3);
  }
  return options;
};

const noComments: readonly string[] = [];

export const commentsOf = (options: readonly NgOption[]): readonly string[] =>
  options.length === 0
    ? noComments
    : options.flatMap(({code, value}) => (code === OptionCode.comment ? [decodeUtf8(value)] : []));

/** The clock of a pcapng interface. `unitsPerUs` is set if it counts whole micro- or nanoseconds since 1970, and undefined otherwise. */
export type Clock = {
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: bigint;
  readonly unitsPerUs: 1 | 1000 | undefined;
};

type Time = {readonly atUs: number; readonly nanoseconds: number};

/** Maps the resolution of a pcapng clock, as an exponent of ten, to its units per microsecond, for the two usual resolutions. */
const commonUnits: ReadonlyMap<number, 1 | 1000> = new Map([
  [6, 1],
  [9, 1000],
]);

export const clockOf = (options: readonly NgOption[], endian: Endian): Clock => {
  const resolution = options.find(({code}) => code === OptionCode.tsresol)?.value[0] ?? 6;
  const exponent = resolution & 0x7f;
  const offset = options.find(({code, value}) => code === OptionCode.tsoffset && value.length === 8)?.value;
  const [high, low] = endian === 'little' ? [4, 0] : [0, 4];
  const offsetSeconds = offset
    ? BigInt.asIntN(64, (BigInt(uint32(offset, high, endian)) << 32n) | BigInt(uint32(offset, low, endian)))
    : 0n;
  return {
    unitsPerSecond: resolution & 0x80 ? 1n << BigInt(exponent) : BigInt(`1${'0'.repeat(exponent)}`),
    offsetSeconds,
    unitsPerUs: offsetSeconds === 0n ? commonUnits.get(resolution) : undefined,
  };
};

const twoTo32 = 0x1_0000_0000;
/** The upper half of a pcapng timestamp must be less than this to be converted without big integers. */
const mostHigh = 1 << 20;

/**
 * Returns the time of a pcapng timestamp in micro- or nanoseconds without big integers, which would cost more than everything else that is
 * read of a packet; every step is exact.
 */
const plainTime = (unitsPerUs: 1 | 1000, high: number, low: number): Time => {
  const rest = (high % unitsPerUs) * twoTo32 + low;
  const atUs = Math.floor(high / unitsPerUs) * twoTo32 + Math.floor(rest / unitsPerUs);
  return {atUs, nanoseconds: unitsPerUs === 1 ? 0 : rest % unitsPerUs};
};

/** Returns the time since 1970 that a pcapng timestamp means, given as its upper and lower 32 bits. */
export const timeOf = (
  {unitsPerSecond, offsetSeconds, unitsPerUs}: Clock,
  high: number,
  low: number,
): Time => {
  if (unitsPerUs !== undefined && high < mostHigh) return plainTime(unitsPerUs, high, low);
  const units = (BigInt(high) << 32n) | BigInt(low);
  const ns = (units * 1_000_000_000n) / unitsPerSecond + offsetSeconds * 1_000_000_000n;
  const nanoseconds = ((ns % 1000n) + 1000n) % 1000n;
  return {atUs: Number((ns - nanoseconds) / 1000n), nanoseconds: Number(nanoseconds)};
};
