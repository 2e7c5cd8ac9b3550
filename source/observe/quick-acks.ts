// ACKs that did not wait for a second segment although one alone had come (RFC 9293 §3.8.6.3 lets them): quick ACKs, by which Linux helps
// a sender that starts. Data behind a gap, the end of a write and a window that opens draw an ACK at once for other reasons.

import {type Seq, seqAdd} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {Flag, has, openOrClose, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** Of one receiver. */
export class QuickAcks {
  count = 0;
  #acked: Seq | undefined;
  #window = 0;
  /** A gap stands open, as its last ACK told. */
  #gap = false;
  /** All before it was acknowledged, and nothing came behind it. */
  #alone: {readonly end: Seq; readonly atUs: number} | undefined;

  /** Data for it; `full`: as many octets as it takes at most. */
  came(segment: SeenSegment, full: number): void {
    const {seq, length, atUs} = segment;
    if (length === 0) return;
    const isPlain = length <= full && !has(segment, Flag.psh | openOrClose);
    const isAlone = isPlain && !this.#gap && this.#alone === undefined && seq === this.#acked;
    this.#alone = isAlone ? {end: seqAdd(seq, length), atUs} : undefined;
  }

  /** A segment of its own; returns marks. */
  said(segment: SeenSegment): number {
    const {ack, atUs, length, sacks, window} = segment;
    const alone = this.#alone;
    const opens = window >= 2 * this.#window;
    const isPlain = length === 0 && !sacks && !opens && !has(segment, openOrClose);
    const isQuick = isPlain && alone?.end === ack && atUs - alone.atUs < mostWorkUs;
    if (isQuick) this.count += 1;
    if (ack !== this.#acked) this.#alone = undefined;
    this.#acked = ack;
    this.#gap = sacks;
    // A SYN’s window is never scaled: nothing is compared with it.
    this.#window = has(segment, Flag.syn) ? 1 << 16 : window;
    return isQuick ? Mark.quickAck : 0;
  }
}
