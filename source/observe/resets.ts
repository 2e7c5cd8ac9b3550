// RSTs of a connection: what each answers (RFC 9293 §3.10.7.1), and whether the end in whose name it came sent it itself. Bounded.

import {type Seq, seqAdd, seqLe} from '../wire/seq.ts';
import {overtakenUs} from './bounds.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';
import {Mark} from './tcp-marks.ts';

/** A segment that asks for an answer. */
export type Asking = {readonly frame: number; readonly what: 'data' | 'fin' | 'keepAlive'};

/** A RST that its receiver has to throw away: its number is not the window's (RFC 9293 §3.10.7.4). */
export type Strayed = {readonly frame: number; readonly side: Side; readonly answers?: Asking};

/** Why the end in whose name the first RST came did not send it. */
export type Foreign = {
  /** Hops that it had left, and those that all its other packets had. */
  readonly hops?: readonly [left: number, usual: number];
  /** It went on as if nothing were; 0: it did not. */
  readonly wentOn: number;
};

type Open = Asking & {readonly end: Seq; readonly ack: Seq};

/** Further ones that wait for an answer are not looked at. */
const mostOpen = 64;
/** From so many packets on it is known how many hops they have left. */
const enoughPackets = 2;

type End = {
  /** Not acknowledged yet, the first ones. */
  open: Open[];
  /** All its packets had as many left; undefined: they differ, or nobody knows. */
  hops: number | undefined;
  packets: number;
};

const newEnd = (): End => ({open: emptyList, hops: undefined, packets: 0});

const unanswered = (open: Open[], ack: Seq): Open[] => {
  const from = open.findIndex(({end}) => !seqLe(end, ack));
  if (from === 0 || open.length === 0) return open;
  return from < 0 ? emptyList : open.slice(from);
};

const whatIs = ({length, flags}: SeenSegment, marks: number): Asking['what'] | undefined => {
  if (marks & Mark.keepAlive) return 'keepAlive';
  if (length > 0) return 'data';
  return flags & Flag.fin ? 'fin' : undefined;
};

export class Resets {
  readonly #ends: readonly [End, End] = [newEnd(), newEnd()];
  /** The first one. */
  #first: (Pick<SeenSegment, 'frame' | 'atUs' | 'hops'> & {readonly side: Side}) | undefined;
  #strayed: Strayed | undefined;
  #wentOn = 0;

  /** The first RST outside the window. */
  get strayed(): Strayed | undefined {
    return this.#strayed;
  }

  /** undefined: nothing speaks against its own end. */
  get foreign(): Foreign | undefined {
    if (!this.#first) return undefined;
    const {hops: left} = this.#first;
    const {hops: usual, packets} = this.#ends[this.#first.side];
    const differ = left !== undefined && usual !== undefined && packets >= enoughPackets && left !== usual;
    if (!differ && this.#wentOn === 0) return undefined;
    return {wentOn: this.#wentOn, ...(differ && {hops: [left, usual]})};
  }

  stray(side: Side, segment: SeenSegment): void {
    const answers = this.answers(side, segment);
    this.#strayed ??= {frame: segment.frame, side, ...(answers && {answers})};
  }

  /** It has no ACK, and the number that the segment acknowledged: the first of these that had no answer. */
  answers(side: Side, {flags, seq}: Pick<SeenSegment, 'flags' | 'seq'>): Asking | undefined {
    if (flags & Flag.ack) return undefined;
    const {open} = this.#ends[side === 0 ? 1 : 0];
    const at = open.findIndex(({ack}) => ack === seq);
    const [asked] = at < 0 ? [] : open.splice(at, 1);
    return asked && {frame: asked.frame, what: asked.what};
  }

  take(side: Side, segment: SeenSegment, marks: number): void {
    const {frame, flags, ack, atUs, hops} = segment;
    const own = this.#ends[side];
    if (flags & Flag.rst) {
      this.#first ??= {frame, atUs, hops, side};
      return;
    }
    const far = this.#ends[side === 0 ? 1 : 0];
    if (flags & Flag.ack) far.open = unanswered(far.open, ack);
    own.hops = own.packets === 0 || own.hops === hops ? hops : undefined;
    own.packets += 1;
    if (this.#first?.side === side && atUs - this.#first.atUs > overtakenUs) this.#wentOn ||= frame;
    const what = whatIs(segment, marks);
    if (!what || own.open.length >= mostOpen) return;
    // A probe asks about what has been acknowledged.
    const end = seqAdd(segment.seq, what === 'keepAlive' ? 0 : spaceOf(segment));
    own.open = withOneMore(own.open, {frame, what, end, ack});
  }
}
