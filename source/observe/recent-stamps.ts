// Remembers which frames of one TCP end carried which timestamp (RFC 7323 §3.2). If only one frame carried it, an echo of that timestamp
// shows that this frame was received.
import {bisect} from '../wire/growing-list.ts';
import {type Seq, seq, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** The highest number of TCP timestamps that are kept of each end, which is more than are in flight at once. */
const kept = 4096;

/** Inserts a number into a list at an index, which is nearly always the end; returns the list. */
const inserted = <T extends number>(list: T[], at: number, one: T): T[] => {
  if (at === list.length) return withOneMore(list, one);
  list.splice(at, 0, one);
  return list;
};

export class RecentStamps {
  /** The end's TSvals in rising order; `#frames` are the frames that carried each, or 0 if several did. */
  #stamps: Seq[] = emptyList;
  #frames: number[] = emptyList;
  /** The highest TSval that was forgotten; of a lower one nobody knows whether it occurred only once. */
  #forgotten: Seq | undefined;

  note(value: number, frame: number): void {
    const stamp = seq(value);
    const at = this.#slotOf(stamp);
    if (this.#stamps[at] === stamp) this.#frames[at] = 0;
    else {
      const isOld = this.#forgotten !== undefined && seqLe(stamp, this.#forgotten);
      this.#stamps = inserted(this.#stamps, at, stamp);
      this.#frames = inserted(this.#frames, at, isOld ? 0 : frame);
    }
    if (this.#stamps.length > kept) this.#forget();
  }

  /** Returns the only frame that carried this TSval; undefined if none or several did. */
  only(value: number): number | undefined {
    const stamp = seq(value);
    const at = this.#slotOf(stamp);
    return this.#stamps[at] === stamp ? this.#frames[at] || undefined : undefined;
  }

  /** Returns the index at which the TSval is, or at which it is to be inserted. */
  #slotOf(stamp: Seq): number {
    const stamps = this.#stamps;
    const last = stamps[stamps.length - 1];
    if (last === stamp) return stamps.length - 1;
    if (last === undefined || seqLt(last, stamp)) return stamps.length;
    return bisect(stamps.length - 1, (index) => !seqLt(stamps[index] ?? stamp, stamp));
  }

  #forget(): void {
    const dropped = this.#stamps.splice(0, kept / 2);
    this.#frames.splice(0, kept / 2);
    for (const stamp of dropped)
      this.#forgotten = this.#forgotten === undefined ? stamp : seqMax(this.#forgotten, stamp);
  }
}
