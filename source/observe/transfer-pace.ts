// What held one direction of a connection back, wait by wait, as its sender saw it: the acknowledgments count from when they can have
// come to it and let data pass here. After each segment the sender had no more room in the window, nothing more to send, or a full
// segment and room, so that its congestion window or the path made it wait (RFC 9293 §3.8.6, RFC 5681 §3.1). Bounded.
import {type Seq, seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {Flag, type OpeningOptions, type SeenSegment} from './seen-segment.ts';

/** `path`: congestion window, slowest link or the sender's buffer, before anything was lost; `loss`: the same afterwards, too. */
export type Limit = 'window' | 'program' | 'loss' | 'path';

/** `frame`: by which the longest wait began, `lost` and `program`: ended; 0: there was none. */
export type Wait = {readonly us: number; readonly count: number; readonly frame: number};

/** What a segment may lack to the MSS and be full: options (RFC 9293 §3.7.1). */
const mostOptions = 40;
/** A shorter wait is none: that is how segments of one flight follow each other; in microseconds. */
const leastUs = 1000;
/** Of acknowledgments that are still on their way so many are remembered. */
const mostAhead = 1024;

/** An acknowledgment. `edge`: behind the last octet that its sender takes; undefined where the scale of its window is not known. */
export type Heard = {readonly atUs: number; readonly ack: Seq; readonly edge: Seq | undefined};
type Growing = {us: number; count: number; frame: number; longestUs: number};

/** Scaled where both ends say so, in SYN never (RFC 7323 §2.2). */
export const edgeOf = (
  {ack, window, flags}: SeenSegment,
  own: OpeningOptions | undefined,
  far: OpeningOptions | undefined,
): Seq | undefined => {
  if (flags & Flag.syn) return seqAdd(ack, window);
  if (!own || !far) return undefined;
  const isScaled = own.windowScale !== undefined && far.windowScale !== undefined;
  return seqAdd(ack, isScaled ? window << Math.min(14, own.windowScale) : window);
};

const newWait = (): Growing => ({us: 0, count: 0, frame: 0, longestUs: 0});

export type Sent = {
  /** It repeats what was sent before. */
  readonly again: boolean;
  /** From here to its sender and back, at least. */
  readonly roundUs: number;
  /** What the other end takes in one segment. */
  readonly mss: number | undefined;
};

export class TransferPace {
  readonly waits: Readonly<Record<Limit, Growing>> = {
    window: newWait(),
    program: newWait(),
    loss: newWait(),
    path: newWait(),
  };
  segments = 0;
  firstUs = 0;
  /** When the last of it was acknowledged for the first time, or sent. */
  lastUs = 0;
  /** When the last of it was sent. */
  sentUs = 0;
  #ahead: Heard[] = [];
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
  #before: {readonly frame: number; readonly atUs: number; readonly limit: Limit} | undefined;
  #hasLost = false;
  /** When a gap was last seen to open. */
  #gapUs = 0;
  #mostFlight = 0;
  #mostFlightUs = 0;

  /** Most was under way at once near its end: the congestion window was still growing. */
  get grewToTheEnd(): boolean {
    return this.#mostFlightUs - this.firstUs > 0.6 * (this.lastUs - this.firstUs);
  }

  /** `before`: what the other end has acknowledged last. */
  constructor(before: Heard | undefined) {
    this.#ack = before?.ack;
    this.#edge = before?.edge;
  }

  /** How large the window is can be told. */
  get knowsWindow(): boolean {
    return this.#edge !== undefined;
  }

  /** The other end acknowledges. */
  hear(heard: Heard): void {
    const {atUs, ack} = heard;
    if (this.#ahead.length >= mostAhead) this.#ahead.splice(0, mostAhead / 2);
    if (this.#next !== undefined && !this.#isDone && !seqLt(ack, this.#next)) {
      this.#isDone = true;
      this.lastUs = atUs;
    }
    this.#ahead.push(heard);
  }

  /** Data pass. */
  send({frame, seq, length, atUs}: SeenSegment, {again, roundUs, mss}: Sent): void {
    if (this.segments === 0) this.firstUs = atUs;
    this.segments += 1;
    this.#largest = Math.max(this.#largest, length);
    this.#reach(atUs - roundUs, roundUs);
    const isLoss = again || this.#fills(seq, atUs, roundUs);
    this.#waited(frame, atUs, isLoss);
    if (isLoss) this.#hasLost = true;
    const end = seqAdd(seq, length);
    if (this.#next === undefined || seqLt(this.#next, end)) this.#next = end;
    this.#emptyUs = undefined;
    this.#shut = false;
    this.#isDone = false;
    this.#note(atUs);
    this.lastUs = atUs;
    this.sentUs = atUs;
    this.#before = {frame, atUs, limit: this.#limit(length, mss)};
  }

  /** Does it fill a gap, later than what was only overtaken? The first sending was lost before it came here. */
  #fills(seq: Seq, atUs: number, roundUs: number): boolean {
    if (seq === this.#next) return false;
    // Before the first that passed there may be a gap, too.
    if (this.#next === undefined || seqLt(this.#next, seq)) this.#gapUs = atUs;
    else return atUs - this.#gapUs > Math.max(leastUs, 0.7 * roundUs);
    return false;
  }

  /** What the sender has heard of by now. */
  #reach(heardUs: number, roundUs: number): void {
    while (this.#ahead[0] && this.#ahead[0].atUs <= heardUs) {
      const {atUs, ack, edge} = this.#ahead[0];
      this.#ahead.shift();
      if (this.#ack === undefined || !seqLt(ack, this.#ack)) this.#ack = ack;
      this.#edge = edge;
      if (this.#next === undefined) continue;
      const isShut = edge !== undefined && seqDiff(edge, this.#next) < this.#largest;
      if (isShut) this.#shut = true;
      else if (!seqLt(ack, this.#next)) this.#emptyUs ??= atUs + roundUs;
    }
  }

  #waited(frame: number, atUs: number, again: boolean): void {
    const before = this.#before ?? {frame, atUs, limit: 'program' as const};
    const {frame: first, atUs: sinceUs} = before;
    const limit = this.#shut ? 'window' : before.limit;
    const us = atUs - sinceUs;
    if (us < leastUs) return;
    if (again) this.#add('loss', us, frame);
    else if (limit === 'program') this.#add('program', us, frame);
    else {
      // All had come, there was room, and still nothing was sent.
      const idleUs = this.#emptyUs === undefined ? 0 : atUs - Math.max(this.#emptyUs, sinceUs);
      const isIdle = idleUs > Math.max(5 * leastUs, (us - idleUs) / 2);
      this.#add(limit, isIdle ? us - idleUs : us, first);
      if (isIdle) this.#add('program', idleUs, frame);
    }
  }

  #add(limit: Limit, us: number, frame: number): void {
    const wait = this.waits[limit];
    if (us < leastUs) return;
    wait.us += us;
    wait.count += 1;
    if (us <= wait.longestUs) return;
    wait.longestUs = us;
    wait.frame = frame;
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
