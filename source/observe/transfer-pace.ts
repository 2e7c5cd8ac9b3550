// Finds what delayed one direction of a connection, wait by wait, as its sender saw it: an acknowledgment counts from the time at which it
// can have reached the sender and let data pass the capture point. After each segment the sender had no room in the window, nothing more to
// send, or a full segment and room, so that its congestion window or the path made it wait (RFC 9293 §3.8.6, RFC 5681 §3.1). The memory
// that is used is bounded.

import {type Seq, seq, seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {mostOptions} from './bounds.ts';
import {type PauseCause, Pauses} from './pauses.ts';
import {Flag, type OpeningOptions, type SeenSegment} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';

/**
 * The cause of a sender's wait. `path`: the congestion window, the slowest link or the sender's buffer, before any loss; `loss`: a
 * retransmission, or such a wait after a loss; `nagle`: a small segment waited for an ACK (RFC 9293 §3.7.4); `stall`: the path held up what
 * had left.
 */
export type Limit = 'window' | 'program' | 'nagle' | 'stall' | 'loss' | 'path';

/**
 * The waits of a sender for one cause. `frame` began the longest of them, or for `loss`, `stall`, `program` and `nagle` ended it; 0 if
 * there was none.
 */
export type Wait = {readonly us: number; readonly count: number; readonly frame: number};

/** The shortest pause between two segments in µs that counts as a wait of the sender; segments of one flight are closer together. */
const leastUs = 1000;
/**
 * How many µs longer a pause between segments must be at the capture point than by the sender's timestamps to count as a stall of the path.
 */
const leastStallUs = 50_000;
/** The shortest retransmission timer of a sender, in µs. */
const leastTimerUs = 100_000;
/** How many retransmissions of already acknowledged data are remembered by their frame numbers. */
const mostUnheard = 8;
/** After this many ticks of a sender's TCP timestamps their rate is known; before, the timestamps prove nothing about time. */
const enoughTicks = 20;
/**
 * `flightShare`: the first flight is what leaves within this share of a round trip. `spareTrips`: a transfer may take so many round trips
 * more than doubling flights need and still counts as growing.
 */
const flightShare = 0.5;
const spareTrips = 1.5;
/** How many acknowledgments are remembered that have passed the capture point but cannot have reached the sender yet. */
const mostAhead = 1024;

/**
 * An acknowledgment that one end sent. `room` is its window in octets; undefined if the window scale is not known. `bare` is true if the
 * segment carries no data.
 */
export type Heard = {
  readonly atUs: number;
  readonly ack: Seq;
  readonly room: number | undefined;
  readonly bare: boolean;
};
type Growing = Wait & {readonly longestUs: number};

/**
 * Returns a segment's receive window in octets: scaled if both SYNs had the option, never scaled in a SYN (RFC 7323 §2.2); undefined if a
 * SYN is missing.
 */
export const roomOf = (
  {window, flags}: SeenSegment,
  own: OpeningOptions | undefined,
  far: OpeningOptions | undefined,
): number | undefined => {
  if (flags & Flag.syn) return window;
  if (!own || !far) return undefined;
  const isScaled = own.windowScale !== undefined && far.windowScale !== undefined;
  return isScaled ? window << Math.min(14, own.windowScale) : window;
};

/** Returns the sequence number just beyond the receive window that an acknowledgment offers; undefined if the window is not known. */
export const edgeOf = ({ack, room}: Heard): Seq | undefined =>
  room === undefined ? undefined : seqAdd(ack, room);

/** Returns how many flights of segments carry `all` octets if the first has `first` octets and each next one twice as many. */
const flightsOf = (first: number, all: number): number => {
  let flights = 1;
  for (let [flight, sum] = [Math.max(1, first), Math.max(1, first)]; sum < all; flights += 1) {
    flight *= 2;
    sum += flight;
  }
  return flights;
};

const noWait: Growing = {us: 0, count: 0, frame: 0, longestUs: 0};
const noWaits: Readonly<Record<Limit, Growing>> = {
  window: noWait,
  program: noWait,
  nagle: noWait,
  stall: noWait,
  loss: noWait,
  path: noWait,
};

export type Sent = {
  /** True if the segment repeats data that was sent before. */
  readonly again: boolean;
  /** The shortest round trip in µs between the capture point and the segment's sender. */
  readonly roundUs: number;
  /** The shortest round trip in µs from end to end. */
  readonly tripUs: number;
  /** The MSS that the receiver announced; undefined if it is not known. */
  readonly mss: number | undefined;
  /** An earlier TCP timestamp of the sender and its time, to find how fast its timestamps tick; undefined if there is none. */
  readonly clock?: Stamped | undefined;
};

export type Stamped = {readonly stamp: number; readonly atUs: number};

/**
 * Returns the longest time in µs that can lie between two segments by their TCP timestamps; undefined if the rate of the timestamps is not
 * known.
 */
const clockUs = (
  {stamp}: Pick<SeenSegment, 'stamp'>,
  before: Pick<SeenSegment, 'stamp' | 'atUs'>,
  clock: Stamped | undefined,
): number | undefined => {
  if (stamp === undefined || before.stamp === undefined || !clock) return undefined;
  const ticks = seqDiff(seq(before.stamp), seq(clock.stamp));
  if (ticks < enoughTicks || before.atUs - clock.atUs < leastStallUs) return undefined;
  const tickUs = (before.atUs - clock.atUs) / ticks;
  // The first segment may have left at the beginning of a tick and the second at the end of one.
  return (Math.max(0, seqDiff(seq(stamp), seq(before.stamp))) + 1) * tickUs;
};

export class TransferPace {
  waits = noWaits;
  readonly pauses = new Pauses();
  /** The number of retransmissions of data whose ACK the sender should have received long before; `unheardFrames` are the first of them. */
  unheard = 0;
  unheardFrames: readonly number[] = emptyList;
  segments = 0;
  firstUs = 0;
  /** The time in µs at which the last octet of the transfer was sent, or if it was acknowledged, when it first was. */
  lastUs = 0;
  /** The time in µs at which the last octet was sent. */
  sentUs = 0;
  #ahead: Heard[] = emptyList;
  #ack: Seq | undefined;
  /** The sequence number just beyond the receiver's window as the sender knows it; undefined if it is not known. */
  #edge: Seq | undefined;
  /** The last window that the sender heard of, in octets; without end if it is not known. */
  #room = Number.POSITIVE_INFINITY;
  /** The time in µs at which the sender last heard an acknowledgment. */
  #heardUs = Number.NEGATIVE_INFINITY;
  /** True if the sender heard of a window too small for a full segment since it last sent data. */
  #shut = false;
  /** The time in µs from which the sender knew that everything was acknowledged and the window had room; undefined if it did not know. */
  #emptyUs: number | undefined;
  #next: Seq | undefined;
  /** True once everything that was sent has been acknowledged; later acknowledgments do not prolong the transfer's time. */
  #isDone = false;
  #largest = 0;
  /** True if data of the other program reached this sender since its last segment. */
  #answered = false;
  #before:
    | (Pick<SeenSegment, 'frame' | 'atUs' | 'stamp'> & {readonly limit: Limit; readonly small: boolean})
    | undefined;
  #hasLost = false;
  /** The time in µs at which a segment last left a gap in the sequence numbers before it. */
  #gapUs = 0;
  /** The TCP timestamp of the segment that left the gap. */
  #gapStamp: number | undefined;
  #octets = 0;
  /** The number of octets sent in the first flight, which is the first half round trip of the transfer. */
  #firstOctets = 0;
  #tripUs = 0;
  #mostFlight = 0;
  #mostFlightUs = 0;

  /**
   * True if most octets were in flight near the end and the transfer took no longer than flights that double with each round trip
   * (RFC 5681 §3.1): the congestion window was still growing.
   */
  get grewToTheEnd(): boolean {
    const us = this.lastUs - this.firstUs;
    return this.#mostFlightUs - this.firstUs > 0.6 * us && this.doubled;
  }

  /** True if the transfer took at most 1.5 round trips longer than flights of data that double with each round trip. */
  get doubled(): boolean {
    return this.lastUs - this.firstUs < (this.flights + spareTrips) * this.#tripUs;
  }

  /** The number of flights that would carry all octets of the transfer if each were twice as large as the one before. */
  get flights(): number {
    return flightsOf(this.#firstOctets, this.#octets);
  }

  /** `before` is the last acknowledgment that the receiver sent before the transfer's first data; undefined if there was none. */
  constructor(before: Heard | undefined) {
    this.#ack = before?.ack;
    this.#edge = before && edgeOf(before);
    this.#room = before?.room ?? this.#room;
  }

  /** The most octets that were sent and unacknowledged at once. */
  get mostFlight(): number {
    return this.#mostFlight;
  }

  /** The number of octets in the largest data segment. */
  get largest(): number {
    return this.#largest;
  }

  /** Notes an acknowledgment that the receiver of the data sent. */
  hear(heard: Heard): void {
    const {atUs, ack} = heard;
    if (this.#ahead.length >= mostAhead) this.#ahead.splice(0, mostAhead / 2);
    if (this.#next !== undefined && !this.#isDone && !seqLt(ack, this.#next)) {
      this.#isDone = true;
      this.lastUs = atUs;
    }
    this.#ahead = withOneMore(this.#ahead, heard);
  }

  /** Notes a data segment, and what its sender waited for before it. */
  send(segment: SeenSegment, sent: Sent): void {
    const {frame, seq, length, atUs, stamp} = segment;
    const {again, roundUs, tripUs, mss} = sent;
    if (this.segments === 0) this.firstUs = atUs;
    this.segments += 1;
    this.#largest = Math.max(this.#largest, length);
    this.#reach(atUs - roundUs, roundUs);
    const isLoss = again || this.#fills(segment, roundUs);
    this.#waited(segment, sent, isLoss);
    if (
      again &&
      atUs - this.sentUs > leastTimerUs &&
      this.#ack !== undefined &&
      !seqLt(this.#ack, seqAdd(seq, length))
    ) {
      this.unheard += 1;
      if (this.unheard <= mostUnheard) this.unheardFrames = [...this.unheardFrames, frame];
    }
    if (isLoss) this.#hasLost = true;
    this.#octets += length;
    this.#tripUs = tripUs;
    if (atUs - this.firstUs <= flightShare * tripUs) this.#firstOctets += length;
    this.#answered = false;
    const end = seqAdd(seq, length);
    if (this.#next === undefined || seqLt(this.#next, end)) this.#next = end;
    this.#emptyUs = undefined;
    this.#shut = false;
    this.#isDone = false;
    this.#note(atUs);
    this.lastUs = atUs;
    this.sentUs = atUs;
    const limit = this.#limit(length, mss);
    this.#before = {frame, atUs, stamp, limit, small: limit === 'program'};
  }

  /**
   * Tells whether a segment fills a gap in the sequence numbers so late that it is a retransmission whose first copy was lost before the
   * capture point.
   */
  #fills({seq: first, atUs, stamp}: SeenSegment, roundUs: number): boolean {
    if (first === this.#next) return false;
    // A gap before the first captured segment counts as well.
    if (this.#next === undefined || seqLt(this.#next, first)) {
      this.#gapUs = atUs;
      this.#gapStamp = stamp;
      return false;
    }
    // The segment's timestamp shows that it left before the one that overtook it, so it was only reordered (RFC 7323 §3).
    if (stamp !== undefined && this.#gapStamp !== undefined && seqLt(seq(stamp), seq(this.#gapStamp)))
      return false;
    return atUs - this.#gapUs > Math.max(leastUs, 0.7 * roundUs);
  }

  /** Applies the acknowledgments that must have reached the sender by the time `heardUs`. */
  #reach(heardUs: number, roundUs: number): void {
    while (this.#ahead[0] && this.#ahead[0].atUs <= heardUs) {
      const {atUs, ack, bare, room} = this.#ahead[0];
      const edge = edgeOf(this.#ahead[0]);
      if (!bare) this.#answered = true;
      this.#ahead.shift();
      if (this.#ack === undefined || !seqLt(ack, this.#ack)) this.#ack = ack;
      this.#heardUs = atUs + roundUs;
      this.#edge = edge;
      this.#room = room ?? this.#room;
      if (this.#next === undefined) continue;
      const isShut = edge !== undefined && seqDiff(edge, this.#next) < this.#largest;
      if (isShut) this.#shut = true;
      else if (!seqLt(ack, this.#next)) this.#emptyUs ??= atUs + roundUs;
    }
  }

  #waited(segment: SeenSegment, {roundUs, clock}: Sent, again: boolean): void {
    const {frame, atUs} = segment;
    const {firstUs} = this;
    const before = this.#before ?? {frame, atUs: firstUs, stamp: undefined, limit: 'program', small: false};
    const us = atUs - before.atUs;
    if (us < leastUs) return;
    const limit = this.#shut ? 'window' : before.limit;
    const ownUs = clockUs(segment, before, clock) ?? us;
    const isStall = segment.seq === this.#next && us - ownUs > Math.max(leastStallUs, us / 2);
    const by = again ? 'loss' : isStall ? 'stall' : this.#limitedBy(limit, before, atUs, roundUs);
    const isEnd = by === 'loss' || by === 'stall' || by === 'program' || by === 'nagle';
    this.#add(by, isStall && by === 'stall' ? us - ownUs : us, isEnd ? frame : before.frame);
    const small = segment.length < this.#largest;
    const cause = again ? 'repair' : this.#causeOf(by);
    this.pauses.add(cause, {from: before.frame, frame, us, atUs}, small);
  }

  #limitedBy(
    limit: Limit,
    before: {readonly atUs: number; readonly small: boolean},
    atUs: number,
    roundUs: number,
  ): Limit {
    if (limit === 'window') return limit;
    // Everything was acknowledged and the window had room, but the sender stayed idle: its program had nothing to send.
    if (limit === 'program' || this.#idleUs(before.atUs, atUs) > Math.max(5 * leastUs, roundUs / 2))
      return this.#isNagle(before.small, atUs, roundUs)
        ? 'nagle'
        : this.#isClocked(atUs)
          ? 'path'
          : 'program';
    return limit;
  }

  /** Returns the cause of a sender's pause: `turn` if the program waited and data of the other program had arrived. */
  #causeOf(by: Limit): PauseCause {
    if (by === 'loss') return 'path';
    return by === 'program' && this.#answered ? 'turn' : by;
  }

  #idleUs(sinceUs: number, atUs: number): number {
    return this.#emptyUs === undefined ? 0 : atUs - Math.max(this.#emptyUs, sinceUs);
  }

  /**
   * Tells whether Nagle's algorithm held a small segment back: it left as soon as the awaited ACK had come, which no program sees
   * (RFC 9293 §3.7.4), and the other program had sent nothing.
   */
  #isNagle(small: boolean, atUs: number, roundUs: number): boolean {
    if (!small || this.#answered || this.#emptyUs === undefined) return false;
    return atUs - this.#emptyUs < Math.max(leastUs, roundUs / 4);
  }

  /** Tells whether a segment left as soon as an acknowledgment came while older data were on their way, which no program sees. */
  #isClocked(atUs: number): boolean {
    return this.#emptyUs === undefined && atUs - this.#heardUs < leastUs;
  }

  #add(limit: Limit, us: number, frame: number): void {
    if (us < leastUs) return;
    const before = this.waits[limit];
    const longest = us > before.longestUs ? {frame, longestUs: us} : before;
    const wait = {
      us: before.us + us,
      count: before.count + 1,
      frame: longest.frame,
      longestUs: longest.longestUs,
    };
    this.waits = {...this.waits, [limit]: wait};
  }

  #note(atUs: number): void {
    if (this.#ack === undefined || this.#next === undefined) return;
    const flight = seqDiff(this.#next, this.#ack);
    if (flight <= this.#mostFlight * 1.1) return;
    this.#mostFlight = flight;
    this.#mostFlightUs = atUs;
  }

  #limit(length: number, mss = this.#largest): Limit {
    // In a window smaller than a full segment, a segment that leaves half of the window free did not wait for room.
    const full = Math.min(mss - mostOptions, Math.max(this.#largest, mss / 2), this.#room / 2);
    if (this.#edge !== undefined && this.#next !== undefined && seqDiff(this.#edge, this.#next) < full)
      return 'window';
    if (length < full) return 'program';
    return this.#hasLost ? 'loss' : 'path';
  }
}
