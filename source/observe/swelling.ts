// How much longer than at least a way there and back takes: what passes then waits in the queue of a link (RFC 8290 §1).
import {type Seq, seq, seqLe, seqLt} from '../wire/seq.ts';
import type {SeenSegment} from './seen-segment.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** Fewer tell nothing. */
const few = 4;

export class Swelling {
  #count = 0;
  #leastUs = 0;
  /** The two longest. */
  #longestUs = 0;
  #secondUs = 0;

  add(us: number): void {
    this.#count += 1;
    this.#leastUs = this.#count === 1 ? us : Math.min(this.#leastUs, us);
    this.#secondUs = Math.max(this.#secondUs, Math.min(us, this.#longestUs));
    this.#longestUs = Math.max(this.#longestUs, us);
  }

  /** By how much the second longest exceeds the shortest: one alone may be chance. */
  get sustainedUs(): number {
    return this.#count < few ? 0 : this.#secondUs - this.#leastUs;
  }
}

/** More are not waited for. */
const mostStamps = 64;

/** Until what bore a timestamp is answered by data that echo it (RFC 7323 §4). */
export class EchoTimes {
  /** undefined: nothing was answered yet. */
  #swelling: Swelling | undefined;
  #open: {readonly stamp: Seq; readonly atUs: number}[] = emptyList;

  get sustainedUs(): number {
    return this.#swelling?.sustainedUs ?? 0;
  }

  /** One end says something. */
  said({stamp, atUs}: Pick<SeenSegment, 'stamp' | 'atUs'>): void {
    if (stamp === undefined || this.#open.length >= mostStamps) return;
    const last = this.#open.at(-1);
    if (last === undefined || seqLt(last.stamp, seq(stamp)))
      this.#open = withOneMore(this.#open, {stamp: seq(stamp), atUs});
  }

  /** The other one sends. */
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
