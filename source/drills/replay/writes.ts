// Finds where a program's writes began and ended in a capture: data that leave although no acknowledgment released them were written just
// then (RFC 9293 §3.7.4, §3.8.6.2; RFC 5681 §3.1: data that a window keeps back leave as acknowledgments arrive).
import {mostShift} from '../../wire/tcp.ts';
import {type Fates, reached} from './fates.ts';
import {otherSide, type Seen, type SeenConnection, type Side} from './seen.ts';
import {type Chunk, chunksOf, type Look, landedUs, mayCause, type Occasion} from './streams.ts';
import {isFar} from './vantage.ts';

/** One write of a program: octets `start … end` of the stream (the first is 1), given to TCP in one call. */
export type Write = Chunk;

/** An acknowledgment that arrived, and the sequence number up to which the sender may send from then on. */
type Leave = Occasion & {readonly edge: number; readonly ack: number};

const shiftOf = ({segments}: SeenConnection, side: Side): number => {
  const scale = (of: Side): number | undefined =>
    segments
      .find((segment) => segment.side === of && segment.seq === 0 && segment.end > 0)
      ?.options.find((option) => option.kind === 'windowScale')?.shift;
  const [own, far] = [scale(side), scale(otherSide(side))];
  return own === undefined || far === undefined ? 0 : Math.min(mostShift, own);
};

/** Returns a segment's window in octets, scaled; the window of a SYN is never scaled (RFC 7323 §2.2). */
export const windowOf = (seen: SeenConnection, segment: Seen): number =>
  segment.window * (segment.seq === 0 && segment.end > 0 ? 1 : 1 << shiftOf(seen, segment.side));

const leavesOf = ({seen, vantage, fates}: Look, side: Side): readonly Leave[] =>
  seen.segments.flatMap((segment) => {
    const {packet, ack} = segment;
    if (segment.side === side || ack === undefined || !reached(fates, segment)) return [];
    return [{packet, atUs: landedUs(vantage, segment), ack, edge: ack + windowOf(seen, segment)}];
  });

/**
 * Returns the µs within which two events of a sender count as simultaneous: a quarter of the path's delay, at least 1 ms, because captures
 * and schedulers are not exact.
 */
const nearUs = ({vantage}: Look): number => Math.max(1000, Math.floor(vantage.delayUs / 4));

type Writing = {
  readonly look: Look;
  readonly side: Side;
  readonly leaves: readonly Leave[];
  readonly segmentBytes: number;
};

/** Returns the acknowledgments that had arrived at the sender when a chunk of data left. */
const cameBefore = ({look, leaves, side}: Writing, left: Chunk): readonly Leave[] =>
  leaves.filter((came) => mayCause(look.vantage, side, {came, left}));

/** Tells whether an acknowledgment released a chunk of data, because it arrived just before the chunk left. */
const letGo = (writing: Writing, chunk: Chunk): boolean => {
  const near = nearUs(writing.look);
  return cameBefore(writing, chunk).some(({atUs}) => atUs > chunk.atUs - near);
};

/** Tells whether less than a full segment of the receiver's window was left after a chunk of data. */
const wasBlocked = (writing: Writing, chunk: Chunk): boolean => {
  const edge = cameBefore(writing, chunk).reduce((most, leave) => Math.max(most, leave.edge), 0);
  return edge > 0 && edge - chunk.end < writing.segmentBytes;
};

/** How many round trips a loss probe of TLP waits (RFC 8985 §7.2). */
const probeRounds = 2;

/**
 * Tells whether a chunk of data is a loss probe of TLP, which may be new data (RFC 8985 §7.3): one full segment after a pause of two round
 * trips, while the data before it are unacknowledged.
 */
const isProbe = (writing: Writing, last: Chunk, next: Chunk, after: Chunk | undefined): boolean =>
  next.end - next.start === writing.segmentBytes &&
  next.atUs - last.atUs >= probeRounds * 2 * writing.look.vantage.delayUs &&
  (after === undefined || after.atUs - next.atUs > nearUs(writing.look)) &&
  !isFar(writing.look.vantage, writing.side) &&
  cameBefore(writing, next).every(({ack}) => ack < last.end);

const goesOn = (writing: Writing, last: Chunk, next: Chunk, after: Chunk | undefined): boolean => {
  if (last.fin || writing.look.begins?.has(next.packet)) return false;
  if (wasBlocked(writing, last)) return true;
  const length = last.end - last.start;
  if (length === 0 || length % writing.segmentBytes !== 0) return false;
  const {vantage} = writing.look;
  // If the sender is far from the capture point, data that pass within a round trip count as sent at once, because queues on the way spread
  // them.
  const togetherUs = isFar(vantage, writing.side) ? 2 * vantage.delayUs : nearUs(writing.look);
  if (next.atUs - last.atUs <= togetherUs || letGo(writing, next)) return true;
  return isProbe(writing, last, next, after);
};

/** Returns the writes of an end's program. `segmentBytes` is its full segment: a shorter one ends a write, unless the window was full. */
export const writesOf = (look: Look, side: Side, segmentBytes: number): readonly Write[] => {
  const writing: Writing = {look, side, leaves: leavesOf(look, side), segmentBytes};
  const writes: Write[] = [];
  let last: Chunk | undefined;
  const chunks = chunksOf(look, side);
  for (const [index, chunk] of chunks.entries()) {
    const open = writes.at(-1);
    if (open && last && goesOn(writing, last, chunk, chunks[index + 1]))
      writes[writes.length - 1] = {...open, end: chunk.end, fin: chunk.fin};
    else writes.push(chunk);
    last = chunk;
  }
  return writes;
};

/** Returns the octets of a program's write from the captured segments; undefined if any of them was not captured. */
export const octetsOf = (
  {segments}: SeenConnection,
  side: Side,
  {start, end}: Write,
): Uint8Array | undefined => {
  const octets = new Uint8Array(end - start);
  let known = start;
  const own = segments
    .filter((segment) => segment.side === side && segment.bytes.length > 0)
    .map((segment) => ({bytes: segment.bytes, from: Math.max(1, segment.seq)}))
    .sort((a, b) => a.from - b.from);
  for (const {bytes, from} of own) {
    if (from > known) continue;
    if (from >= end) break;
    const to = Math.min(end, from + bytes.length);
    if (to <= known) continue;
    octets.set(bytes.subarray(known - from, to - from), known - start);
    known = to;
  }
  return known >= end ? octets : undefined;
};

export const arrivalsOf = (
  look: {readonly seen: SeenConnection; readonly fates: Fates},
  side: Side,
): readonly Seen[] =>
  look.seen.segments.filter((segment) => segment.side !== side && reached(look.fates, segment));
