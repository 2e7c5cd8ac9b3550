// Counts quick ACKs, which acknowledge a single segment at once instead of waiting for a second one (RFC 9293 §3.8.6.3 allows it); Linux
// sends them to help a sender that starts. Immediate ACKs after a gap, for the end of a write or for a window that opens are not counted.

import {type Seq, seqAdd} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import {Flag, has, openOrClose, type SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** Counts the quick ACKs (immediate ACKs of a single segment) of one TCP receiver. */
export class QuickAcks {
  count = 0;
  #acked: Seq | undefined;
  #window = 0;
  /** True if the receiver's last ACK reported data after a gap by SACK. */
  #gap = false;
  /**
   * The only unacknowledged segment, if everything before it was acknowledged and it has neither PSH, SYN, FIN nor RST; otherwise
   * undefined.
   */
  #alone: {readonly end: Seq; readonly atUs: number} | undefined;

  /** Takes a segment with data for the receiver; `full` is the largest number of octets that it accepts in a segment. */
  came(segment: SeenSegment, full: number): void {
    const {seq, length, atUs} = segment;
    if (length === 0) return;
    const isPlain = length <= full && !has(segment, Flag.psh | openOrClose);
    const isAlone = isPlain && !this.#gap && this.#alone === undefined && seq === this.#acked;
    this.#alone = isAlone ? {end: seqAdd(seq, length), atUs} : undefined;
  }

  /** Takes a segment that the receiver sends; returns the mark `quickAck` if it is a quick ACK, otherwise 0. */
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
    // The window of a SYN is never scaled, so after a SYN no window counts as opening.
    this.#window = has(segment, Flag.syn) ? 1 << 16 : window;
    return isQuick ? Mark.quickAck : 0;
  }
}
