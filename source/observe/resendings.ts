// Counts what one TCP end sent again, and how often it repeated the same segment: enough to tell why. The memory used is bounded.
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** The highest number of retransmissions whose frames are kept; later ones are only counted. */
const mostFrames = 8;

/** A TCP segment that was sent again and again. */
export type Repeated = {
  readonly seq: Seq;
  /** The number after the segment's last octet. */
  readonly end: Seq;
  /** The frames that retransmit the segment, at most `mostFrames`. */
  readonly frames: number[];
  /** The time in µs between each copy of the segment and the one before it; one fewer than `frames` if the first copy is not known. */
  readonly waitsUs: number[];
};

/** The number of an end's retransmissions by cause; `either` is a loss probe or the timer, which would look alike. */
type Causes = {[cause in keyof typeof noCauses]: number};

const noCauses = {probed: 0, reported: 0, timedOut: 0, either: 0, afterTimeout: 0};

const causeIn = (marks: number): keyof Causes | undefined => {
  if (marks & Mark.reported) return 'reported';
  if (marks & Mark.afterTimeout) return 'afterTimeout';
  if (marks & Mark.probed) return marks & Mark.timedOut ? 'either' : 'probed';
  return marks & Mark.timedOut ? 'timedOut' : undefined;
};

/** The marks of keep-alive and zero-window probes, which repeat data on purpose. */
const probes = Mark.keepAlive | Mark.zeroWindowProbe;

const none: readonly number[] = [];

export class Resendings {
  /** The number of an end's retransmitted segments, without SYNs and probes. */
  count = 0;
  /** The number of an end's retransmitted segments that contain FIN and no data. */
  fins = 0;
  /** The number of an end's retransmitted segments that the other end had reported as missing, by SACK or by duplicate ACKs. */
  reported = 0;
  /** The number of an end's retransmitted segments that the other end had already acknowledged when they passed. */
  acknowledged = 0;
  /** The number of retransmissions by cause, as far as it can be deduced (repair-signs.ts); undefined until there is one. */
  #causes: Causes | undefined;
  #frames: number[] | undefined;
  #current: Repeated | undefined;
  #longest: Repeated | undefined;
  #currentUs = 0;
  /** The sequence number of the end's newest segment that is no retransmission. */
  #newest: Seq | undefined;
  #newestUs = 0;

  get causes(): Readonly<Causes> {
    return this.#causes ?? noCauses;
  }

  /** The frames of the end's first retransmissions, at most `mostFrames`. */
  get frames(): readonly number[] {
    return this.#frames ?? none;
  }

  /** The segment that the end retransmitted most often in a row; undefined if none was. */
  get longest(): Repeated | undefined {
    return this.#longest;
  }

  /**
   * Takes a segment with data, SYN or FIN. `sacked` is the number after the highest octet that the other end has reported as received out
   * of order; undefined if none.
   */
  take(segment: SeenSegment, marks: number, sacked: Seq | undefined): void {
    const {flags, seq, atUs} = segment;
    if ((marks & Mark.resent) === 0) {
      this.#newest = seq;
      this.#newestUs = atUs;
    } else if ((marks & probes) === 0 && (flags & Flag.syn) === 0) this.#again(segment, marks, sacked);
  }

  #count(marks: number): void {
    const cause = causeIn(marks);
    if (cause === undefined) return;
    this.#causes ??= {...noCauses};
    this.#causes[cause] += 1;
  }

  #again({frame, seq, flags, length, atUs}: SeenSegment, marks: number, sacked: Seq | undefined): void {
    this.count += 1;
    if (length === 0 && flags & Flag.fin) this.fins += 1;
    if (marks & Mark.fastRetransmission || (sacked !== undefined && seqLt(seq, sacked))) this.reported += 1;
    if (marks & Mark.spuriousRetransmission) this.acknowledged += 1;
    this.#count(marks);
    this.#frames ??= [];
    if (this.#frames.length < mostFrames) this.#frames.push(frame);
    let current = this.#current;
    if (current?.seq === seq) {
      if (current.frames.length < mostFrames) current.waitsUs.push(atUs - this.#currentUs);
    } else {
      const end = seqAdd(seq, length);
      current = {seq, end, frames: [], waitsUs: this.#newest === seq ? [atUs - this.#newestUs] : []};
      this.#current = current;
    }
    if (current.frames.length < mostFrames) current.frames.push(frame);
    this.#currentUs = atUs;
    if (current.frames.length > (this.#longest?.frames.length ?? 0)) this.#longest = current;
  }
}
