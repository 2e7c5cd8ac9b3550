// Collects everything known of one end of a captured TCP connection from the segments that it sends.
import {type Seq, seqAdd} from '../wire/seq.ts';
import {type Checked, CheckedSegments} from './checked-segments.ts';
import type {Kept, OctetStore} from './octet-store.ts';
import {Flag, type OpeningOptions, type SeenSegment, spaceOf} from './seen-segment.ts';
import {SequenceRanges} from './sequence-ranges.ts';
import type {Heard, Stamped, TransferPace} from './transfer-pace.ts';
import {WindowNotes} from './window-notes.ts';

const noFrames: readonly number[] = [];

/** The highest number of packets with ECE whose frame numbers are kept of one end. */
export const mostEchoes = 8;
/** The number of first octets kept of an end's data, enough to recognize the application protocol. */
const firstOctets = 64;

export class Half {
  readonly ranges = new SequenceRanges();
  payloadBytes = 0;
  /** The octets of new payload that this end sent after the other end's FIN. */
  afterFin = 0;
  options: OpeningOptions | undefined;
  /** The window field of the last segment, unscaled. */
  window: number | undefined;
  nextSeq: Seq | undefined;
  /** The end's initial sequence number: that of its SYN, or what the first segment of either end implies. */
  base: Seq | undefined;
  segments = 0;
  /** How fast the end's data flow; undefined until the end has sent data. */
  pace: TransferPace | undefined;
  /** Notes about the receive windows that the end has announced. */
  readonly windows = new WindowNotes();
  /**
   * The number of the end's packets with ECE, which report that packets marked for congestion had arrived (RFC 3168 §6.1.3); `echoFrames`
   * are the first of them.
   */
  echoes = 0;
  echoFrames: readonly number[] = noFrames;
  /** The last acknowledgment that the end has sent, with its time and window. */
  heard: Heard | undefined;
  /** True once an acknowledgment of the end shows that the other end has sent something: its number has changed, or it answers a SYN. */
  ackMoves = false;
  /** True if the file lacks octets of a segment that the end sent. */
  isCut = false;
  /** The checksums of the end's segments; undefined until one is not right. */
  checks: CheckedSegments | undefined;
  /** Where the connection's octet store keeps the first octets of data that the end sent; undefined if there are none, or no room. */
  firstData: Kept | undefined;
  /** The frame with `firstData`; 0 if the end has sent no data. */
  firstDataFrame = 0;
  /** The end's first timestamp (TSval), with the time at which it passed. */
  clock: Stamped | undefined;
  /** The number after the highest octet that the end has reported by SACK as received out of order (RFC 2018). */
  sacked: Seq | undefined;
  /**
   * The number of the end's segments that exceed the other end's MSS, which a network card cuts later; `largest` is the payload of the
   * largest in octets.
   */
  giants = 0;
  largest = 0;
}

/**
 * Sets the initial sequence numbers of both ends. For an end whose SYN was not captured, it is the number before the first octet that it
 * sent or that was acknowledged to it (RFC 9293 §3.4).
 */
export const setBases = (half: Half, back: Half, {flags, seq, ack}: SeenSegment): void => {
  half.base ??= flags & Flag.syn ? seq : seqAdd(seq, -1);
  if (flags & Flag.ack) back.base ??= seqAdd(ack, -1);
};

/**
 * Counts the result of checking a segment of `half` that was taken before; tells whether the checksum is wrong and a retransmission is
 * expected.
 */
export const countCheck = (half: Half, back: Half, segment: SeenSegment, checked: Checked): boolean => {
  if (checked === undefined || (checked === 'right' && half.checks === undefined)) return false;
  // Checksums are recorded from the first wrong one on; all earlier segments count as right.
  half.checks ??= new CheckedSegments(half.segments - 1);
  const {frame, atUs, seq, length} = segment;
  // A segment longer than the other end's MSS was made by a network card that cuts or joins segments, so its wrong checksum means
  // nothing.
  const isGiant = length > (back.options?.mss ?? length);
  const result = isGiant && checked === 'wrong' ? 'left' : checked;
  const takesNumbers = spaceOf(segment) > 0;
  half.checks.take(result, {frame, atUs, sign: takesNumbers ? seq : undefined});
  return takesNumbers && result === 'wrong';
};

/** Keeps the first octets of the first data that an end sends. */
export const keepFirstData = (half: Half, {data, frame}: SeenSegment, store: OctetStore): void => {
  const octets = data.subarray(0, firstOctets);
  const at = store.add(octets);
  if (at !== undefined) half.firstData = {at, length: octets.length};
  half.firstDataFrame = frame;
};
