// Which frames of one end bore which timestamp (RFC 7323 §3.2): an echo names the one that was received, where only one bore it.
import {bisect} from '../wire/growing-list.ts';
import {type Seq, seq, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** Of each end: more than are under way at once. */
const kept = 4096;

/** Nearly always at the end. */
const inserted = <T extends number>(list: T[], at: number, one: T): T[] => {
  if (at === list.length) return withOneMore(list, one);
  list.splice(at, 0, one);
  return list;
};

export class RecentStamps {
  /** Rising, and the frame that bore each; 0: several did. */
  #stamps: Seq[] = emptyList;
  #frames: number[] = emptyList;
  /** The highest of those that are forgotten: whether a lower one was unique nobody knows any more. */
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

  /** undefined: none bore it, or several did. */
  only(value: number): number | undefined {
    const stamp = seq(value);
    const at = this.#slotOf(stamp);
    return this.#stamps[at] === stamp ? this.#frames[at] || undefined : undefined;
  }

  /** Where it is, or belongs; most are the newest. */
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
