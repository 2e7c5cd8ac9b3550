// Measures how long packets take, as far as a capture can tell that sees each of them once: the time until an acknowledgment passes is that
// from the capture point to the acknowledging end and back. It measures like RFC 6298 §3 and leaves out what Karn's algorithm excludes.
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';

/** The fields of a segment that are used here. */
type Passed = Pick<SeenSegment, 'atUs' | 'seq' | 'ack' | 'flags' | 'length'>;

/** A segment whose acknowledgment is awaited; only one of each direction at a time, as RFC 6298 §3 allows. */
type Timed = {
  readonly end: Seq;
  readonly atUs: number;
  /** True for a SYN that was sent before: the answer may belong to either copy. */
  readonly again?: true;
};

class Way {
  /** The sequence number after the last octet that has passed. */
  nextSeq: Seq | undefined;
  timed: Timed | undefined;
  /** The shortest time in µs from the capture point to this way's receiver and back. */
  roundUs: number | undefined;
  /** The time in µs to this way's receiver and back, measured since a retransmitted SYN; it counts if nothing better was measured. */
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
  // After a retransmission nobody knows which of the two copies is acknowledged (Karn's algorithm).
  if (!isNew) way.timed = segment.flags & Flag.syn ? {end, atUs, again: true} : undefined;
  else way.timed ??= {end, atUs};
  if (way.nextSeq === undefined || seqLt(way.nextSeq, end)) way.nextSeq = end;
};

export class FlightTimes {
  readonly #ways: readonly [Way, Way] = [new Way(), new Way()];

  /**
   * Takes a segment; returns how many µs its acknowledgment came after the segment that it acknowledges, which nobody retransmitted;
   * undefined if it does not tell.
   */
  take(side: Side, segment: Passed): number | undefined {
    const tripUs = acknowledge(this.#ways[side === 0 ? 1 : 0], segment);
    send(this.#ways[side], segment);
    return tripUs;
  }

  /** The measured round trips in µs from the capture point to side 0 and to side 1. */
  get rounds(): readonly [number | undefined, number | undefined] {
    return [this.round(0), this.round(1)];
  }

  round(side: Side): number | undefined {
    const {roundUs, repeatedUs} = this.#ways[side === 0 ? 1 : 0];
    return roundUs ?? repeatedUs;
  }

  /** Returns the round trip to `side`, measured only with answers that can belong to a single segment. */
  surely(side: Side): number | undefined {
    return this.#ways[side === 0 ? 1 : 0].roundUs;
  }
}
