// Recognizes fast recovery by Proportional Rate Reduction (RFC 9937) from a sender's segments: from the first retransmission on, it sends a
// fixed share of what ACK and SACK report as delivered, after each ACK to within one segment. Neither RFC 6675 nor rate halving keeps such
// a share for long.

import {type Seq, seqDiff, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {withBlocks} from './sacked-ranges.ts';
import type {SackBlock, SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/**
 * The number of delivered segments after which only a proportional rate explains a recovery: sending one for one, after a silence or with
 * one pause, leaves any possible share before 8.
 */
const enoughSegments = 10;
/** The shares of sent to delivered data that count as a proportional rate: above one for two and below one for one; CUBIC's is 0.7. */
const share = {least: 0.55, most: 0.8} as const;

/** The octets delivered and sent since a recovery began; the sender's share lies between `low` and `high`. */
type Run = {
  readonly delivered: number;
  /** The octets that were delivered before the newest ACK; the answer to that ACK may not be complete yet. */
  readonly answered: number;
  readonly sent: number;
  readonly low: number;
  readonly high: number;
  readonly point: Seq;
  readonly full: number;
  readonly proved: boolean;
};

/** Narrows the possible share of a recovery, assuming that the sender has sent ⌈share · delivered⌉ segments for all ACKs so far. */
const narrowed = (run: Run): Run => {
  const {delivered, sent, full} = run;
  if (delivered === 0) return run;
  const low = Math.max(run.low, (sent - full) / delivered);
  return {...run, answered: delivered, low, high: Math.min(run.high, sent / delivered)};
};

const isProof = ({answered, low, high, full}: Run): boolean =>
  answered >= enoughSegments * full && low < high && low > share.least && high < share.most;

const noRanges: readonly SackBlock[] = [];

/**
 * Follows the loss recoveries of one sender to recognize a proportional rate. It is made when SACK reports a gap or a recovery begins,
 * because nothing is to be counted before.
 */
export class ProportionalRate {
  /** The number of the sender's recoveries that were proved to use a proportional rate. */
  count = 0;
  #ranges = noRanges;
  /** The octets that the newest ACK reports as newly delivered, by its number or by SACK. */
  #newly = 0;
  #heardUs: number | undefined;
  #run: Run | undefined;

  /**
   * Takes an ACK: what it reports as newly delivered, by its number or by SACK. `before` is SND.UNA before it; `una` and `nxt` are SND.UNA
   * and SND.NXT after it.
   */
  heard({atUs, sack}: SeenSegment, before: Seq, {una, nxt}: {readonly una: Seq; readonly nxt: Seq}): void {
    const held = this.#held();
    this.#ranges = withBlocks(this.#ranges, sack, {una, nxt});
    this.#newly = seqDiff(una, before) + this.#held() - held;
    this.#heardUs = atUs;
    this.#goOn(una);
  }

  #held(): number {
    return this.#ranges.reduce((sum, {left, right}) => sum + seqDiff(right, left), 0);
  }

  #goOn(una: Seq): void {
    if (!this.#run) return;
    const run = narrowed(this.#run);
    this.#run = seqLt(una, run.point) ? {...run, delivered: run.delivered + this.#newly} : undefined;
  }

  /**
   * Begins a recovery with this retransmission. `full` is the size of a full segment in octets; `nxt` is SND.NXT after the retransmission.
   */
  begin({length, atUs}: SeenSegment, full: number, nxt: Seq): void {
    const delivered = this.#heardUs !== undefined && atUs - this.#heardUs < mostWorkUs ? this.#newly : 0;
    const unknown = {answered: 0, low: 0, high: Number.POSITIVE_INFINITY, proved: false};
    this.#run = {...unknown, delivered, sent: length, full, point: nxt};
  }

  /** Takes a further segment of the sender in a recovery; returns the mark `proportional` if it proves a proportional rate, otherwise 0. */
  sent({length}: SeenSegment, full: number): number {
    if (!this.#run) return 0;
    const before = this.#run;
    this.#run = {...before, sent: before.sent + length};
    const isNow = isProof(before) && (this.#run.sent - full) / before.delivered < before.high;
    if (!isNow) return 0;
    if (!before.proved) this.count += 1;
    this.#run = {...this.#run, proved: true};
    return Mark.proportional;
  }

  /** Ends the fast recovery that is followed, because a timeout begins a recovery of another kind. */
  stop(): void {
    this.#run = undefined;
  }
}
