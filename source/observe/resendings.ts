// What one end of a connection sent again, and how often it said the same: enough to tell how it came about. Bounded.
import {type Seq, seqLt} from '../wire/seq.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** Further ones are only counted. */
const mostFrames = 8;

/** The same segment, again and again. */
export type Repeated = {
  readonly seq: Seq;
  /** Those that repeat it. */
  readonly frames: number[];
  /** How long each of them came after the one before; one less than `frames` where the first sending is not known. In microseconds. */
  readonly waitsUs: number[];
};

/** How often; `either`: a loss probe or the timer, which would look alike. */
type Causes = {[cause in keyof typeof noCauses]: number};

const noCauses = {probed: 0, reported: 0, timedOut: 0, either: 0, afterTimeout: 0};

const causeIn = (marks: number): keyof Causes | undefined => {
  if (marks & Mark.reported) return 'reported';
  if (marks & Mark.afterTimeout) return 'afterTimeout';
  if (marks & Mark.probed) return marks & Mark.timedOut ? 'either' : 'probed';
  return marks & Mark.timedOut ? 'timedOut' : undefined;
};

/** Probes say something again on purpose. */
const probes = Mark.keepAlive | Mark.zeroWindowProbe;

const none: readonly number[] = [];

export class Resendings {
  /** Segments with data or FIN; SYNs and probes left out. */
  count = 0;
  /** Of those: had nothing but FIN. */
  fins = 0;
  /** Of those: the other end had said that it lacks them, by SACK or by duplicate ACKs. */
  reported = 0;
  /** Of those: the other end had acknowledged them by then, as was seen here. */
  acknowledged = 0;
  /** What made the sender do it, as far as it can be told (repair-signs.ts). */
  #causes: Causes | undefined;
  #frames: number[] | undefined;
  #current: Repeated | undefined;
  #longest: Repeated | undefined;
  #currentUs = 0;
  /** Of the newest segment that takes numbers. */
  #newest: Seq | undefined;
  #newestUs = 0;

  get causes(): Readonly<Causes> {
    return this.#causes ?? noCauses;
  }

  /** The first ones. */
  get frames(): readonly number[] {
    return this.#frames ?? none;
  }

  /** The segment that was repeated most often; undefined: none was. */
  get longest(): Repeated | undefined {
    return this.#longest;
  }

  /** `segment` takes sequence numbers. `sacked`: behind the last octet that the other end has said to have, out of order. */
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
      current = {seq, frames: [], waitsUs: this.#newest === seq ? [atUs - this.#newestUs] : []};
      this.#current = current;
    }
    if (current.frames.length < mostFrames) current.frames.push(frame);
    this.#currentUs = atUs;
    if (current.frames.length > (this.#longest?.frames.length ?? 0)) this.#longest = current;
  }
}
