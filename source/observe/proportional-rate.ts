// Fast recovery by Proportional Rate Reduction (RFC 9937), as the segments of its sender show it: from the first repetition on, a fixed share
// of what ACK and SACK say was delivered goes out, after each ACK to within one segment. Who goes by RFC 6675 is silent for half a
// window and then sends one for one, rate halving sends one for two: neither stays within a segment of such a share for long.

import {type Seq, seqDiff, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {withBlocks} from './sacked-ranges.ts';
import type {SackBlock, SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** So many fit no other way of sending: one for one, behind a silence or with one pause, leaves each share of ours before 8. */
const enoughSegments = 10;
/** Above one for two, below one for one: CUBIC’s is 0.7. */
const share = {least: 0.55, most: 0.8} as const;

/** Since a recovery began, in octets; the share lies between `low` and `high`. */
type Run = {
  readonly delivered: number;
  /** Of those: before the newest ACK, whose answer may not be whole yet. */
  readonly answered: number;
  readonly sent: number;
  readonly low: number;
  readonly high: number;
  readonly point: Seq;
  readonly full: number;
  readonly proved: boolean;
};

/** The share of a run that has answered all ACKs so far: ⌈share · delivered⌉ segments. */
const narrowed = (run: Run): Run => {
  const {delivered, sent, full} = run;
  if (delivered === 0) return run;
  const low = Math.max(run.low, (sent - full) / delivered);
  return {...run, answered: delivered, low, high: Math.min(run.high, sent / delivered)};
};

const isProof = ({answered, low, high, full}: Run): boolean =>
  answered >= enoughSegments * full && low < high && low > share.least && high < share.most;

const noRanges: readonly SackBlock[] = [];

/** Of one sender, once SACK has told of a gap or a recovery has begun; before, nothing is to be counted. */
export class ProportionalRate {
  /** Recoveries in which it was proved. */
  count = 0;
  #ranges = noRanges;
  /** By the newest ACK. */
  #newly = 0;
  #heardUs: number | undefined;
  #run: Run | undefined;

  /** What ACK and SACK say has come since the last one. `before`: SND.UNA before this ACK. */
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

  /** A recovery begins, with this repetition; `nxt`: SND.NXT behind it. */
  begin({length, atUs}: SeenSegment, full: number, nxt: Seq): void {
    const delivered = this.#heardUs !== undefined && atUs - this.#heardUs < mostWorkUs ? this.#newly : 0;
    const unknown = {answered: 0, low: 0, high: Number.POSITIVE_INFINITY, proved: false};
    this.#run = {...unknown, delivered, sent: length, full, point: nxt};
  }

  /** Returns marks. */
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

  /** The recovery is another one now. */
  stop(): void {
    this.#run = undefined;
  }
}
