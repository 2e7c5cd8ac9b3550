// The first RST of a connection that lies outside the window, and what it answers (RFC 9293 §3.10.7.1). Bounded.

import {type Seq, seqAdd, seqLe} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';
import {Mark} from './tcp-marks.ts';

/** A segment that asks for an answer. */
export type Asking = {readonly frame: number; readonly what: 'data' | 'fin' | 'keepAlive'};

/** A RST that its receiver has to throw away: its number is not the window's (RFC 9293 §3.10.7.4). */
export type Strayed = {readonly frame: number; readonly side: Side; readonly answers?: Asking};

type Open = Asking & {readonly end: Seq; readonly ack: Seq};

/** Further ones that wait for an answer are not looked at. */
const mostOpen = 64;

/** Not acknowledged yet, the first ones. */
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

  /** The first RST outside the window. */
  get strayed(): Strayed | undefined {
    return this.#strayed;
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
    const {frame, flags, ack} = segment;
    const own = this.#ends[side];
    if (flags & Flag.rst) return;
    const far = this.#ends[side === 0 ? 1 : 0];
    if (flags & Flag.ack) far.open = unanswered(far.open, ack);
    const what = whatIs(segment, marks);
    if (!what || own.open.length >= mostOpen) return;
    // A probe asks about what has been acknowledged.
    const end = seqAdd(segment.seq, what === 'keepAlive' ? 0 : spaceOf(segment));
    own.open = withOneMore(own.open, {frame, what, end, ack});
  }
}
