// Keeps which TCP sequence numbers of one direction have been seen (RFC 9293 §3.4), so that each octet is counted once and repeated octets
// are found.
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** The highest number of ranges of seen sequence numbers that are kept; beyond that, the oldest gap counts as filled. */
const mostStretches = 1024;

type Stretch = {start: number; end: number};

/** The ranges of sequence numbers that were seen, kept as numbers that do not wrap, counted from the first one. */
export class SequenceRanges {
  /** The ranges of seen sequence numbers in rising order; none touches another. */
  #seen: Stretch[] = emptyList;
  /** The sequence number that was last converted to a place, and that place (`#nearAt`). */
  #near: Seq | undefined;
  #nearAt = 0;

  /**
   * Converts a sequence number to a number that does not wrap, counted from the first one that was converted: of all possible ones, the
   * nearest to the last one.
   */
  place(number: Seq): number {
    const at = this.#near === undefined ? 0 : this.#nearAt + seqDiff(number, this.#near);
    this.#near = number;
    this.#nearAt = at;
    return at;
  }

  /** Returns the end of the seen range that contains this sequence number; the number itself if it was not seen. */
  endFrom(number: Seq): Seq {
    if (this.#near === undefined) return number;
    const at = this.#nearAt + seqDiff(number, this.#near);
    for (let index = this.#seen.length - 1; index >= 0; index--) {
      const stretch = this.#seen[index];
      if (stretch && stretch.start <= at) return seqAdd(number, Math.max(0, stretch.end - at));
    }
    return number;
  }

  /** Marks the numbers from `start` to before `end` as seen; returns how many of them are new. */
  add(start: number, end: number): number {
    const last = this.#seen.at(-1);
    if (last && start === last.end) {
      last.end = end;
      return end - start;
    }
    if (!last || start > last.end) {
      if (end > start) this.#seen = withOneMore(this.#seen, {start, end});
      if (this.#seen.length > mostStretches) this.#closeOldestGap();
      return Math.max(0, end - start);
    }
    return this.#insert(start, end);
  }

  /** The number of gaps between the first and the last sequence number that were seen. */
  get gaps(): number {
    return Math.max(0, this.#seen.length - 1);
  }

  /** Returns how many sequence numbers below `before`, from the first seen one on, have not been seen. */
  missing(before: Seq): number {
    if (this.#near === undefined) return 0;
    const at = this.#nearAt + seqDiff(before, this.#near);
    const ends = this.#seen.map(({end}) => end);
    return ends.reduce(
      (sum, end, index) => sum + Math.max(0, Math.min(this.#seen[index + 1]?.start ?? at, at) - end),
      0,
    );
  }

  overlaps(start: number, end: number): boolean {
    for (let index = this.#seen.length - 1; index >= 0; index--) {
      const stretch = this.#seen[index];
      if (!stretch || stretch.end <= start) return false;
      if (stretch.start < end) return true;
    }
    return false;
  }

  #insert(start: number, end: number): number {
    if (end <= start) return 0;
    let fresh = end - start;
    let merged: Stretch = {start, end};
    const rest: Stretch[] = [];
    for (const stretch of this.#seen) {
      fresh -= Math.max(0, Math.min(end, stretch.end) - Math.max(start, stretch.start));
      if (stretch.end < merged.start || stretch.start > merged.end) rest.push(stretch);
      else merged = {start: Math.min(merged.start, stretch.start), end: Math.max(merged.end, stretch.end)};
    }
    const at = rest.findIndex((stretch) => stretch.start > merged.start);
    rest.splice(at < 0 ? rest.length : at, 0, merged);
    this.#seen.splice(0, this.#seen.length, ...rest);
    if (this.#seen.length > mostStretches) this.#closeOldestGap();
    return fresh;
  }

  #closeOldestGap(): void {
    const [first, second] = this.#seen;
    if (first && second) this.#seen.splice(0, 2, {start: first.start, end: second.end});
  }
}
