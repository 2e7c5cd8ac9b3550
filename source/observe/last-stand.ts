// How a connection ends, or is left: who waits for a word of the other end and how long it had been quiet before, what each end has
// closed, and what was known when the first RST came. Forward, and bounded.

import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {goodbye, goodbyeUs, overtakenUs} from './bounds.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

type Asked = 'data' | 'fin' | 'probe';

/** What an end has sent since it last heard the other end. */
export type Waiting = {
  /** The first segment of it that wants an answer. */
  readonly frame: number;
  readonly atUs: number;
  readonly what: Asked;
  readonly seq: Seq;
  readonly ack: Seq;
  /** For so long nothing had passed before it. */
  readonly quietUs: number;
  /** It was sent again, or probed, so often; the last time in `lastFrame`. */
  tries: number;
  /** Those of them that are keep-alive probes. */
  probes: number;
  lastFrame: number;
  lastUs: number;
  /** Since then it has sent nothing new; undefined: what it sent last was new. */
  againUs: number | undefined;
};

/** A FIN, and how long no data had passed before it. */
export type Closed = {
  readonly frame: number;
  readonly atUs: number;
  readonly end: Seq;
  readonly quietUs: number;
  /** Whose data were the last; undefined: there were none. */
  readonly lastData: Side | undefined;
  /** The last packet with data; 0: there is none. */
  readonly lastDataFrame: number;
};

/** The first segment of the data that an end sent when it was last its turn; nothing had passed for `quietUs` before it. */
export type Turn = {
  readonly frame: number;
  readonly atUs: number;
  readonly ack: Seq;
  readonly quietUs: number;
  octets: number;
  segments: number;
};

/** The first RST, and what was known by then. */
export type BreakOff = {
  readonly frame: number;
  readonly atUs: number;
  readonly side: Side;
  readonly hops: number | undefined;
  /** Without ACK: so a host answers that has no such connection (RFC 9293 §3.10.7.1). */
  readonly bare: boolean;
  readonly ack: Seq;
  /** What the other end waits for, and what this one does. */
  readonly asked: Waiting | undefined;
  readonly own: Waiting | undefined;
  /** Octets of the other end that this one had not acknowledged, and of this one that the other had not. */
  readonly unread: number;
  readonly unsaid: number;
  /** Since its sender was heard of, and since data passed; undefined: never. */
  readonly heardUs: number | undefined;
  readonly dataUs: number | undefined;
  readonly lastData: Side | undefined;
  readonly lastDataFrame: number;
  /** What the other end said last. */
  readonly turn: Turn | undefined;
  /** Its sender's window had shrunk to half of what it once was, or less. */
  readonly narrow: boolean;
  readonly closed: boolean;
  readonly farClosed: boolean;
};

type Stray = Pick<BreakOff, 'frame' | 'atUs' | 'hops' | 'side'>;

/** Data behind such a pause are another turn. */
const turnUs = 1_000_000;

class Life {
  least: number | undefined;
  most: number | undefined;
  heardUs: number | undefined;
  heardFrame = 0;
  next: Seq | undefined;
  /** The highest number of it that the other end has acknowledged. */
  acked: Seq | undefined;
  turn: Turn | undefined;
  waiting: Waiting | undefined;
  closed: Closed | undefined;
  /** What it sent although it had acknowledged the other end's FIN: octets, segments, and the first and last packet. */
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

/** `ack`: what the RST itself acknowledges. */
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

  /** The first RST that lies in the window. */
  get breakOff(): BreakOff | undefined {
    return this.#breakOff;
  }

  /** The first packet of the end in whose name a RST came, so much later that it cannot have been under way; 0: there is none. */
  get wentOn(): number {
    return this.#wentOn;
  }

  /** The first RST outside the window. */
  get stray(): Stray | undefined {
    return this.#stray;
  }

  /** The longest silence after which the other end still answered. */
  get survivedUs(): number {
    return this.#survivedUs;
  }

  /** undefined: the other end was heard since. */
  waiting(side: Side): Readonly<Waiting> | undefined {
    return this.#lives[side].waiting;
  }

  closed(side: Side): Closed | undefined {
    return this.#lives[side].closed;
  }

  /** What this end still sent, knowing that the other one had closed; `octets` 0: nothing. */
  afterClose(side: Side): {
    readonly octets: number;
    readonly segments: number;
    readonly frame: number;
    readonly atUs: number;
  } {
    const {after, afterSegments, afterFrame, afterUs} = this.#lives[side];
    return {octets: after, segments: afterSegments, frame: afterFrame, atUs: afterUs};
  }

  /** The last packet of this end that is no RST; 0: there is none. */
  heardFrame(side: Side): number {
    return this.#lives[side].heardFrame;
  }

  /** What its packets but RSTs had left of their hops, the least and the most; undefined: nobody knows. */
  hops(side: Side): readonly [least: number, most: number] | undefined {
    const {least, most} = this.#lives[side];
    return least === undefined || most === undefined ? undefined : [least, most];
  }

  /** This end acknowledged the other one's FIN. */
  knowsClosed(side: Side): boolean {
    const {acked, closed} = this.#lives[side === 0 ? 1 : 0];
    return closed !== undefined && acked !== undefined && seqLe(closed.end, acked);
  }

  /** A RST outside the window as its receiver last told it. */
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
      far.waiting = undefined;
    }
    this.#wait(own, segment, marks, far.window === 0);
    this.#header(own, far, segment);
    if (flags & Flag.fin && !own.closed) this.#close(side, own, segment);
    if (length > 0 && !(marks & (Mark.keepAlive | Mark.zeroWindowProbe)))
      this.#data(side, own, far, segment, marks);
    this.#lastUs = atUs;
  }

  #wait(own: Life, segment: SeenSegment, marks: number, isShut: boolean): void {
    const what = asking(marks, segment);
    if (!what || segment.flags & Flag.syn) return;
    const {frame, atUs, seq, ack} = segment;
    const {waiting} = own;
    // What asks whether a closed window has opened is no keep-alive probe.
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

  #close(side: Side, own: Life, segment: SeenSegment): void {
    const {atUs, frame, seq, length} = segment;
    const {turn} = own;
    const isGoodbye =
      this.#lastData === side && turn && turn.octets <= goodbye && atUs - turn.atUs < goodbyeUs;
    const pausedUs = length > 0 || this.#dataUs === undefined ? 0 : atUs - this.#dataUs;
    const quietUs = isGoodbye ? turn.quietUs : pausedUs;
    const [lastData, lastDataFrame] = [this.#lastData, this.#lastDataFrame];
    const end = seqAdd(seq, spaceOf(segment));
    own.closed = {frame, atUs, end, quietUs, lastData, lastDataFrame};
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

  #broken(side: Side, {frame, atUs, hops, flags, ack}: SeenSegment): BreakOff {
    const own = this.#lives[side];
    const far = this.#lives[side === 0 ? 1 : 0];
    const since = (us: number | undefined): number | undefined => (us === undefined ? undefined : atUs - us);
    return {
      ...{frame, atUs, side, hops, ack, bare: !(flags & Flag.ack)},
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
