// Measures round-trip times in a capture, which sees each packet at one point: the time until an ACK is captured is that from the capture
// point to the acknowledging end and back. It measures like RFC 6298 §3 and leaves out what Karn's algorithm excludes.
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';

/** The fields of a captured segment that are needed to measure round trips. */
type Passed = Pick<SeenSegment, 'atUs' | 'seq' | 'ack' | 'flags' | 'length'>;

/** A segment whose acknowledgment is awaited to measure a round trip; only one per direction at a time, as RFC 6298 §3 allows. */
type Timed = {
  readonly end: Seq;
  readonly atUs: number;
  /** True for a SYN that was sent before: the answer may belong to either copy. */
  readonly again?: true;
};

class Way {
  /** The sequence number after the last octet that was captured in this direction; undefined before the first. */
  nextSeq: Seq | undefined;
  timed: Timed | undefined;
  /** The shortest round trip in µs from the capture point to this direction's receiver and back; undefined if none was measured. */
  roundUs: number | undefined;
  /** The round trip in µs from a retransmitted SYN to its answer, which counts if no other was measured; undefined if there is none. */
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
   * Adds a captured segment; returns the round trip in µs that its ACK completes, or undefined if it completes none or the acknowledged
   * segment was retransmitted.
   */
  take(side: Side, segment: Passed): number | undefined {
    const tripUs = acknowledge(this.#ways[side === 0 ? 1 : 0], segment);
    send(this.#ways[side], segment);
    return tripUs;
  }

  /** The measured round trips in µs from the capture point to side 0 and to side 1; undefined if none was measured. */
  get rounds(): readonly [number | undefined, number | undefined] {
    return [this.round(0), this.round(1)];
  }

  round(side: Side): number | undefined {
    const {roundUs, repeatedUs} = this.#ways[side === 0 ? 1 : 0];
    return roundUs ?? repeatedUs;
  }

  /** Returns the round trip in µs to `side`, measured only with segments that were not retransmitted; undefined if there is none. */
  surely(side: Side): number | undefined {
    return this.#ways[side === 0 ? 1 : 0].roundUs;
  }
}
