// How long packets fly, as far as somebody who sees each of them once can tell: the time until an acknowledgment passes is the
// way from the capture point to the end that acknowledges, and back (the way RFC 6298 §3 measures, without what Karn excludes).
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, type SeenSegment, spaceOf} from './seen-segment.ts';

/** A segment whose acknowledgment is waited for: only one of a direction at a time, as RFC 6298 §3 allows. */
type Timed = {readonly end: Seq; readonly atUs: number; readonly opening: boolean};

type Way = {
  /** Behind the last octet that has passed. */
  nextSeq: Seq | undefined;
  timed: Timed | undefined;
  /** From here to whom this way leads and back, at least. */
  roundUs: number | undefined;
  /** It was measured by the handshake, which no program delays: it stays. */
  settled: boolean;
};

const newWay = (): Way => ({nextSeq: undefined, timed: undefined, roundUs: undefined, settled: false});

export class FlightTimes {
  readonly #ways: readonly [Way, Way] = [newWay(), newWay()];

  take(side: Side, segment: SeenSegment): void {
    this.#acknowledge(this.#ways[side === 0 ? 1 : 0], segment);
    const way = this.#ways[side];
    const space = spaceOf(segment);
    if (space === 0 || segment.flags & Flag.rst) return;
    const end = seqAdd(segment.seq, space);
    const isNew = way.nextSeq === undefined || !seqLt(segment.seq, way.nextSeq);
    // Sent again: which of the two is acknowledged nobody knows (Karn).
    if (!isNew) way.timed = undefined;
    else way.timed ??= {end, atUs: segment.atUs, opening: (segment.flags & Flag.syn) !== 0};
    if (way.nextSeq === undefined || seqLt(way.nextSeq, end)) way.nextSeq = end;
  }

  #acknowledge(way: Way, {flags, ack, atUs}: SeenSegment): void {
    const {timed} = way;
    if (!timed || !(flags & Flag.ack) || seqLt(ack, timed.end)) return;
    way.timed = undefined;
    if (way.settled) return;
    const roundUs = atUs - timed.atUs;
    if (roundUs < 0) return;
    way.roundUs = timed.opening ? roundUs : Math.min(way.roundUs ?? roundUs, roundUs);
    way.settled = timed.opening;
  }

  /** The measured ways there and back, to side 0 and to side 1. */
  get rounds(): readonly [number | undefined, number | undefined] {
    return [this.#ways[1].roundUs, this.#ways[0].roundUs];
  }
}
