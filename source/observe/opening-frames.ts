// Collects the frames in which a TCP connection opens, from its first SYN to the called end's first segment after SYN,ACK: which SYN or
// SYN,ACK was repeated, and whether the handshake's third segment was accepted. Memory is bounded.
import {type Seq, seqAdd, seqLe} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';
import {Mark} from './tcp-marks.ts';

/** A segment's frame and time. */
export type Seen = {readonly frame: number; readonly atUs: number};

/** The highest number of frames that are kept of each kind of opening segment; later ones are only counted. */
const mostKept = 8;

class Repeated {
  count = 0;
  seen: Seen[] = emptyList;

  add({frame, atUs}: SeenSegment): this {
    this.count += 1;
    if (this.seen.length < mostKept) this.seen = withOneMore(this.seen, {frame, atUs});
    return this;
  }
}

/** An empty count of repeated segments, shared by all connections in whose opening none of that kind came. */
const never: Readonly<Repeated> = new Repeated();

export class OpeningFrames {
  readonly syns = new Repeated();
  readonly synAcks = new Repeated();
  /** The SYNs that passed although a SYN,ACK had passed before; undefined if none did. */
  #lateSyns: Repeated | undefined;
  /** The SYN,ACKs that passed although the third segment of the handshake had passed before; undefined if none did. */
  #lateSynAcks: Repeated | undefined;
  /** The caller's data that were retransmitted while the called end had sent nothing but SYN,ACK; undefined if none were. */
  #unheeded: Repeated | undefined;
  /** The caller's first segment that acknowledges the SYN,ACK; `asked` is its first segment with data. */
  #third: Seen | undefined;
  #asked: (Seen & {readonly length: number}) | undefined;
  /** The first segment of the called end after its SYN,ACK, other than an RST; `length` counts its octets of data. */
  #served: (Seen & {readonly length: number}) | undefined;
  #over = false;

  get lateSyns(): Readonly<Repeated> {
    return this.#lateSyns ?? never;
  }

  get lateSynAcks(): Readonly<Repeated> {
    return this.#lateSynAcks ?? never;
  }

  get unheeded(): Readonly<Repeated> {
    return this.#unheeded ?? never;
  }

  get third(): Seen | undefined {
    return this.#third;
  }

  get asked(): (Seen & {readonly length: number}) | undefined {
    return this.#asked;
  }

  get served(): (Seen & {readonly length: number}) | undefined {
    return this.#served;
  }

  /**
   * Takes a segment of the opening. `caller` is the side that sent the first SYN (undefined if no SYN was captured), `isn` the other end's
   * initial sequence number.
   */
  take(
    side: Side,
    segment: SeenSegment,
    marks: number,
    caller: Side | undefined,
    isn: Seq | undefined,
  ): void {
    if (this.#over || marks & Mark.copy) return;
    if (caller === undefined || has(segment, Flag.rst)) {
      this.#over = true;
      return;
    }
    if (side !== caller) this.#called(segment);
    else if (has(segment, Flag.syn)) {
      this.syns.add(segment);
      if (this.synAcks.count > 0) this.#lateSyns = (this.#lateSyns ?? new Repeated()).add(segment);
    } else this.#caller(segment, marks, isn);
  }

  #called(segment: SeenSegment): void {
    if (has(segment, Flag.syn)) {
      this.synAcks.add(segment);
      if (this.#third) this.#lateSynAcks = (this.#lateSynAcks ?? new Repeated()).add(segment);
      return;
    }
    const {frame, atUs, length} = segment;
    this.#served = {frame, atUs, length};
    this.#over = true;
  }

  #caller(segment: SeenSegment, marks: number, isn: Seq | undefined): void {
    const {frame, atUs, length, ack} = segment;
    if (this.synAcks.count > 0 && isn !== undefined && seqLe(seqAdd(isn, 1), ack))
      this.#third ??= {frame, atUs};
    if (length === 0) return;
    if (this.#asked && marks & Mark.resent) this.#unheeded = (this.#unheeded ?? new Repeated()).add(segment);
    this.#asked ??= {frame, atUs, length};
  }
}
