// Measures how much longer than its minimum the round trip takes: that time is spent in the queue of a link (RFC 8290 §1).
import {type Seq, seq, seqLe, seqLt} from '../wire/seq.ts';
import type {SeenSegment} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** No growth is reported with fewer round-trip measurements than this. */
const few = 4;

export class Swelling {
  #count = 0;
  #leastUs = 0;
  /** The longest round trip in µs; `#secondUs` is the second longest. */
  #longestUs = 0;
  #secondUs = 0;

  add(us: number): void {
    this.#count += 1;
    this.#leastUs = this.#count === 1 ? us : Math.min(this.#leastUs, us);
    this.#secondUs = Math.max(this.#secondUs, Math.min(us, this.#longestUs));
    this.#longestUs = Math.max(this.#longestUs, us);
  }

  /**
   * The time in µs by which the second longest round trip exceeds the shortest one; 0 with too few measurements. The longest alone may be
   * chance.
   */
  get sustainedUs(): number {
    return this.#count < few ? 0 : this.#secondUs - this.#leastUs;
  }
}

/** The highest number of TCP timestamps that are remembered while they wait for their echo. */
const mostStamps = 64;

/** Measures the time from a TCP timestamp until a segment with data echoes it (RFC 7323 §4). */
export class EchoTimes {
  /** The measured round trips; undefined until a segment with data has echoed a timestamp. */
  #swelling: Swelling | undefined;
  #open: {readonly stamp: Seq; readonly atUs: number}[] = emptyList;

  get sustainedUs(): number {
    return this.#swelling?.sustainedUs ?? 0;
  }

  /** Takes a segment of the end whose timestamps are timed. */
  said({stamp, atUs}: Pick<SeenSegment, 'stamp' | 'atUs'>): void {
    if (stamp === undefined || this.#open.length >= mostStamps) return;
    const last = this.#open.at(-1);
    if (last === undefined || seqLt(last.stamp, seq(stamp)))
      this.#open = withOneMore(this.#open, {stamp: seq(stamp), atUs});
  }

  /** Takes a segment of the other end, which echoes the timestamps. */
  came({echo, atUs, length}: Pick<SeenSegment, 'echo' | 'atUs' | 'length'>): void {
    if (echo === undefined) return;
    const open = this.#open.findIndex(({stamp}) => !seqLe(stamp, seq(echo)));
    const answered = open < 0 ? this.#open.length : open;
    if (answered === 0) return;
    const named = this.#open.splice(0, answered).at(-1);
    if (length === 0 || named?.stamp !== seq(echo)) return;
    this.#swelling ??= new Swelling();
    this.#swelling.add(atUs - named.atUs);
  }
}
