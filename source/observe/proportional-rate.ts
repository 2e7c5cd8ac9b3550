// Recognizes fast recovery by Proportional Rate Reduction (RFC 9937) from the sender's segments. From the first retransmission on, a fixed
// share of what ACK and SACK report as delivered is sent, after each ACK to within one segment. A sender that follows RFC 6675 is silent
// for half a window and then sends one segment for one, and rate halving sends one for two: neither stays within a segment of such a share
// for long.

import {type Seq, seqDiff, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {withBlocks} from './sacked-ranges.ts';
import type {SackBlock, SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/**
 * The number of delivered segments after which no other way of sending fits: one for one, after a silence or with one pause, leaves any
 * possible share before 8.
 */
const enoughSegments = 10;
/** The shares that count, above one for two and below one for one; CUBIC's is 0.7. */
const share = {least: 0.55, most: 0.8} as const;

/** The octets since a recovery began; the share lies between `low` and `high`. */
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

/** Narrows the share of a run that has answered all ACKs so far with ⌈share · delivered⌉ segments. */
const narrowed = (run: Run): Run => {
  const {delivered, sent, full} = run;
  if (delivered === 0) return run;
  const low = Math.max(run.low, (sent - full) / delivered);
  return {...run, answered: delivered, low, high: Math.min(run.high, sent / delivered)};
};

const isProof = ({answered, low, high, full}: Run): boolean =>
  answered >= enoughSegments * full && low < high && low > share.least && high < share.most;

const noRanges: readonly SackBlock[] = [];

/** The recoveries of one sender. It is made when SACK reports a gap or a recovery begins, because nothing is to be counted before. */
export class ProportionalRate {
  /** The number of recoveries in which the proportional rate was proved. */
  count = 0;
  #ranges = noRanges;
  /** The octets that the newest ACK reports as newly delivered. */
  #newly = 0;
  #heardUs: number | undefined;
  #run: Run | undefined;

  /** Takes what ACK and SACK report as delivered since the last one. `before` is SND.UNA before this ACK. */
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

  /** Begins a recovery with this retransmission; `nxt` is SND.NXT after it. */
  begin({length, atUs}: SeenSegment, full: number, nxt: Seq): void {
    const delivered = this.#heardUs !== undefined && atUs - this.#heardUs < mostWorkUs ? this.#newly : 0;
    const unknown = {answered: 0, low: 0, high: Number.POSITIVE_INFINITY, proved: false};
    this.#run = {...unknown, delivered, sent: length, full, point: nxt};
  }

  /** Takes a segment of the sender; returns its marks. */
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

  /** Ends the count, because the recovery is now of another kind. */
  stop(): void {
    this.#run = undefined;
  }
}
