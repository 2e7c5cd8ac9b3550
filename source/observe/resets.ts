// Finds the first RST of a TCP connection that lies outside the receive window, and the segment that it answers (RFC 9293 §3.10.7.1). The
// memory used is bounded.

import {type Seq, seqAdd, seqLe} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';
import {Mark} from './tcp-marks.ts';

/** A segment that needs an answer: one with data, a FIN, or a keep-alive probe. */
export type Asking = {readonly frame: number; readonly what: 'data' | 'fin' | 'keepAlive'};

/**
 * An RST that its receiver must ignore, because its sequence number is outside the window (RFC 9293 §3.10.7.4); `answers` is the segment
 * that caused it, if that can be told.
 */
export type Strayed = {readonly frame: number; readonly side: Side; readonly answers?: Asking};

type Open = Asking & {readonly end: Seq; readonly ack: Seq};

/** The highest number of segments of an end that are remembered while they wait for an answer. */
const mostOpen = 64;

/** The segments of an end that need an answer and are not acknowledged yet, the oldest first. */
type End = {open: Open[]};

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
  readonly #ends: readonly [End, End] = [{open: emptyList}, {open: emptyList}];
  #strayed: Strayed | undefined;

  /** The first RST of the connection outside the receive window; undefined if there is none. */
  get strayed(): Strayed | undefined {
    return this.#strayed;
  }

  stray(side: Side, segment: SeenSegment): void {
    const answers = this.answers(side, segment);
    this.#strayed ??= {frame: segment.frame, side, ...(answers && {answers})};
  }

  /**
   * Returns the segment that an RST without ACK answers: the first unanswered one whose acknowledgment number is the RST's sequence number;
   * undefined if there is none.
   */
  answers(side: Side, {flags, seq}: Pick<SeenSegment, 'flags' | 'seq'>): Asking | undefined {
    if (flags & Flag.ack) return undefined;
    const {open} = this.#ends[side === 0 ? 1 : 0];
    const at = open.findIndex(({ack}) => ack === seq);
    const [asked] = at < 0 ? [] : open.splice(at, 1);
    return asked && {frame: asked.frame, what: asked.what};
  }

  take(side: Side, segment: SeenSegment, marks: number): void {
    const {frame, flags, ack} = segment;
    const own = this.#ends[side];
    if (flags & Flag.rst) return;
    const far = this.#ends[side === 0 ? 1 : 0];
    if (flags & Flag.ack) far.open = unanswered(far.open, ack);
    const what = whatIs(segment, marks);
    if (!what || own.open.length >= mostOpen) return;
    // A keep-alive probe repeats a sequence number that was acknowledged before, so it adds none.
    const end = seqAdd(segment.seq, what === 'keepAlive' ? 0 : spaceOf(segment));
    own.open = withOneMore(own.open, {frame, what, end, ack});
  }
}
