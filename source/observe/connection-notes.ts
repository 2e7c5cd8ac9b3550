// Where in a connection the things are that are told of it: a few frames of each, and the longest silence. Bounded.
import {type Seq, seqAdd} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import type {Refusal, TooBig} from './icmp-refusals.ts';
import {LastStand} from './last-stand.ts';
import {OpeningFrames} from './opening-frames.ts';
import {Resets} from './resets.ts';
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
  #lastData: Side | undefined;
  readonly resets = new Resets();
  readonly lastStand = new LastStand();
  readonly openingFrames = new OpeningFrames();
  #fastOpen: FastOpen | undefined;
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
      this.#most.fill(0);
    }
  }

  /** The most data in a segment of this side, once sizes were refused only since then. */
  most(side: Side): number {
    return this.#most[side];
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
    if (!has(segment, Flag.rst)) this.#windows[side] = window;
    this.resets.take(side, segment, marks);
    this.lastStand.take(side, segment, marks);
    if (has(segment, Flag.syn)) this.#open(segment);
    if (length > 0) this.#lastData = side;
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
