// Which frames of one end bore which timestamp (RFC 7323 §3.2): an echo names the one that was received, where only one bore it.
import {type Seq, seq, seqLe, seqMax} from '../wire/seq.ts';

/** Of each end: more than are under way at once. */
const kept = 4096;

export class RecentStamps {
  /** 0: several frames bore it. */
  #frames = new Map<number, number>();
  #older = new Map<number, number>();
  /** The highest of those that are forgotten: whether a lower one was unique nobody knows any more. */
  #forgotten: Seq | undefined;
  #highest: Seq | undefined;

  note(stamp: number | undefined, frame: number): void {
    if (stamp === undefined) return;
    const value = seq(stamp);
    const isKnown = this.#frames.has(stamp) || this.#older.has(stamp);
    const isOld = this.#forgotten !== undefined && seqLe(value, this.#forgotten);
    this.#frames.set(stamp, isKnown || isOld ? 0 : frame);
    this.#highest = this.#highest === undefined ? value : seqMax(this.#highest, value);
    if (this.#frames.size < kept) return;
    if (this.#older.size > 0) this.#forgotten = this.#highest;
    this.#older = this.#frames;
    this.#frames = new Map();
  }

  /** undefined: none bore it, or several did. */
  only(stamp: number): number | undefined {
    return (this.#frames.get(stamp) ?? this.#older.get(stamp)) || undefined;
  }
}
