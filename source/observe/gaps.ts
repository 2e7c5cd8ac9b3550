// What filled the gaps in the numbers of one direction: what left earlier than what came before it was overtaken, what left later was
// sent again, and its first copy lost before it came here. A timestamp tells when its segment left (RFC 7323 §3.2). Bounded.
import {type Seq, seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {type SeenSegment, spaceOf} from './seen-segment.ts';

export type Filled = 'again' | 'late' | 'either';

/** `stamp`: of what came behind it and showed it. */
type Gap = {
  readonly start: Seq;
  readonly end: Seq;
  readonly atUs: number;
  readonly stamp: number | undefined;
};

/** Of what was sent again: its first copy may come after all. */
type Repeated = Pick<Gap, 'start' | 'end'> & {readonly frame: number; readonly stamp: number};

/** More are not looked at. */
const most = 64;
const mostFrames = 4;
/** In a round trip as short as this what is sent again may bear the same timestamp, which ticks in milliseconds (RFC 7323 §5.4). */
const shortUs = 3000;

const none: readonly never[] = [];
const noCounts: Readonly<Record<Filled, number>> = {again: 0, late: 0, either: 0};
const noFrames: Readonly<Record<Filled, readonly number[]>> = {again: none, late: none, either: none};

/** Most directions have none, and share what says so. */
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

  /** By which they were filled: the first ones. */
  frames(filled: Filled): readonly number[] {
    return this.#frames[filled];
  }

  /** Where the first one begins that is still open; undefined: none is. */
  get first(): Seq | undefined {
    return this.#open[0]?.start;
  }

  /** How many octets it lacks, and how long it has been open when the last segment came. */
  get openOctets(): number {
    const [first] = this.#open;
    return first ? seqDiff(first.end, first.start) : 0;
  }

  get openUs(): number {
    const [first] = this.#open;
    return first ? this.#lastUs - first.atUs : 0;
  }

  /** `roundUs`: from here to its sender and back. */
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

  /** It had left before what filled its place: that was sent again in vain. */
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
