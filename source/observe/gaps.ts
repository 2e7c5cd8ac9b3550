// Finds what filled the gaps in the sequence numbers of one direction: a segment that was overtaken on its way, or a retransmission of one
// that was lost before the capture point. The timestamps option tells which left first (RFC 7323 §3.2). The memory used is bounded.
import {type Seq, seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {type SeenSegment, spaceOf} from './seen-segment.ts';

export type Filled = 'again' | 'late' | 'either';

/**
 * A gap in the sequence numbers of one direction. `stamp` is the TSval of the segment that followed the gap and so showed it; undefined
 * without timestamps.
 */
type Gap = {
  readonly start: Seq;
  readonly end: Seq;
  readonly atUs: number;
  readonly stamp: number | undefined;
};

/** A retransmission that filled a gap in the sequence numbers; the segment's first copy may still arrive. */
type Repeated = Pick<Gap, 'start' | 'end'> & {readonly frame: number; readonly stamp: number};

/** The highest number of open gaps in the sequence numbers of one direction that are followed; further gaps are ignored. */
const most = 64;
const mostFrames = 4;
/**
 * A round trip in µs. If it is shorter than this, a retransmission may carry the same TSval as the segment before it, because timestamps
 * tick in milliseconds (RFC 7323 §5.4).
 */
const shortUs = 3000;

const none: readonly never[] = [];
const noCounts: Readonly<Record<Filled, number>> = {again: 0, late: 0, either: 0};
const noFrames: Readonly<Record<Filled, readonly number[]>> = {again: none, late: none, either: none};

/** The gaps in the sequence numbers of one direction, and what filled them. Most directions have none, so they share the empty lists. */
export class Gaps {
  #counts = noCounts;
  #frames = noFrames;
  #open: readonly Gap[] = none;
  #repeated: readonly Repeated[] = none;
  #next: Seq | undefined;
  #lastUs = 0;

  get counts(): Readonly<Record<Filled, number>> {
    return this.#counts;
  }

  /** Returns the first frames that filled a gap in the given way: as a retransmission, as an overtaken segment, or as either of the two. */
  frames(filled: Filled): readonly number[] {
    return this.#frames[filled];
  }

  /** The sequence number at which the first unfilled gap begins; undefined if there is none. */
  get first(): Seq | undefined {
    return this.#open[0]?.start;
  }

  /**
   * The number of octets missing in the first unfilled gap; 0 if there is none. `openUs` is how long before the last segment the gap was
   * first seen, in µs.
   */
  get openOctets(): number {
    const [first] = this.#open;
    return first ? seqDiff(first.end, first.start) : 0;
  }

  get openUs(): number {
    const [first] = this.#open;
    return first ? this.#lastUs - first.atUs : 0;
  }

  /** Takes the next segment of the direction in capture order. `roundUs` is the round-trip time from the capture point to the sender. */
  take(segment: SeenSegment, roundUs: number): void {
    const {seq: start, stamp, atUs} = segment;
    this.#lastUs = atUs;
    const space = spaceOf(segment);
    if (space === 0) return;
    const end = seqAdd(start, space);
    const next = this.#next ?? start;
    if (seqLt(next, start) && this.#open.length < most)
      this.#open = [...this.#open, {start: next, end: start, atUs, stamp}];
    else if (seqLt(start, next) && !this.#fill(segment, end, roundUs)) this.#cameAfterAll(segment, end);
    if (this.#next === undefined || seqLt(this.#next, end)) this.#next = end;
  }

  #fill({frame, seq: start, stamp}: SeenSegment, end: Seq, roundUs: number): boolean {
    const gap = this.#open.find((each) => seqLt(start, each.end) && seqLt(each.start, end));
    if (!gap) return false;
    const rest = [
      {...gap, end: start},
      {...gap, start: end},
    ].filter((each) => seqLt(each.start, each.end));
    this.#open = this.#open.flatMap((each) => (each === gap ? rest : each));
    const filled = filledBy(stamp, gap.stamp, roundUs);
    this.#count(filled, frame);
    if (filled === 'again' && stamp !== undefined && this.#repeated.length < most)
      this.#repeated = [...this.#repeated, {start, end, frame, stamp}];
    return true;
  }

  /**
   * Notes a segment that arrives after its gap was filled by a retransmission but had been sent before it: the segment was only late, and
   * the retransmission was needless.
   */
  #cameAfterAll({frame, seq: start, stamp}: SeenSegment, end: Seq): void {
    const repeated = this.#repeated.find(
      (each) =>
        seqLe(start, each.start) &&
        seqLe(each.end, end) &&
        stamp !== undefined &&
        seqLt(seq(stamp), seq(each.stamp)),
    );
    if (!repeated) return;
    this.#repeated = this.#repeated.filter((each) => each !== repeated);
    this.#counts = {...this.#counts, again: this.#counts.again - 1};
    const again = this.#frames.again.filter((each) => each !== repeated.frame);
    this.#frames = {...this.#frames, again};
    this.#count('late', frame);
  }

  #count(filled: Filled, frame: number): void {
    this.#counts = {...this.#counts, [filled]: this.#counts[filled] + 1};
    const frames = this.#frames[filled];
    if (frames.length < mostFrames) this.#frames = {...this.#frames, [filled]: [...frames, frame]};
  }
}

const filledBy = (stamp: number | undefined, behind: number | undefined, roundUs: number): Filled => {
  if (stamp === undefined || behind === undefined) return 'either';
  if (seqLt(seq(behind), seq(stamp))) return 'again';
  return stamp === behind && roundUs < shortUs ? 'either' : 'late';
};
