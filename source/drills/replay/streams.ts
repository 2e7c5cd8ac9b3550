// Deduces from a capture what the program of each end learned and did, and when: bytes that became readable, the peer's FIN, its own
// writes.
import {TcpFlag} from '../../wire/tcp.ts';
import {type Fates, fateOf, reached} from './fates.ts';
import {finOf, hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/**
 * Returns the time in µs at which a captured segment left its host. Time 0 of the simulation is when the client's first segment would leave
 * for the capture point.
 */
export const leftUs = ({distanceUs}: Vantage, {side, atUs, heldUs = 0}: Seen): number =>
  atUs - heldUs - distanceUs[side] + distanceUs[0];

export const landedUs = ({distanceUs}: Vantage, {side, atUs, lateUs = 0}: Seen): number =>
  atUs + lateUs + distanceUs[otherSide(side)] + distanceUs[0];

/** An event that a program of a captured connection may wait for before its next call. */
export type Happening = Occasion &
  (
    | {readonly event: 'connected' | 'accepted'}
    /** How many bytes have been received in all; with `eof`, the FIN counts as one more. */
    | {readonly event: 'received' | 'eof'; readonly bytes: number}
  );

/** A captured segment, and the time in µs at which its host sent or received it. */
export type Occasion = {
  readonly packet: number;
  readonly atUs: number;
  /** The segment's acknowledgment number, which shows how many bytes its sender had received; undefined for arrivals. */
  readonly ack?: number | undefined;
};

export const leaving = (vantage: Vantage, segment: Seen): Occasion => ({
  packet: segment.packet,
  atUs: leftUs(vantage, segment),
  ack: segment.ack,
});

/**
 * Tells whether an arrival at an end can have caused it to send a segment: the arrival passed the capture point before it, by about the way
 * there and back. Paths vary, so this is not exact.
 */
export const mayCause = (
  {distanceUs}: Vantage,
  side: Side,
  {came, left}: {readonly came: Occasion; readonly left: Occasion},
): boolean => came.packet < left.packet && left.atUs - came.atUs >= -0.3 * distanceUs[side] - 60;

export type Look = {
  readonly seen: SeenConnection;
  readonly vantage: Vantage;
  readonly fates: Fates;
  /**
   * Packets whose data the program wrote only when they left, although an acknowledgment would have allowed them earlier; found by an
   * earlier simulation.
   */
  readonly begins?: ReadonlySet<number> | undefined;
};

/** Returns the end of the octets that have arrived without a gap from `from` on; ranges are [from, to). */
const contiguous = (ranges: readonly (readonly [number, number])[], from: number): number => {
  let end = from;
  for (const [a, b] of ranges) if (a <= end && b > end) end = b;
  return end;
};

/** Returns the events that the program of an end learned, in order: the connection opened, bytes arrived, the peer's FIN arrived. */
export const happeningsOf = ({seen, vantage, fates}: Look, side: Side): readonly Happening[] => {
  const found: Happening[] = [];
  const ranges: [number, number][] = [];
  let next = 1;
  let open = false;
  let finAt: number | undefined;
  const arrivals = seen.segments
    .filter((segment) => segment.side !== side && reached(fates, segment) && !hasFlags(segment, TcpFlag.RST))
    .map((segment) => ({segment, atUs: landedUs(vantage, segment)}))
    .sort((a, b) => a.atUs - b.atUs || a.segment.packet - b.segment.packet);
  for (const {segment, atUs} of arrivals) {
    const {packet, seq, flags, ack = 0, length} = segment;
    if (!open && ack >= 1) {
      open = true;
      found.push({packet, event: side === 0 ? 'connected' : 'accepted', atUs});
    }
    if (spaceOf(segment) === 0) continue;
    const data = seq + (flags & TcpFlag.SYN ? 1 : 0);
    if (flags & TcpFlag.FIN) finAt = data + length;
    ranges.push([data, data + length]);
    ranges.sort(([a], [b]) => a - b);
    const now = contiguous(ranges, next);
    if (now > next) {
      next = now;
      found.push({packet, event: 'received', bytes: next - 1, atUs});
      for (let i = ranges.length - 1; i >= 0; i--) if ((ranges[i]?.[1] ?? 0) < next) ranges.splice(i, 1);
    }
    if (finAt !== undefined && finAt === next && !found.some(({event}) => event === 'eof'))
      found.push({packet, event: 'eof', bytes: next, atUs});
  }
  return found;
};

/**
 * A stretch of the stream that one captured segment sent for the first time, and when it left; `fin` is true if a FIN followed in the
 * segment.
 */
export type Chunk = Occasion & {readonly start: number; readonly end: number; readonly fin: boolean};

/** The number of the latest chunks with which a segment is compared to find what it sends for the first time. */
const mostOverlapping = 64;

/**
 * Returns the data that an end sent, in chunks in the order of the stream, without retransmissions. A chunk that was lost before the
 * capture point gets the time at which the one after it left.
 */
export const chunksOf = ({seen, vantage, fates}: Look, side: Side): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  for (const segment of seen.segments) {
    if (segment.side !== side || segment.length === 0) continue;
    if (fateOf(fates, segment).kind === 'copy' || hasFlags(segment, TcpFlag.RST)) continue;
    const first = segment.seq + (segment.flags & TcpFlag.SYN ? 1 : 0);
    const end = first + segment.length;
    const known = chunks
      .slice(-mostOverlapping)
      .map(({start, end: stop}) => [start, stop] as const)
      .sort(([a], [b]) => a - b);
    // Only the parts of a retransmission that were not captured before are new chunks.
    for (let start = contiguous(known, first); start < end; ) {
      const stop = Math.min(end, ...known.flatMap(([from]) => (from > start ? [from] : [])));
      const fin = stop === end && hasFlags(segment, TcpFlag.FIN);
      chunks.push({...leaving(vantage, segment), start, end: stop, fin});
      start = contiguous(known, stop);
    }
  }
  chunks.sort((a, b) => a.start - b.start);
  const fin = finOf(seen, side);
  const last = chunks.at(-1);
  // A FIN that passed before the last data left after them, so the data left no later than the FIN.
  if (fin && last && fin.seq >= last.end && leftUs(vantage, fin) < last.atUs)
    chunks[chunks.length - 1] = {...last, ...leaving(vantage, fin)};
  for (let index = chunks.length - 2; index >= 0; index--) {
    const [chunk, behind] = [chunks[index], chunks[index + 1]];
    if (chunk && behind && behind.atUs < chunk.atUs)
      chunks[index] = {...chunk, atUs: behind.atUs, packet: behind.packet, ack: behind.ack};
  }
  return chunks;
};
