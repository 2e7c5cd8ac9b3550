// Follows how a TCP connection ends or is left: which end waits for an answer and how long nothing had passed before it asked, what each
// end has closed, and what was known at the first RST. Memory is bounded.

import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {goodbye, goodbyeUs, overtakenUs} from './bounds.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

type Asked = 'data' | 'fin' | 'probe';

/** The unanswered segments that an end has sent since the other end's last segment. */
export type Waiting = {
  /** The first of the unanswered segments that needs an answer. */
  readonly frame: number;
  readonly atUs: number;
  readonly what: Asked;
  readonly seq: Seq;
  readonly ack: Seq;
  /** The time in µs for which nothing had passed on the connection before the first unanswered segment. */
  readonly quietUs: number;
  /** The number of unanswered segments, each counted once. */
  segments: number;
  /** How often the unanswered segments were retransmitted or probed; `lastFrame` is the last time. */
  tries: number;
  /** The number of keep-alive probes among the tries that got no answer. */
  probes: number;
  lastFrame: number;
  lastUs: number;
  /** The time in µs since which the waiting end has only retransmitted or probed; undefined if what it sent last was new. */
  againUs: number | undefined;
};

/** A time in which an end repeated data and nothing came back, after which the other end acknowledged them. */
export type Outage = Pick<Waiting, 'frame' | 'atUs' | 'tries' | 'segments' | 'lastFrame'> & {
  readonly side: Side;
  /** The packet that acknowledged the data in the end, and its time in µs. */
  readonly endFrame: number;
  readonly untilUs: number;
};

/** The FIN of one end, and the pause of the data before it. */
export type Closed = {
  readonly frame: number;
  readonly atUs: number;
  readonly end: Seq;
  readonly quietUs: number;
  /** The side that sent the last data before the FIN; undefined if there were none. */
  readonly lastData: Side | undefined;
  /** The last packet with data before the FIN; 0 if there is none. */
  readonly lastDataFrame: number;
  /** The octets of the other end that had passed, and that this end had not acknowledged with its FIN. */
  readonly left: number;
};

/**
 * The data that an end sent in its last turn, without data of the other end or a long pause in between; `frame` is the first segment,
 * before which nothing had passed for `quietUs`.
 */
export type Turn = {
  readonly frame: number;
  readonly atUs: number;
  readonly ack: Seq;
  readonly quietUs: number;
  octets: number;
  segments: number;
};

/** The first RST of a connection, and what was known when it passed. */
export type BreakOff = {
  readonly frame: number;
  readonly atUs: number;
  readonly side: Side;
  readonly hops: number | undefined;
  /** True if the RST has no ACK: a host that has no such connection answers like this (RFC 9293 §3.10.7.1). */
  readonly bare: boolean;
  /** True if the RST's number is the acknowledgment number of the segment that it answers, as that of a host without the connection. */
  readonly fits: boolean;
  readonly ack: Seq;
  /** The segments of the other end that this RST's sender had not answered (`asked`), and its own that were not answered (`own`). */
  readonly asked: Waiting | undefined;
  readonly own: Waiting | undefined;
  /** The octets of the other end that the RST's sender had not acknowledged; `unsaid` are its own that were not acknowledged. */
  readonly unread: number;
  readonly unsaid: number;
  /** The times in µs before the RST at which its sender last sent something and at which data last passed; undefined if never. */
  readonly heardUs: number | undefined;
  readonly dataUs: number | undefined;
  readonly lastData: Side | undefined;
  readonly lastDataFrame: number;
  /** The data that the other end, not the RST's sender, sent in its last turn. */
  readonly turn: Turn | undefined;
  /** True if the receive window of the RST's sender had shrunk to half of its largest size, or less. */
  readonly narrow: boolean;
  readonly closed: boolean;
  readonly farClosed: boolean;
};

type Stray = Pick<BreakOff, 'frame' | 'atUs' | 'hops' | 'side'>;

/** The shortest outage in µs, and the least number of retransmissions in it; a single one is that of a lost segment. */
const outageUs = 1_000_000;
const outageTries = 2;
/** The most outages of a connection that are kept; later ones are left out. */
const mostOutages = 8;

/** A pause in the data of at least this length, in µs, separates two turns of the same end. */
const turnUs = 1_000_000;

class Life {
  least: number | undefined;
  most: number | undefined;
  heardUs: number | undefined;
  heardFrame = 0;
  next: Seq | undefined;
  /** The highest acknowledgment number that the other end has sent to this end. */
  acked: Seq | undefined;
  turn: Turn | undefined;
  waiting: Waiting | undefined;
  closed: Closed | undefined;
  /**
   * The octets of new data that this end sent after it had acknowledged the other end's FIN; `afterSegments` counts segments, `afterFrame`
   * is the first packet, `afterUs` the time of the last one.
   */
  after = 0;
  afterSegments = 0;
  afterFrame = 0;
  afterUs = 0;
  window = 0;
  widest = 0;
}

const asking = (marks: number, {length, flags}: SeenSegment): Asked | undefined => {
  if (marks & (Mark.keepAlive | Mark.zeroWindowProbe)) return 'probe';
  if (length > 0) return 'data';
  return flags & Flag.fin ? 'fin' : undefined;
};

const open = (life: Life): number =>
  life.next === undefined || life.acked === undefined ? 0 : Math.max(0, seqDiff(life.next, life.acked));

/**
 * Returns how many octets of the end `far` were not acknowledged when the other end reset the connection; `ack` is the RST's own
 * acknowledgment number.
 */
const unread = (far: Life, ack: Seq | undefined): number =>
  far.next !== undefined && ack !== undefined
    ? Math.max(0, Math.min(open(far), seqDiff(far.next, ack)))
    : open(far);

export class LastStand {
  readonly #lives: readonly [Life, Life] = [new Life(), new Life()];
  #lastUs: number | undefined;
  #dataUs: number | undefined;
  #lastData: Side | undefined;
  #lastDataFrame = 0;
  #survivedUs = 0;
  #breakOff: BreakOff | undefined;
  #wentOn = 0;
  #stray: Stray | undefined;
  #outages: readonly Outage[] = [];

  /** The first outages of the connection, in the order in which they ended. */
  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** The first RST of the connection that lies in the receiver's window, with what was known at that time; undefined if there is none. */
  get breakOff(): BreakOff | undefined {
    return this.#breakOff;
  }

  /**
   * The first later packet of an end whose first RST had passed so long before that the packet cannot have been overtaken: perhaps somebody
   * else sent the RST. 0 if there is none.
   */
  get wentOn(): number {
    return this.#wentOn;
  }

  /** The first RST of the connection outside the receiver's window; undefined if there is none. */
  get stray(): Stray | undefined {
    return this.#stray;
  }

  /** The longest pause in µs after which an end that asked something still got an answer. */
  get survivedUs(): number {
    return this.#survivedUs;
  }

  /** Returns the unanswered segments of this end; undefined if the other end has sent something since. */
  waiting(side: Side): Readonly<Waiting> | undefined {
    return this.#lives[side].waiting;
  }

  closed(side: Side): Closed | undefined {
    return this.#lives[side].closed;
  }

  /** Returns how much new data this end sent after it had acknowledged the other end's FIN; `octets` is 0 if none. */
  afterClose(side: Side): {
    readonly octets: number;
    readonly segments: number;
    readonly frame: number;
    readonly atUs: number;
  } {
    const {after, afterSegments, afterFrame, afterUs} = this.#lives[side];
    return {octets: after, segments: afterSegments, frame: afterFrame, atUs: afterUs};
  }

  /** Returns the last packet of this end that is no RST; 0 if there is none. */
  heardFrame(side: Side): number {
    return this.#lives[side].heardFrame;
  }

  /** Returns the lowest and highest TTL of this end's packets, without its RSTs; undefined if no TTL was seen. */
  hops(side: Side): readonly [least: number, most: number] | undefined {
    const {least, most} = this.#lives[side];
    return least === undefined || most === undefined ? undefined : [least, most];
  }

  /** Tells whether this end acknowledged the other one's FIN. */
  knowsClosed(side: Side): boolean {
    const {acked, closed} = this.#lives[side === 0 ? 1 : 0];
    return closed !== undefined && acked !== undefined && seqLe(closed.end, acked);
  }

  /** Notes an RST that is outside the window that its receiver last sent. */
  strayed(side: Side, {frame, atUs, hops}: SeenSegment): void {
    this.#stray ??= {frame, atUs, hops, side};
  }

  take(side: Side, segment: SeenSegment, marks: number): void {
    if (marks & Mark.copy) return;
    const {atUs, frame, flags, length} = segment;
    const own = this.#lives[side];
    const far = this.#lives[side === 0 ? 1 : 0];
    if (flags & Flag.rst) {
      this.#breakOff ??= this.#broken(side, segment);
      return;
    }
    const first = this.#breakOff ?? this.#stray;
    if (first?.side === side && atUs - first.atUs > overtakenUs) this.#wentOn ||= frame;
    if (far.waiting) {
      this.#survivedUs = Math.max(this.#survivedUs, far.waiting.quietUs);
      this.#ended(side === 0 ? 1 : 0, far.waiting, segment);
      far.waiting = undefined;
    }
    this.#wait(own, segment, marks, far.window === 0);
    this.#header(own, far, segment);
    if (flags & Flag.fin && !own.closed) this.#close(side, own, far, segment);
    if (length > 0 && !(marks & (Mark.keepAlive | Mark.zeroWindowProbe)))
      this.#data(side, own, far, segment, marks);
    this.#lastUs = atUs;
  }

  /** Notes an outage if `segment` acknowledges data that the end `side` has repeated for long. */
  #ended(side: Side, waiting: Waiting, {frame: endFrame, atUs: untilUs, flags, ack}: SeenSegment): void {
    const {frame, atUs, what, seq, tries, segments, lastFrame} = waiting;
    if (what !== 'data' || tries < outageTries || untilUs - atUs < outageUs) return;
    if (!(flags & Flag.ack) || !seqLt(seq, ack) || this.#outages.length >= mostOutages) return;
    this.#outages = [...this.#outages, {side, frame, atUs, tries, segments, lastFrame, endFrame, untilUs}];
  }

  #wait(own: Life, segment: SeenSegment, marks: number, isShut: boolean): void {
    const what = asking(marks, segment);
    if (!what || segment.flags & Flag.syn) return;
    const {frame, atUs, seq, ack} = segment;
    const {waiting} = own;
    // A probe of a closed receive window does not count as a keep-alive probe.
    const probes = marks & Mark.keepAlive && !isShut ? 1 : 0;
    if (!waiting) {
      const quietUs = atUs - (this.#lastUs ?? atUs);
      own.waiting = {
        frame,
        atUs,
        what,
        seq,
        ack,
        quietUs,
        segments: 1,
        tries: what === 'probe' ? 1 : 0,
        probes,
        lastFrame: frame,
        lastUs: atUs,
        againUs: undefined,
      };
      return;
    }
    if (!(marks & (Mark.resent | Mark.keepAlive | Mark.zeroWindowProbe))) {
      waiting.againUs = undefined;
      waiting.segments += 1;
      return;
    }
    waiting.againUs ??= atUs;
    waiting.tries += 1;
    waiting.probes += probes;
    waiting.lastFrame = frame;
    waiting.lastUs = atUs;
  }

  #header(own: Life, far: Life, segment: SeenSegment): void {
    const {hops, flags, ack, seq, atUs, frame, window} = segment;
    if (hops !== undefined) {
      if (own.least === undefined || hops < own.least) own.least = hops;
      if (own.most === undefined || hops > own.most) own.most = hops;
    }
    own.heardUs = atUs;
    own.heardFrame = frame;
    const end = seqAdd(seq, spaceOf(segment));
    if (own.next === undefined || seqLt(own.next, end)) own.next = end;
    if (flags & Flag.ack && (far.acked === undefined || seqLt(far.acked, ack))) far.acked = ack;
    if (flags & Flag.syn) return;
    own.window = window;
    own.widest = Math.max(own.widest, window);
  }

  #close(side: Side, own: Life, far: Life, segment: SeenSegment): void {
    const {atUs, frame, seq, length} = segment;
    const {turn} = own;
    const isGoodbye =
      this.#lastData === side && turn && turn.octets <= goodbye && atUs - turn.atUs < goodbyeUs;
    const pausedUs = length > 0 || this.#dataUs === undefined ? 0 : atUs - this.#dataUs;
    const quietUs = isGoodbye ? turn.quietUs : pausedUs;
    const [lastData, lastDataFrame] = [this.#lastData, this.#lastDataFrame];
    const end = seqAdd(seq, spaceOf(segment));
    own.closed = {frame, atUs, end, quietUs, lastData, lastDataFrame, left: open(far)};
  }

  #data(side: Side, own: Life, far: Life, {atUs, frame, length, ack}: SeenSegment, marks: number): void {
    const pausedUs = atUs - (this.#dataUs ?? atUs);
    this.#dataUs = atUs;
    this.#lastDataFrame = frame;
    if (!own.turn || this.#lastData !== side || pausedUs >= turnUs) {
      const quietUs = atUs - (this.#lastUs ?? atUs);
      own.turn = {frame, atUs, ack, quietUs, octets: 0, segments: 0};
    }
    this.#lastData = side;
    if (marks & Mark.resent) return;
    own.turn.octets += length;
    own.turn.segments += 1;
    if (!far.closed || !seqLe(far.closed.end, ack)) return;
    own.after += length;
    own.afterSegments += 1;
    own.afterFrame ||= frame;
    own.afterUs = atUs;
  }

  #broken(side: Side, {frame, atUs, hops, flags, seq, ack}: SeenSegment): BreakOff {
    const own = this.#lives[side];
    const far = this.#lives[side === 0 ? 1 : 0];
    const since = (us: number | undefined): number | undefined => (us === undefined ? undefined : atUs - us);
    return {
      ...{frame, atUs, side, hops, ack, bare: !(flags & Flag.ack), fits: far.waiting?.ack === seq},
      ...{asked: far.waiting && {...far.waiting}, own: own.waiting && {...own.waiting}},
      ...{
        unread: unread(far, flags & Flag.ack ? ack : undefined),
        unsaid: open(own),
        heardUs: since(own.heardUs),
        dataUs: since(this.#dataUs),
      },
      ...{lastData: this.#lastData, lastDataFrame: this.#lastDataFrame},
      ...{turn: far.turn && {...far.turn}, narrow: own.window * 2 <= own.widest},
      ...{closed: own.closed !== undefined, farClosed: far.closed !== undefined},
    };
  }
}
