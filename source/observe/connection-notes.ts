// Where in a connection the things are that are told of it: a few frames of each, and the longest silence. Bounded.
import {type Seq, seqAdd} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import type {Refusal, TooBig} from './icmp-refusals.ts';
import {LastStand} from './last-stand.ts';
import {LastWords} from './last-words.ts';
import {OpeningFrames} from './opening-frames.ts';
import {type Asking, Resets} from './resets.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

export type Silence = {
  readonly us: number;
  /** When it ended. */
  readonly untilUs: number;
  /** That of the segment by which it ended. */
  readonly frame: number;
  readonly side: Side;
  readonly segment: Pick<SeenSegment, 'flags' | 'length'>;
  readonly marks: number;
  /** Who had sent data last; undefined: nobody had. */
  readonly lastData: Side | undefined;
  /** The window was closed to who ended it. */
  readonly windowClosed: boolean;
};

/** A RST: does it answer a segment that its sender could not use (RFC 9293 §3.10.7.1), or did its sender break off by itself? */
export type BrokenOff = {
  readonly frame: number;
  /** What it answers; undefined: nothing. */
  readonly answers?: Asking;
  /** Its sender's keep-alive probes that nobody had answered (RFC 9293 §3.8.4). */
  readonly probes?: number;
  /** Its own window was closed: octets lay unread (RFC 9293 §3.6, RFC 2525 §2.17). */
  readonly unread?: true;
};

/** `seq`: of the SYN; `taken`: the SYN,ACK acknowledges the data, too. */
type FastOpen = {
  readonly frame: number;
  readonly seq: Seq;
  readonly bytes: number;
  readonly taken: boolean;
};

/** Further ones are only counted, elsewhere. */
const mostFrames = 4;

export type Noted = 'zeroWindow' | 'keepAlive' | 'lostBefore' | 'outOfOrder';

const noted: readonly (readonly [Noted, number])[] = [
  ['zeroWindow', Mark.zeroWindow],
  ['keepAlive', Mark.keepAlive],
  ['lostBefore', Mark.lostBefore],
  ['outOfOrder', Mark.outOfOrder],
];

export class ConnectionNotes {
  /** Most connections have nothing to note. */
  #frames: Map<Noted, number[]> | undefined;
  #silence: Silence | undefined;
  #refusal: Refusal | undefined;
  #tooBig: TooBig | undefined;
  /** The most that a segment of each side carried, until a router refused its size; then from there on, with what it was before. */
  readonly #most: [number, number] = [0, 0];
  #mostBefore: readonly [number, number] | undefined;
  #lastData: Side | undefined;
  readonly resets = new Resets();
  readonly lastWords = new LastWords();
  readonly lastStand = new LastStand();
  readonly openingFrames = new OpeningFrames();
  #fastOpen: FastOpen | undefined;
  #brokenOff: BrokenOff | undefined;
  /** So often each end has closed its window. */
  readonly #closed: [number, number] = [0, 0];
  /** Keep-alive probes of each side since the other was heard. */
  readonly #probes: [number, number] = [0, 0];
  readonly #windows: [number | undefined, number | undefined] = [undefined, undefined];

  /** The first ones, in the order of the file. */
  frames(kind: Noted): readonly number[] {
    return this.#frames?.get(kind) ?? [];
  }

  /** The longest time between two segments, and what ended it; undefined: there is only one segment. */
  get silence(): Silence | undefined {
    return this.#silence;
  }

  /** The first ICMP message that says that a packet of it did not arrive. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The first ICMP message that says that a packet of it was too big for the path. */
  get tooBig(): TooBig | undefined {
    return this.#tooBig;
  }

  /** Data came with the SYN (RFC 7413); undefined: none did. */
  get fastOpen(): FastOpen | undefined {
    return this.#fastOpen;
  }

  /** The first RST. */
  get brokenOff(): BrokenOff | undefined {
    return this.#brokenOff;
  }

  closed(side: Side): number {
    return this.#closed[side];
  }

  refuse({
    frame,
    from,
    to,
    mtu,
    reason,
  }: Omit<TooBig, 'mtu'> & {
    readonly mtu: number | undefined;
    readonly reason: Pick<Refusal, 'version' | 'type' | 'code'>;
  }): void {
    if (mtu === undefined) this.#refusal ??= {frame, from, ...reason};
    else {
      this.#tooBig ??= {frame, from, to, mtu};
      // More may be under way: what counts is what it sends once it knows.
      this.#mostBefore ??= [...this.#most];
      this.#most.fill(0);
    }
  }

  /** The most data in a segment of this side, once sizes were refused only since then. */
  most(side: Side): number {
    return this.#most[side];
  }

  /** The most data in a segment of this side before a router refused their size, and behind that; undefined: it sends no smaller ones. */
  shrunk(side: Side): {readonly before: number; readonly after: number} | undefined {
    const [before, after] = [this.#mostBefore?.[side] ?? 0, this.#most[side]];
    return after > 0 && after < before ? {before, after} : undefined;
  }

  take(side: Side, segment: SeenSegment, marks: number, sinceUs: number | undefined): void {
    const {frame, flags, length, window} = segment;
    this.#most[side] = Math.max(this.#most[side], length);
    // What opens the connection is told as its opening.
    if (marks !== 0 && !has(segment, Flag.syn))
      for (const [kind, mark] of noted) if (marks & mark) this.#note(kind, frame);
    const us = segment.atUs - (sinceUs ?? segment.atUs);
    const windowClosed = this.#windows[side === 0 ? 1 : 0] === 0;
    if (us > (this.#silence?.us ?? 0))
      this.#silence = {
        us,
        untilUs: segment.atUs,
        frame,
        side,
        segment: {flags, length},
        marks,
        lastData: this.#lastData,
        windowClosed,
      };
    if (has(segment, Flag.rst)) this.#brokenOff ??= this.#reset(side, segment);
    else this.#windows[side] = window;
    if (marks & Mark.zeroWindow) this.#closed[side] += 1;
    this.#probes[side] += marks & Mark.keepAlive && !windowClosed ? 1 : 0;
    this.#probes[side === 0 ? 1 : 0] = 0;
    this.resets.take(side, segment, marks);
    this.lastWords.take(side, segment, marks);
    this.lastStand.take(side, segment, marks);
    if (has(segment, Flag.syn)) this.#open(segment);
    if (length > 0) this.#lastData = side;
  }

  #reset(side: Side, segment: SeenSegment): BrokenOff {
    const {frame} = segment;
    const answers = this.resets.answers(side, segment);
    if (answers) return {frame, answers};
    return {frame, probes: this.#probes[side], ...(this.#windows[side] === 0 && {unread: true})};
  }

  #open({flags, frame, seq, ack, length}: SeenSegment): void {
    if (flags & Flag.ack) {
      const early = this.#fastOpen;
      if (early)
        this.#fastOpen = {...early, taken: early.taken || ack === seqAdd(early.seq, early.bytes + 1)};
    } else if (length > 0) this.#fastOpen ??= {frame, seq, bytes: length, taken: false};
  }

  #note(kind: Noted, frame: number): void {
    this.#frames ??= new Map();
    const known = this.#frames.get(kind);
    if (known === undefined) this.#frames.set(kind, [frame]);
    else if (known.length < mostFrames) known.push(frame);
  }
}
