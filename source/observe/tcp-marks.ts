// Rebuilds the marks of Wireshark's TCP analysis from its user's guide (“TCP Analysis”), in the guide's order of precedence. Marks are
// guesses from what passes the capture point.
import {type Seq, seqAdd, seqLe, seqLt} from '../wire/seq.ts';
import {Flag, has, openOrClose, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {SequenceRanges} from './sequence-ranges.ts';

/** The marks of a TCP segment, one bit each: those of Wireshark's TCP analysis and some of this program's own. */
export const Mark = {
  /** The segment follows one that was not captured: there is a gap before its sequence number. */
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
  /** The segment repeats sequence numbers that were seen before. This is a fact and not a guess, and no mark of Wireshark's. */
  resent: 16_384,
  /**
   * The cause of a retransmission: a loss probe, reported losses (`reported`) or the timer (`timedOut`); if two are set, both look alike
   * (repair-signs.ts).
   */
  probed: 32_768,
  reported: 65_536,
  timedOut: 131_072,
  /** The segment retransmits data that were outstanding when a timeout happened, after an acknowledgment allowed the sender to go on. */
  afterTimeout: 262_144,
  /** The segment is an immediate ACK of a single segment (quick-acks.ts). */
  quickAck: 524_288,
  /** The segment was sent in a recovery with a proportional rate, because the share of delivered data allowed it (proportional-rate.ts). */
  proportional: 1_048_576,
  /**
   * The segment shows its receiver that all retransmissions of a recovery were needless: by D-SACK (`cameTwice`), or by what it echoes or
   * acknowledges (`cameLate`).
   */
  cameTwice: 2_097_152,
  cameLate: 4_194_304,
  /** The segment equals an earlier one to the last octet: it was doubled on the way or by the capture. */
  copy: 8_388_608,
} as const;

/**
 * The time in µs after an ACK within which a fast retransmission follows, according to Wireshark's guide; `lateWithinUs` is that within
 * which a late segment counts as reordered.
 */
const fastWithinUs = 20_000;
const lateWithinUs = 3000;

/** The number of duplicate ACKs for a fast retransmission. It is lower than in RFC 5681, because some may be missing from the capture. */
const duplicatesForFast = 2;

/** Holds what is known of one direction of a TCP connection for its marks; a field is undefined while nothing was seen. */
class Way {
  nextSeq: Seq | undefined;
  nextSeqAtUs = 0;
  /** The number after the last sequence number without a gap before it, up to which the other end may acknowledge. */
  contiguous: Seq | undefined;
  lastAck: Seq | undefined;
  lastAckAtUs = 0;
  /** The window field of the direction's last segment, unscaled. */
  window = 0;
  windowScale: number | undefined;
  /** True if the direction's last segment had a SYN, whose window is never scaled. */
  unscaled = false;
  duplicates = 0;
  lastMarks = 0;
}

const isProbe = ({length, seq}: SeenSegment, fwd: Way, rev: Way): boolean =>
  length === 1 && seq === fwd.nextSeq && rev.lastAck !== undefined && rev.window === 0;

/** Tells whether a segment without data, SYN, FIN and RST begins where its direction ended and repeats the last acknowledgment number. */
const repeats = ({length, seq, ack, flags}: SeenSegment, fwd: Way): boolean =>
  length === 0 && seq === fwd.nextSeq && ack === fwd.lastAck && (flags & openOrClose) === 0;

/** Returns the receive window that an end last announced, in octets; undefined if its scale is not known. */
const toldWindow = ({window, windowScale, unscaled}: Way): number | undefined =>
  windowScale === undefined ? undefined : unscaled ? window : window << windowScale;

const fillsWindow = (segment: SeenSegment, rev: Way): boolean => {
  const window = toldWindow(rev);
  if (segment.length === 0 || window === undefined || rev.lastAck === undefined) return false;
  return seqAdd(segment.seq, segment.length) === seqAdd(rev.lastAck, window);
};

/**
 * Returns the marks of a segment that follow from its sequence number, window and acknowledgment number; zero-window probes are marked
 * elsewhere.
 */
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

/**
 * Returns the mark of a segment that repeats or precedes earlier ones (retransmission or out of order), or 0. `irttUs` is the round-trip
 * time of the handshake in µs; undefined if it was not seen.
 */
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

  /** The round-trip time of the handshake in µs: from the last SYN to the first ACK after it; undefined until both have been seen. */
  get initialRoundTripUs(): number | undefined {
    return this.#irttUs || undefined;
  }

  /**
   * Takes a segment in the order of the capture file; returns its marks. `side` is the end that sends; `seenByOther` contains the sequence
   * numbers that the other end has sent.
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

/** Notes the window scale of a SYN; without the option the window is not scaled (RFC 7323 §2.2). */
const openWay = (way: Way, {opening}: SeenSegment): void => {
  way.windowScale = Math.min(14, opening?.windowScale ?? 0);
};

/** Advances `contiguous`, the number up to which a direction has no gap, after a gap was filled. */
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
  // The new gap begins where the direction had ended, whatever was acknowledged before.
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

/** The bits of Wireshark's three marks of a retransmission. */
export const retransmissionMarks =
  Mark.retransmission | Mark.fastRetransmission | Mark.spuriousRetransmission;
