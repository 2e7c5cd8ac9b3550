// Reassembles one direction of a TCP connection from captured segments (RFC 9293 §3.4, §3.10.7.4). Bytes that are in order are handed on at
// once and not kept; bytes that came too early are held, within a bound.
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';

/** A captured TCP segment for reassembly; `bytes` may be fewer than its `length` on the wire. */
export type Arrival = {
  readonly frame: number;
  readonly seq: Seq;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly bytes: Uint8Array;
  readonly length: number;
};

/**
 * A piece of a reassembled TCP stream. Offsets count from the byte after SYN, or from the first captured one without a SYN. A `hole` is a
 * range that the capture lacks; an `end` is a FIN after which nothing follows.
 */
export type Piece =
  | {readonly kind: 'bytes'; readonly start: number; readonly bytes: Uint8Array; readonly frame: number}
  | {readonly kind: 'hole'; readonly start: number; readonly end: number}
  | {readonly kind: 'end'; readonly start: number; readonly frame: number};

/** TCP data that wait for the bytes before them. Without `bytes`, the capture's snap length cut them off. */
type Held = {
  readonly start: number;
  readonly end: number;
  readonly frame: number;
  readonly bytes?: Uint8Array;
};

/** A stream offset and the TCP sequence number that belongs to it. */
type Anchor = {readonly seq: Seq; readonly offset: number};

export type Stream = {
  /** The place of the next byte to be returned; undefined before the first segment. */
  readonly next?: Anchor;
  /** The data that wait for earlier bytes, in order and without overlaps. */
  readonly held: readonly Held[];
  readonly fin?: {readonly offset: number; readonly frame: number};
  readonly ended: boolean;
};

type Received = {
  readonly stream: Stream;
  readonly pieces: readonly Piece[];
  /** The number of this segment's bytes that had come before, because it is a retransmission or partly one. The first copy counts. */
  readonly again: number;
  /** The number of this segment's bytes that differ from an earlier copy, as far as that copy still waits for reassembly. */
  readonly differing: number;
};

/**
 * The highest number of bytes that wait for earlier ones; `MAX_HELD_STRETCHES` is that of ranges. Beyond that, the gap before them becomes
 * a hole.
 */
export const MAX_HELD_BYTES = 1 << 20;
export const MAX_HELD_STRETCHES = 1024;

export const newStream: Stream = {held: [], ended: false};

const heldBytes = (held: readonly Held[]): number =>
  held.reduce((sum, {bytes}) => sum + (bytes?.length ?? 0), 0);

const cut = ({bytes, frame}: Held, from: Held, start: number, end: number): Held => ({
  start,
  end,
  frame,
  ...(bytes && {bytes: bytes.subarray(start - from.start, end - from.start)}),
});

/** Returns the parts of `fresh` that none of the waiting ranges in `held` covers. */
const uncovered = (held: readonly Held[], fresh: Held): readonly Held[] => {
  const parts: Held[] = [];
  let at = fresh.start;
  for (const {start, end} of held) {
    if (end <= at) continue;
    if (start >= fresh.end) break;
    if (start > at) parts.push(cut(fresh, fresh, at, Math.min(start, fresh.end)));
    at = end;
  }
  if (at < fresh.end) parts.push(cut(fresh, fresh, Math.max(at, fresh.start), fresh.end));
  return parts;
};

const differences = (held: readonly Held[], fresh: Held): number => {
  let count = 0;
  for (const {start, end, bytes} of held) {
    if (bytes === undefined || fresh.bytes === undefined) continue;
    for (let at = Math.max(start, fresh.start); at < Math.min(end, fresh.end); at++)
      if (bytes[at - start] !== fresh.bytes[at - fresh.start]) count++;
  }
  return count;
};

/**
 * Returns the parts of a segment's data from the stream offset `next` on, with captured and cut-off bytes apart; empty if there are none.
 */
const freshOf = ({frame, bytes, length}: Arrival, start: number, next: number): readonly Held[] => {
  const captured = Math.min(bytes.length, length);
  const whole: Held = {start, end: start + captured, frame, bytes: bytes.subarray(0, captured)};
  const parts: readonly Held[] = [
    whole,
    ...(length > captured ? [{start: whole.end, end: start + length, frame}] : []),
  ];
  return parts
    .map((part) => cut(part, part, Math.max(part.start, next), part.end))
    .filter((part) => part.start < part.end);
};

type Drained = {
  readonly pieces: readonly Piece[];
  readonly held: readonly Held[];
  readonly offset: number;
};

/**
 * Returns as pieces what is in order, and what still waits. `jump` tells whether the gap before the waiting ranges is given up and becomes
 * a hole.
 */
const drain = (held: readonly Held[], offset: number, jump: (rest: readonly Held[]) => boolean): Drained => {
  const pieces: Piece[] = [];
  let at = offset;
  let taken = 0;
  for (const {start, end, bytes, frame} of held) {
    if (start > at) {
      if (!jump(held.slice(taken))) break;
      pieces.push({kind: 'hole', start: at, end: start});
    }
    pieces.push(bytes ? {kind: 'bytes', start, bytes, frame} : {kind: 'hole', start, end});
    at = end;
    taken++;
  }
  return {pieces, held: held.slice(taken), offset: at};
};

const overBound = (held: readonly Held[]): boolean =>
  held.length > MAX_HELD_STRETCHES || heldBytes(held) > MAX_HELD_BYTES;

const advanced = (
  stream: Stream,
  anchor: Anchor,
  {held, offset, pieces}: Drained,
): Omit<Received, 'again' | 'differing'> => {
  const next = {offset, seq: seqAdd(anchor.seq, offset - anchor.offset)};
  const {fin} = stream;
  const ended = fin !== undefined && offset >= fin.offset;
  const end: readonly Piece[] = ended ? [{kind: 'end', start: fin.offset, frame: fin.frame}] : [];
  return {stream: {...stream, next, held: ended ? [] : held, ended}, pieces: [...pieces, ...end]};
};

/** Copies the segment's bytes that must wait, because they may be in a buffer that is used again. */
const keeping = (stream: Stream, added: readonly Held[]): Stream => {
  if (added.length === 0 || stream.held.length === 0) return stream;
  const own = (each: Held): Held =>
    each.bytes && added.includes(each) ? {...each, bytes: each.bytes.slice()} : each;
  return {...stream, held: stream.held.map(own)};
};

/** Tells whether no data wait, no FIN has come and nothing of the segment was cut off, as for most segments. */
const isPlain = ({held, fin}: Stream, {bytes, length}: Arrival): boolean =>
  held.length === 0 && fin === undefined && bytes.length === length;

const nothingHeld: readonly Held[] = [];

const nextInOrder = ({seq, offset}: Anchor, {bytes, length, frame, fin: ends}: Arrival): Received => {
  const end = offset + length;
  const next = {seq: seqAdd(seq, length), offset: end};
  const pieces: Piece[] = length === 0 ? [] : [{kind: 'bytes', start: offset, bytes, frame}];
  if (!ends) return {stream: {next, held: nothingHeld, ended: false}, pieces, again: 0, differing: 0};
  pieces.push({kind: 'end', start: end, frame});
  const fin = {offset: end, frame};
  return {stream: {next, held: nothingHeld, fin, ended: true}, pieces, again: 0, differing: 0};
};

/**
 * Takes a TCP segment; returns the pieces that are now in order. SYN occupies a sequence number before the first byte. Bytes after FIN, or
 * before the first one, are dropped.
 */
export const receive = (stream: Stream, arrival: Arrival): Received => {
  const dataSeq = seqAdd(arrival.seq, arrival.syn ? 1 : 0);
  // A segment without data and SYN does not tell where the stream begins: the sequence number of a keep-alive is one lower
  // (RFC 9293 §3.8.4).
  if (!stream.next && !arrival.syn && arrival.length === 0)
    return {stream, pieces: [], again: 0, differing: 0};
  const anchor = stream.next ?? {seq: dataSeq, offset: 0};
  const {length} = arrival;
  if (stream.ended) return {stream, pieces: [], again: length, differing: 0};
  const start = anchor.offset + seqDiff(dataSeq, anchor.seq);
  if (start === anchor.offset && isPlain(stream, arrival)) return nextInOrder(anchor, arrival);
  const fresh = freshOf(arrival, start, anchor.offset).map((part) => {
    const end = Math.min(part.end, stream.fin?.offset ?? part.end);
    return cut(part, part, part.start, Math.max(part.start, end));
  });
  const added = fresh.flatMap((part) => uncovered(stream.held, part));
  const differing = fresh.reduce((sum, part) => sum + differences(stream.held, part), 0);
  const held = [...stream.held, ...added].sort((a, b) => a.start - b.start);
  const fin = stream.fin ?? (arrival.fin ? {offset: start + length, frame: arrival.frame} : undefined);
  const after = advanced({...stream, ...(fin && {fin})}, anchor, drain(held, anchor.offset, overBound));
  const again = length - added.reduce((sum, part) => sum + part.end - part.start, 0);
  return {...after, stream: keeping(after.stream, added), again, differing};
};

/** Ends a TCP stream when no further segment comes: returns the data that still wait, with holes for the gaps before them. */
export const finishStream = (stream: Stream): readonly Piece[] => {
  const {next, fin} = stream;
  if (next === undefined || stream.ended) return [];
  const {pieces, offset} = drain(stream.held, next.offset, () => true);
  if (fin === undefined) return pieces;
  const gap: readonly Piece[] = offset < fin.offset ? [{kind: 'hole', start: offset, end: fin.offset}] : [];
  return [...pieces, ...gap, {kind: 'end', start: fin.offset, frame: fin.frame}];
};

/** Returns the frames that carried the bytes of a span of a stream, in the order of the stream. */
export const framesOf = (
  pieces: Iterable<Piece>,
  span: {readonly start: number; readonly end: number},
): readonly number[] => {
  const frames = new Set<number>();
  for (const piece of pieces) {
    if (piece.kind !== 'bytes') continue;
    if (piece.start < span.end && piece.start + piece.bytes.length > span.start) frames.add(piece.frame);
  }
  return [...frames];
};
