// Tells whether segments of one direction fail because of their size: large ones are retransmitted and none arrives, while smaller ones do,
// as if a link drops larger packets without a report (a path MTU black hole, RFC 2923 §2.1, RFC 4821 §1). The memory used is bounded.
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {SackBlock, SeenSegment} from './seen-segment.ts';
import {isCovered} from './sent-copies.ts';
import {emptyList, withOneMore} from './short-list.ts';

/**
 * A segment that was not acknowledged yet, sent `times` times. `cut` is true if other segments contain a part of its octets, so that nobody
 * knows which arrived; `heard` is true if the receiver sent something after a retransmission or reported later data.
 */
type Waiting = {readonly seq: Seq; end: Seq; length: number; times: number; cut: boolean; heard: boolean};

/**
 * `large` octets in a segment were not acknowledged although they were sent `times` times; `small` is the largest size that arrived.
 * `smaller` is true if the sender then used smaller segments, `heard` if the receiver sent something meanwhile.
 */
export type Stuck = {
  readonly large: number;
  readonly times: number;
  readonly small: number;
  readonly smaller: boolean;
  readonly heard: boolean;
};

/** The number of failed transmissions of a segment after which chance is an unlikely explanation. */
const enoughTimes = 4;
/** The highest number of unacknowledged segments that are remembered. */
const mostWaiting = 16;

export class StuckSizes {
  #waiting: Waiting[] = emptyList;
  /** The number of octets of data in the largest segment that arrived; 0 if none did. */
  #largest = 0;
  /** The sequence number after the last octet that was sent. */
  #next: Seq | undefined;
  /** A size of segments that the sender gave up for smaller ones after it had failed repeatedly; undefined if there is none. */
  #given: {readonly large: number; readonly times: number; readonly heard: boolean} | undefined;

  sent({seq, length}: SeenSegment): void {
    if (length === 0) return;
    const end = seqAdd(seq, length);
    const isNew = this.#next === undefined || !seqLt(seq, this.#next);
    if (this.#next === undefined || seqLt(this.#next, end)) this.#next = end;
    if (isNew) this.#wait(seq, end, length);
    else this.#sentAgain(seq, end, length);
  }

  #wait(seq: Seq, end: Seq, length: number): void {
    if (this.#waiting.length >= mostWaiting) return;
    this.#waiting = withOneMore(this.#waiting, {seq, end, length, times: 1, cut: false, heard: false});
  }

  #sentAgain(seq: Seq, end: Seq, length: number): void {
    for (const each of this.#waiting)
      if (each.seq !== seq && seqLt(seq, each.end) && seqLt(each.seq, end)) each.cut = true;
    const known = this.#waiting.find((each) => each.seq === seq);
    if (!known) {
      this.#wait(seq, end, length);
      return;
    }
    if (length < known.length && known.times >= enoughTimes)
      this.#given ??= {large: known.length, times: known.times, heard: known.heard};
    known.times += 1;
    if (length >= known.length) return;
    known.end = end;
    known.length = length;
  }

  heard({ack}: SeenSegment, blocks: readonly SackBlock[]): void {
    const waiting = this.#waiting;
    let left = 0;
    for (const each of waiting)
      if (!isCovered(each, ack, blocks)) {
        if (each.times > 1 || blocks.some(({right}) => seqLt(each.end, right))) each.heard = true;
        waiting[left++] = each;
      } else if (!each.cut) this.#largest = Math.max(this.#largest, each.length);
    if (left < waiting.length) waiting.length = left;
  }

  /** The sizes that fail and that arrive; undefined unless segments larger than all that arrived failed repeatedly. */
  get stuck(): Stuck | undefined {
    const [first] = this.#waiting;
    const waits =
      first && first.times >= enoughTimes
        ? {large: first.length, times: first.times, heard: first.heard}
        : undefined;
    const found = this.#given ?? waits;
    if (!found || this.#largest === 0 || this.#largest >= found.large) return undefined;
    return {...found, small: this.#largest, smaller: found === this.#given};
  }
}
