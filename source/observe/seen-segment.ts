// Reads a TCP segment of a capture: the fields of its header, at their offsets (RFC 9293 §3.1).
import {uint16, uint32} from '../wire/frame-headers.ts';
import {type Seq, seq, seqLe} from '../wire/seq.ts';

export const Flag = {fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128} as const;

/** The TCP flags of segments that open, close or reset a connection. */
export const openOrClose = Flag.syn | Flag.fin | Flag.rst;

/** A SACK block: a range of sequence numbers whose right edge follows the last octet, as in RFC 2018. */
export type SackBlock = {readonly left: Seq; readonly right: Seq};

/** The TCP options of a segment with SYN (RFC 9293 §3.7.1, RFC 7323, RFC 2018). */
export type OpeningOptions = {
  readonly mss?: number;
  /** The shift count of the window scale option. */
  readonly windowScale?: number;
  readonly sackPermitted: boolean;
  readonly timestamps: boolean;
  /** True if some TCP options are malformed or were not captured, so that nobody knows what is missing. */
  readonly unread?: true;
};

export type SeenSegment = {
  /** The number of the segment's frame in the capture file, counted from 1. */
  readonly frame: number;
  /** The time in µs of the segment's frame since the first frame of the capture. */
  readonly atUs: number;
  readonly seq: Seq;
  /** The acknowledgment number; 0 if the ACK flag is not set. */
  readonly ack: Seq;
  readonly flags: number;
  /** The TCP window field as in the header, unscaled. */
  readonly window: number;
  /** The number of octets of data that the segment had on the wire, even if fewer were captured. */
  readonly length: number;
  /** The octets of data of the segment that were captured. */
  readonly data: Uint8Array;
  /** The options of a segment with SYN; undefined for other segments. */
  readonly opening: OpeningOptions | undefined;
  readonly sack: readonly SackBlock[];
  /** True if the segment has SACK blocks, even if they were not captured. */
  readonly sacks: boolean;
  /**
   * The TSval of the segment; `echo` is its TSecr, which means something only with ACK (RFC 7323 §3.2). Undefined if absent, `echo` also if
   * 0.
   */
  readonly stamp?: number | undefined;
  readonly echo?: number | undefined;
  /** The TTL or hop limit that the packet had when it was captured. */
  readonly hops?: number | undefined;
};

export const has = (segment: SeenSegment, flags: number): boolean => (segment.flags & flags) !== 0;

/** Returns how many sequence numbers a TCP segment occupies: those of its data, SYN and FIN. */
export const spaceOf = ({flags, length}: Pick<SeenSegment, 'flags' | 'length'>): number =>
  length + (flags & Flag.syn ? 1 : 0) + (flags & Flag.fin ? 1 : 0);

/**
 * Returns the first SACK block if it is a D-SACK, which reports data that came twice: it lies below the acknowledgment number, or inside
 * the second block (RFC 2883 §4). Otherwise returns undefined.
 */
export const duplicateIn = ({ack, sack}: Pick<SeenSegment, 'ack' | 'sack'>): SackBlock | undefined => {
  // Most segments have no SACK blocks, so the array is not destructured, which would cost time for each of hundreds of thousands.
  const first = sack[0];
  const second = sack[1];
  if (first === undefined || seqLe(first.right, ack)) return first;
  const isInside = second !== undefined && seqLe(second.left, first.left) && seqLe(first.right, second.right);
  return isInside ? first : undefined;
};

const OptionKind = {
  end: 0,
  noOperation: 1,
  mss: 2,
  windowScale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamps: 8,
} as const;

type Options = {
  readonly opening: {-readonly [option in keyof OpeningOptions]: OpeningOptions[option]};
  sack: readonly SackBlock[];
  sacks: boolean;
  /** The offset of the TSval in the segment's bytes; 0 if it has no timestamps option. */
  stampAt: number;
};

const newOptions = (): Options => ({
  opening: {sackPermitted: false, timestamps: false},
  sack: [],
  sacks: false,
  stampAt: 0,
});

const noOptions: Readonly<Options> = newOptions();

const readBlocks = (bytes: Uint8Array, start: number, end: number): SackBlock[] => {
  const blocks: SackBlock[] = [];
  for (let at = start; at + 8 <= end; at += 8)
    blocks.push({left: seq(uint32(bytes, at)), right: seq(uint32(bytes, at + 4))});
  return blocks;
};

/** The lengths in bytes of the TCP options that always have the same length, by kind. */
const lengths: ReadonlyMap<number, number> = new Map([
  [OptionKind.mss, 4],
  [OptionKind.windowScale, 3],
  [OptionKind.sackPermitted, 2],
  [OptionKind.timestamps, 10],
]);

const readOption = (options: Options, bytes: Uint8Array, at: number, length: number): void => {
  const kind = bytes[at] ?? 0;
  if ((lengths.get(kind) ?? length) !== length) options.opening.unread = true;
  if (kind === OptionKind.mss && length === 4) options.opening.mss = uint16(bytes, at + 2);
  else if (kind === OptionKind.windowScale && length === 3) options.opening.windowScale = bytes[at + 2] ?? 0;
  else if (kind === OptionKind.sackPermitted && length === 2) options.opening.sackPermitted = true;
  else if (kind === OptionKind.timestamps && length === 10) {
    options.opening.timestamps = true;
    options.stampAt = at + 2;
  } else if (kind === OptionKind.sack) options.sack = readBlocks(bytes, at + 2, at + length);
};

const readOptions = (bytes: Uint8Array, start: number, end: number): Options => {
  const options = newOptions();
  for (let at = start; at < end; ) {
    const kind = bytes[at];
    if (kind === OptionKind.end) break;
    if (kind === OptionKind.noOperation) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (kind === undefined || length < 2 || at + length > end) {
      options.opening.unread = true;
      break;
    }
    if (at + length <= bytes.length) readOption(options, bytes, at, length);
    else {
      // The segment has the timestamps option although its value was not captured.
      if (kind === OptionKind.timestamps && length === 10) options.opening.timestamps = true;
      options.opening.unread = true;
    }
    if (kind === OptionKind.sack && length > 2) options.sacks = true;
    at += length;
  }
  return options;
};

/** Tells whether the TCP options are NOP, NOP, timestamps and nothing else, as in most segments (RFC 7323 appendix A). */
const onlyTimestamps = (bytes: Uint8Array, start: number, end: number): boolean =>
  end - start === 12 && uint32(bytes, start) === 0x0101_080a;

type Frame = {readonly frame: number; readonly atUs: number; readonly hops?: number};

/** The number of octets of a TCP header that must be captured, up to the window field; what follows may be missing. */
const neededOctets = 16;

/** Tells whether a TCP header was captured whose length is shorter than a header can be, or exceeds the packet. */
export const isBroken = (bytes: Uint8Array, start: number, wireEnd: number): boolean => {
  const headerEnd = start + ((bytes[start + 12] ?? 0) >> 4) * 4;
  return start + neededOctets <= bytes.length && (headerEnd < start + 20 || headerEnd > wireEnd);
};

/**
 * Reads a TCP segment. The IP payload is `start … wireEnd`, and `bytes` may lack its end. Returns undefined if the header is missing or too
 * short.
 */
export const readSegment = (
  bytes: Uint8Array,
  start: number,
  wireEnd: number,
  {frame, atUs, hops}: Frame,
): SeenSegment | undefined => {
  if (start + neededOctets > bytes.length || isBroken(bytes, start, wireEnd)) return undefined;
  const headerEnd = start + ((bytes[start + 12] ?? 0) >> 4) * 4;
  const flags = bytes[start + 13] ?? 0;
  const optionsEnd = Math.min(headerEnd, bytes.length);
  const optionsAt = start + 20;
  const isPlain = !(flags & Flag.syn) && onlyTimestamps(bytes, optionsAt, optionsEnd);
  const options = isPlain || headerEnd === optionsAt ? noOptions : readOptions(bytes, optionsAt, headerEnd);
  const stampAt = isPlain ? optionsAt + 4 : options.stampAt;
  const echo = stampAt > 0 && flags & Flag.ack ? uint32(bytes, stampAt + 4) : 0;
  return {
    frame,
    atUs,
    seq: seq(uint32(bytes, start + 4)),
    ack: seq(flags & Flag.ack ? uint32(bytes, start + 8) : 0),
    flags,
    window: uint16(bytes, start + 14),
    length: wireEnd - headerEnd,
    data: bytes.subarray(optionsEnd, Math.min(wireEnd, bytes.length)),
    opening: flags & Flag.syn ? options.opening : undefined,
    sack: options.sack,
    sacks: options.sacks,
    stamp: stampAt > 0 ? uint32(bytes, stampAt) : undefined,
    echo: echo === 0 ? undefined : echo,
    hops,
  };
};
