// What held one direction of a connection back, wait by wait, as its sender saw it: the acknowledgments count from when they can have
// come to it and let data pass here. After each segment the sender had no more room in the window, nothing more to send, or a full
// segment and room, so that its congestion window or the path made it wait (RFC 9293 §3.8.6, RFC 5681 §3.1). Bounded.

import {type Seq, seq, seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {mostOptions} from './bounds.ts';
import {type PauseCause, Pauses} from './pauses.ts';
import {Flag, type OpeningOptions, type SeenSegment} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';

/**
 * `path`: congestion window, slowest link or the sender's buffer, before anything was lost; `loss`: the same afterwards, too. `nagle`: a
 * small segment waited for an acknowledgment (RFC 9293 §3.7.4); `stall`: what had left was held up on the way.
 */
export type Limit = 'window' | 'program' | 'nagle' | 'stall' | 'loss' | 'path';

/** `frame`: by which the longest wait began, `lost` and `program`: ended; 0: there was none. */
export type Wait = {readonly us: number; readonly count: number; readonly frame: number};

/** A shorter wait is none: that is how segments of one flight follow each other; in microseconds. */
const leastUs = 1000;
/** The way does not take so much longer from one moment to the next, unless it was shut; in microseconds. */
const leastStallUs = 50_000;
/** No timer of a sender is shorter than this; in microseconds. */
const leastTimerUs = 100_000;
/** Packets that repeat what was acknowledged and are named. */
const mostUnheard = 8;
/** Ticks of timestamps, and so much time, from which on it is known how fast they tick; before, the clock proves nothing. */
const enoughTicks = 20;
/** The first flight leaves within so much of the way there and back, and so many more of those than doubling takes are still growth. */
const flightShare = 0.5;
const spareTrips = 1.5;
/** Of acknowledgments that are still on their way so many are remembered. */
const mostAhead = 1024;

/**
 * An acknowledgment. `room`: octets that its sender takes behind it; undefined where the scale of its window is not known. `bare`:
 * its program said nothing with it.
 */
export type Heard = {
  readonly atUs: number;
  readonly ack: Seq;
  readonly room: number | undefined;
  readonly bare: boolean;
};
type Growing = Wait & {readonly longestUs: number};

/** Scaled where both ends say so, in SYN never (RFC 7323 §2.2). */
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

/** Behind the last octet that its sender takes. */
export const edgeOf = ({ack, room}: Heard): Seq | undefined =>
  room === undefined ? undefined : seqAdd(ack, room);

/** So many flights carry all, if each has twice as much as the one before. */
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
  /** It repeats what was sent before. */
  readonly again: boolean;
  /** From here to its sender and back, at least. */
  readonly roundUs: number;
  /** From end to end and back, at least. */
  readonly tripUs: number;
  /** What the other end takes in one segment. */
  readonly mss: number | undefined;
  /** A timestamp of its sender's, from before. */
  readonly clock?: Stamped | undefined;
};

export type Stamped = {readonly stamp: number; readonly atUs: number};

/** So long at most, by the sender's own clock, it was between two segments; undefined: the clock does not tell. */
const clockUs = (
  {stamp}: Pick<SeenSegment, 'stamp'>,
  before: Pick<SeenSegment, 'stamp' | 'atUs'>,
  clock: Stamped | undefined,
): number | undefined => {
  if (stamp === undefined || before.stamp === undefined || !clock) return undefined;
  const ticks = seqDiff(seq(before.stamp), seq(clock.stamp));
  if (ticks < enoughTicks || before.atUs - clock.atUs < leastStallUs) return undefined;
  const tickUs = (before.atUs - clock.atUs) / ticks;
  // The first of the two may have left at the beginning of a tick and the second at the end of one.
  return (Math.max(0, seqDiff(seq(stamp), seq(before.stamp))) + 1) * tickUs;
};

export class TransferPace {
  waits = noWaits;
  readonly pauses = new Pauses();
  /** Repetitions of what had been acknowledged so early that the sender could have heard of it: how many, and the first ones. */
  unheard = 0;
  unheardFrames: readonly number[] = emptyList;
  segments = 0;
  firstUs = 0;
  /** When the last of it was acknowledged for the first time, or sent. */
  lastUs = 0;
  /** When the last of it was sent. */
  sentUs = 0;
  #ahead: Heard[] = emptyList;
  #ack: Seq | undefined;
  /** Behind the last octet that the receiver takes; undefined: not known. */
  #edge: Seq | undefined;
  /** Since the last segment the window has had no room. */
  #shut = false;
  /** When the sender had heard that all is there, and that there is room; undefined: it is not so. */
  #emptyUs: number | undefined;
  #next: Seq | undefined;
  /** All of it has been acknowledged: whatever is said behind that is none of its time. */
  #isDone = false;
  #largest = 0;
  /** Since the last segment the other program has said something. */
  #answered = false;
  #before:
    | (Pick<SeenSegment, 'frame' | 'atUs' | 'stamp'> & {readonly limit: Limit; readonly small: boolean})
    | undefined;
  #hasLost = false;
  /** When a gap was last seen to open. */
  #gapUs = 0;
  /** By the clock of whoever sent what lies behind it. */
  #gapStamp: number | undefined;
  #octets = 0;
  /** Those of the first flight. */
  #firstOctets = 0;
  #tripUs = 0;
  #mostFlight = 0;
  #mostFlightUs = 0;

  /**
   * Most was under way at once near its end, and it took no longer than a flight that doubles on each way there and back (RFC 5681 §3.1):
   * the congestion window was still growing.
   */
  get grewToTheEnd(): boolean {
    const us = this.lastUs - this.firstUs;
    return this.#mostFlightUs - this.firstUs > 0.6 * us && this.doubled;
  }

  /** It took no longer than a flight that doubles on each way there and back. */
  get doubled(): boolean {
    return this.lastUs - this.firstUs < (this.flights + spareTrips) * this.#tripUs;
  }

  /** So many flights carry all, if each has twice as much as the one before. */
  get flights(): number {
    return flightsOf(this.#firstOctets, this.#octets);
  }

  /** `before`: what the other end has acknowledged last. */
  constructor(before: Heard | undefined) {
    this.#ack = before?.ack;
    this.#edge = before && edgeOf(before);
  }

  /** The most octets that were under way at once. */
  get mostFlight(): number {
    return this.#mostFlight;
  }

  /** Those of the largest segment. */
  get largest(): number {
    return this.#largest;
  }

  /** The other end acknowledges. */
  hear(heard: Heard): void {
    const {atUs, ack} = heard;
    if (this.#ahead.length >= mostAhead) this.#ahead.splice(0, mostAhead / 2);
    if (this.#next !== undefined && !this.#isDone && !seqLt(ack, this.#next)) {
      this.#isDone = true;
      this.lastUs = atUs;
    }
    this.#ahead = withOneMore(this.#ahead, heard);
  }

  /** Data pass. */
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

  /** Does it fill a gap, later than what was only overtaken? The first sending was lost before it came here. */
  #fills({seq: first, atUs, stamp}: SeenSegment, roundUs: number): boolean {
    if (first === this.#next) return false;
    // Before the first that passed there may be a gap, too.
    if (this.#next === undefined || seqLt(this.#next, first)) {
      this.#gapUs = atUs;
      this.#gapStamp = stamp;
      return false;
    }
    // It left before what overtook it (RFC 7323 §3).
    if (stamp !== undefined && this.#gapStamp !== undefined && seqLt(seq(stamp), seq(this.#gapStamp)))
      return false;
    return atUs - this.#gapUs > Math.max(leastUs, 0.7 * roundUs);
  }

  /** What the sender has heard of by now. */
  #reach(heardUs: number, roundUs: number): void {
    while (this.#ahead[0] && this.#ahead[0].atUs <= heardUs) {
      const {atUs, ack, bare} = this.#ahead[0];
      const edge = edgeOf(this.#ahead[0]);
      if (!bare) this.#answered = true;
      this.#ahead.shift();
      if (this.#ack === undefined || !seqLt(ack, this.#ack)) this.#ack = ack;
      this.#edge = edge;
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
    // All had come, there was room, and still nothing was sent: nothing had waited for that either.
    if (limit === 'program' || this.#idleUs(before.atUs, atUs) > Math.max(5 * leastUs, roundUs / 2))
      return this.#isNagle(before.small, atUs, roundUs) ? 'nagle' : 'program';
    return limit;
  }

  /** Where the other program has spoken in between, the pause is one of taking turns. */
  #causeOf(by: Limit): PauseCause {
    if (by === 'loss') return 'path';
    return by === 'program' && this.#answered ? 'turn' : by;
  }

  #idleUs(sinceUs: number, atUs: number): number {
    return this.#emptyUs === undefined ? 0 : atUs - Math.max(this.#emptyUs, sinceUs);
  }

  /** It left as soon as what a small segment waits for had come, which no program sees (RFC 9293 §3.7.4); nor had that one anything else. */
  #isNagle(small: boolean, atUs: number, roundUs: number): boolean {
    if (!small || this.#answered || this.#emptyUs === undefined) return false;
    return atUs - this.#emptyUs < Math.max(leastUs, roundUs / 4);
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
    const full = Math.min(mss - mostOptions, Math.max(this.#largest, mss / 2));
    if (this.#edge !== undefined && this.#next !== undefined && seqDiff(this.#edge, this.#next) < full)
      return 'window';
    if (length < full) return 'program';
    return this.#hasLost ? 'loss' : 'path';
  }
}
