// Whether segments of one direction fail by their size: large ones are sent again and again and none comes, smaller ones do. So it looks
// where a link lets no larger packets pass and nobody says so (a path MTU black hole, RFC 2923 §2.1, RFC 4821 §1). Bounded.
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {SackBlock, SeenSegment} from './seen-segment.ts';
import {isCovered} from './sent-copies.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** `cut`: pieces that begin elsewhere carry it, too, so that nobody knows which came. `heard`: its receiver spoke after it was sent again. */
type Waiting = {readonly seq: Seq; end: Seq; length: number; times: number; cut: boolean; heard: boolean};

/**
 * `large`: octets that never came, sent so many times; `small`: the most that did. `smaller`: those came in smaller pieces in the end. `heard`: the
 * receiver spoke in the meantime. */
export type Stuck = {
  readonly large: number;
  readonly times: number;
  readonly small: number;
  readonly smaller: boolean;
  readonly heard: boolean;
};

/** Chance seldom takes one size so often, and none of another. */
const enoughTimes = 4;
/** The first of those that wait. */
const mostWaiting = 16;

export class StuckSizes {
  #waiting: Waiting[] = emptyList;
  /** The most octets in a segment that came. */
  #largest = 0;
  /** Behind the last octet that was sent. */
  #next: Seq | undefined;
  /** What went in smaller pieces after it had not come so often. */
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

  /** undefined: size makes no difference. */
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
