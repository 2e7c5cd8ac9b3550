// How long packets fly, as far as somebody who sees each of them once can tell: the time until an acknowledgment passes is the
// way from the capture point to the end that acknowledges, and back (the way RFC 6298 §3 measures, without what Karn excludes).
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';

/** What of a segment is looked at here. */
type Passed = Pick<SeenSegment, 'atUs' | 'seq' | 'ack' | 'flags' | 'length'>;

/** A segment whose acknowledgment is waited for: only one of a direction at a time, as RFC 6298 §3 allows. */
type Timed = {
  readonly end: Seq;
  readonly atUs: number;
  /** A SYN that had been sent before: the answer may belong to either. */
  readonly again?: true;
};

class Way {
  /** Behind the last octet that has passed. */
  nextSeq: Seq | undefined;
  timed: Timed | undefined;
  /** From here to whom this way leads and back, at least. */
  roundUs: number | undefined;
  /** The same, since a SYN was repeated: counts where nothing better was measured. */
  repeatedUs: number | undefined;
}

const acknowledge = (way: Way, {flags, ack, atUs}: Passed): number | undefined => {
  const {timed} = way;
  if (!timed || !(flags & Flag.ack) || seqLt(ack, timed.end)) return undefined;
  way.timed = undefined;
  const roundUs = atUs - timed.atUs;
  if (roundUs < 0) return undefined;
  if (timed.again) {
    way.repeatedUs = roundUs;
    return undefined;
  }
  way.roundUs = Math.min(way.roundUs ?? roundUs, roundUs);
  return roundUs;
};

const send = (way: Way, segment: Passed): void => {
  const space = spaceOf(segment);
  if (space === 0 || segment.flags & Flag.rst) return;
  const end = seqAdd(segment.seq, space);
  const isNew = way.nextSeq === undefined || !seqLt(segment.seq, way.nextSeq);
  const {atUs} = segment;
  // Sent again: which of the two is acknowledged nobody knows (Karn).
  if (!isNew) way.timed = segment.flags & Flag.syn ? {end, atUs, again: true} : undefined;
  else way.timed ??= {end, atUs};
  if (way.nextSeq === undefined || seqLt(way.nextSeq, end)) way.nextSeq = end;
};

export class FlightTimes {
  readonly #ways: readonly [Way, Way] = [new Way(), new Way()];

  /** How long what this one acknowledges, and nobody repeated, was under way: there and back; undefined: it tells nothing of that. */
  take(side: Side, segment: Passed): number | undefined {
    const tripUs = acknowledge(this.#ways[side === 0 ? 1 : 0], segment);
    send(this.#ways[side], segment);
    return tripUs;
  }

  /** The measured ways there and back, to side 0 and to side 1. */
  get rounds(): readonly [number | undefined, number | undefined] {
    return [this.round(0), this.round(1)];
  }

  round(side: Side): number | undefined {
    const {roundUs, repeatedUs} = this.#ways[side === 0 ? 1 : 0];
    return roundUs ?? repeatedUs;
  }

  /** To `side`, by answers of which nobody doubts what they answer. */
  surely(side: Side): number | undefined {
    return this.#ways[side === 0 ? 1 : 0].roundUs;
  }
}
