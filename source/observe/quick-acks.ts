// Counts ACKs that did not wait for a second segment although only one had come, which RFC 9293 §3.8.6.3 allows. With such quick ACKs Linux
// helps a sender that starts. Data after a gap, the end of a write and a window that opens cause an immediate ACK for other reasons.

import {type Seq, seqAdd} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {Flag, has, openOrClose, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** The quick ACKs of one receiver. */
export class QuickAcks {
  count = 0;
  #acked: Seq | undefined;
  #window = 0;
  /** True while the receiver's last ACK reported a gap. */
  #gap = false;
  /** The only segment that is not acknowledged, if everything before it was. */
  #alone: {readonly end: Seq; readonly atUs: number} | undefined;

  /** Takes data for the receiver; `full` is the most octets that it accepts in a segment. */
  came(segment: SeenSegment, full: number): void {
    const {seq, length, atUs} = segment;
    if (length === 0) return;
    const isPlain = length <= full && !has(segment, Flag.psh | openOrClose);
    const isAlone = isPlain && !this.#gap && this.#alone === undefined && seq === this.#acked;
    this.#alone = isAlone ? {end: seqAdd(seq, length), atUs} : undefined;
  }

  /** Takes a segment of the receiver; returns its marks. */
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
    // The window of a SYN is never scaled, so nothing is compared with it.
    this.#window = has(segment, Flag.syn) ? 1 << 16 : window;
    return isQuick ? Mark.quickAck : 0;
  }
}
