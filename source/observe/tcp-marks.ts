// Rebuilds the marks of Wireshark's TCP analysis from its user's guide (“TCP Analysis”), in the guide's order of precedence. Marks are
// guesses of an observer on the path.
import {type Seq, seqAdd, seqLe, seqLt} from '../wire/seq.ts';
import {Flag, has, openOrClose, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {SequenceRanges} from './sequence-ranges.ts';

/** The marks, one bit each. */
export const Mark = {
  /** The segment follows one that was not captured. */
  lostBefore: 1,
  retransmission: 2,
  fastRetransmission: 4,
  spuriousRetransmission: 8,
  outOfOrder: 16,
  duplicateAck: 32,
  keepAlive: 64,
  keepAliveAck: 128,
  zeroWindow: 256,
  zeroWindowProbe: 512,
  zeroWindowProbeAck: 1024,
  windowUpdate: 2048,
  windowFull: 4096,
  /** The segment acknowledges data that were not captured. */
  ackedLost: 8192,
  /** The segment repeats sequence numbers that were seen before, which is no guess and no mark of Wireshark's. */
  resent: 16_384,
  /** The reason for a retransmission (repair-signs.ts); two of them mean that both look alike. */
  probed: 32_768,
  reported: 65_536,
  timedOut: 131_072,
  /** An acknowledgment allowed the sender to retransmit data that a timeout had given up before. */
  afterTimeout: 262_144,
  /** The segment is an immediate ACK of a single segment (quick-acks.ts). */
  quickAck: 524_288,
  /** The segment was sent because its recovery's share of the delivered data allowed it (proportional-rate.ts). */
  proportional: 1_048_576,
  /** The segment shows its receiver that a whole repair was needless: by D-SACK, or by what it echoes or acknowledges. */
  cameTwice: 2_097_152,
  cameLate: 4_194_304,
  /** The segment equals an earlier one to the last octet: it was doubled on the way or by the capture. */
  copy: 8_388_608,
} as const;

/** Times of the guide, in µs: how soon after an ACK a fast retransmission follows, and how late a segment counts as reordered. */
const fastWithinUs = 20_000;
const lateWithinUs = 3000;

/** The number of duplicate ACKs for a fast retransmission. It is lower than in RFC 5681, because some may be missing from the capture. */
const duplicatesForFast = 2;

/** One direction of a connection; a field is undefined while nothing was seen. */
class Way {
  nextSeq: Seq | undefined;
  nextSeqAtUs = 0;
  /** The highest number without a gap before it, which the other end may acknowledge. */
  contiguous: Seq | undefined;
  lastAck: Seq | undefined;
  lastAckAtUs = 0;
  /** The window in the header of the last segment. */
  window = 0;
  windowScale: number | undefined;
  /** True if the last segment had a SYN, whose window is never scaled. */
  unscaled = false;
  duplicates = 0;
  lastMarks = 0;
}

const isProbe = ({length, seq}: SeenSegment, fwd: Way, rev: Way): boolean =>
  length === 1 && seq === fwd.nextSeq && rev.lastAck !== undefined && rev.window === 0;

/** Tells whether a segment begins where the last one of its direction ended, and acknowledges the same. */
const repeats = ({length, seq, ack, flags}: SeenSegment, fwd: Way): boolean =>
  length === 0 && seq === fwd.nextSeq && ack === fwd.lastAck && (flags & openOrClose) === 0;

/** Returns the window that the other end last sent, in octets; undefined if its scale is not known. */
const toldWindow = ({window, windowScale, unscaled}: Way): number | undefined =>
  windowScale === undefined ? undefined : unscaled ? window : window << windowScale;

const fillsWindow = (segment: SeenSegment, rev: Way): boolean => {
  const window = toldWindow(rev);
  if (segment.length === 0 || window === undefined || rev.lastAck === undefined) return false;
  return seqAdd(segment.seq, segment.length) === seqAdd(rev.lastAck, window);
};

/** Returns the marks that follow from the place, window and acknowledgment number of a segment that is not a probe. */
const placeMarks = (segment: SeenSegment, fwd: Way, rev: Way): number => {
  const {seq, length, window, flags} = segment;
  const plain = (flags & openOrClose) === 0;
  let marks = 0;
  if (window === 0 && plain) marks |= Mark.zeroWindow;
  if (fwd.nextSeq !== undefined && seqLt(fwd.nextSeq, seq) && !(flags & Flag.rst)) marks |= Mark.lostBefore;
  if (length <= 1 && plain && fwd.nextSeq !== undefined && seq === seqAdd(fwd.nextSeq, -1))
    marks |= Mark.keepAlive;
  if (plain && fillsWindow(segment, rev)) marks |= Mark.windowFull;
  if (!repeats(segment, fwd)) return marks;
  const same = window === fwd.window;
  if (window > 0 && !same) marks |= Mark.windowUpdate;
  if (window > 0 && same && rev.lastMarks & Mark.keepAlive) return marks | Mark.keepAliveAck;
  if (window === 0 && same && rev.lastMarks & Mark.zeroWindowProbe) return marks | Mark.zeroWindowProbeAck;
  if (window > 0 && same) marks |= Mark.duplicateAck;
  return marks;
};

/** Returns the mark of a retransmission; `irttUs` is the round-trip time of the handshake, if it was seen. */
const resentMark = (segment: SeenSegment, fwd: Way, rev: Way, irttUs: number | undefined): number => {
  const {seq, length, atUs} = segment;
  const end = seqAdd(seq, length);
  const probed = length > 1 && fwd.nextSeq !== undefined && seq === seqAdd(fwd.nextSeq, -1);
  const behind = fwd.nextSeq !== undefined && seqLt(seq, fwd.nextSeq) && !probed;
  if (length > 0 && rev.lastAck !== undefined && seqLe(end, rev.lastAck)) return Mark.spuriousRetransmission;
  if (!behind) return 0;
  const soon = atUs - rev.lastAckAtUs < fastWithinUs && rev.duplicates >= duplicatesForFast;
  if (soon && rev.lastAck === seq) return Mark.fastRetransmission;
  const late = atUs - fwd.nextSeqAtUs < (irttUs ?? lateWithinUs);
  if (late && fwd.nextSeq !== seqAdd(seq, spaceOf(segment))) return Mark.outOfOrder;
  return Mark.retransmission;
};

export class TcpMarks {
  readonly #ways: readonly [Way, Way] = [new Way(), new Way()];
  #lastSynUs: number | undefined;
  #irttUs: number | undefined;

  /** The time in µs from the last SYN to the first ACK that follows it at another time; undefined until both have been seen. */
  get initialRoundTripUs(): number | undefined {
    return this.#irttUs || undefined;
  }

  /**
   * Takes a segment in the order of the file; returns its marks. `side` is the end that sends; `seenByOther` are the numbers that the other
   * end has sent.
   */
  take(side: 0 | 1, segment: SeenSegment, seenByOther: SequenceRanges): number {
    const fwd = this.#ways[side];
    const rev = this.#ways[side === 0 ? 1 : 0];
    this.#handshake(segment);
    if (segment.opening) openWay(fwd, segment);
    let marks = isProbe(segment, fwd, rev) ? Mark.zeroWindowProbe : placeMarks(segment, fwd, rev);
    if (marks & Mark.duplicateAck) fwd.duplicates += 1;
    if (segment.ack !== fwd.lastAck) fwd.duplicates = 0;
    marks |= ackMark(segment, rev, seenByOther);
    const resendable = segment.length > 0 || has(segment, Flag.syn | Flag.fin);
    if (resendable && !(marks & Mark.keepAlive))
      marks |= resentMark(segment, fwd, rev, this.initialRoundTripUs);
    advance(fwd, segment, marks);
    return marks;
  }

  #handshake({flags, atUs}: SeenSegment): void {
    const bits = flags & (Flag.syn | Flag.ack);
    if (bits === Flag.syn) this.#lastSynUs = atUs;
    else if (bits === Flag.ack && this.#lastSynUs !== undefined) this.#irttUs ||= atUs - this.#lastSynUs;
  }
}

/** Without the option the window is not scaled (RFC 7323 §2.2). */
const openWay = (way: Way, {opening}: SeenSegment): void => {
  way.windowScale = Math.min(14, opening?.windowScale ?? 0);
};

/** Moves `contiguous` on after a gap was filled. */
const joinContiguous = (way: Way, seen: SequenceRanges): void => {
  const {contiguous, nextSeq} = way;
  if (contiguous === undefined || nextSeq === undefined || !seqLt(contiguous, nextSeq)) return;
  const end = seen.endFrom(contiguous);
  way.contiguous = seqLt(nextSeq, end) ? nextSeq : end;
};

const ackMark = ({ack, flags, window}: SeenSegment, rev: Way, seen: SequenceRanges): number => {
  if (!(flags & Flag.ack) || rev.contiguous === undefined || !seqLt(rev.contiguous, ack)) return 0;
  joinContiguous(rev, seen);
  if (!seqLt(rev.contiguous, ack)) return 0;
  const reopens =
    ack === seqAdd(rev.contiguous, 1) && window > 0 && (rev.lastMarks & Mark.zeroWindowProbe) !== 0;
  rev.contiguous = rev.nextSeq !== undefined && seqLt(ack, rev.nextSeq) ? rev.nextSeq : ack;
  return reopens ? Mark.windowUpdate : Mark.ackedLost;
};

const advance = (fwd: Way, segment: SeenSegment, marks: number): void => {
  const {seq, atUs, ack, flags, window} = segment;
  const next = seqAdd(seq, spaceOf(segment));
  // The gap begins at this place, whatever was acknowledged before.
  if (marks & Mark.lostBefore) fwd.contiguous = fwd.nextSeq;
  if (!(marks & Mark.zeroWindowProbe)) {
    if (fwd.nextSeq === undefined || seqLt(fwd.nextSeq, next)) {
      fwd.nextSeq = next;
      fwd.nextSeqAtUs = atUs;
    }
    if (fwd.contiguous === undefined || seq === fwd.contiguous) fwd.contiguous = next;
  }
  fwd.window = window;
  fwd.unscaled = (flags & Flag.syn) !== 0;
  fwd.lastMarks = marks;
  // A segment without ACK acknowledges nothing, and the earlier acknowledgment no longer counts.
  fwd.lastAck = flags & Flag.ack ? ack : undefined;
  fwd.lastAckAtUs = atUs;
};

/** Any of Wireshark's three marks of a retransmission. */
export const retransmissionMarks =
  Mark.retransmission | Mark.fastRetransmission | Mark.spuriousRetransmission;
