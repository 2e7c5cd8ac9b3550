// Notes how long one end's window was 0, and whether the end took back room that it had given (RFC 9293 §3.8.6). The memory that is used is
// bounded.
import type {Seq} from '../wire/seq.ts';
import {seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import type {Heard} from './transfer-pace.ts';

const most = 8;
const none: readonly number[] = [];

export class WindowNotes {
  /** The first packets that closed the receive window (set it to 0), and the first that opened it again. */
  closing = none;
  opening = none;
  closedUs = 0;
  /** How often the receive window went to 0 after it had been open. */
  times = 0;
  /** The most octets by which the end moved its window's right edge back, and the first packets that did so. */
  shrunk = 0;
  shrinking = none;
  /** The largest and the smallest receive window that the end offered, and that of its first segment after the SYN, in octets. */
  mostRoom = 0;
  leastRoom = Number.POSITIVE_INFINITY;
  firstRoom: number | undefined;
  #sinceUs: number | undefined;
  #edge: Seq | undefined;
  #ack: Seq | undefined;

  /** Returns the time in µs for which the receive window was 0, up to the time `lastUs`. */
  closedBy(lastUs: number): number {
    return this.closedUs + (this.#sinceUs === undefined ? 0 : Math.max(0, lastUs - this.#sinceUs));
  }

  /** True while the receive window is 0. */
  get isClosed(): boolean {
    return this.#sinceUs !== undefined;
  }

  /**
   * Notes the window of one segment. `grain` is the octets in one unit of the scaled window; smaller moves back do not count as shrinking.
   */
  take(segment: SeenSegment, {ack, room}: Heard, grain: number): void {
    if (has(segment, Flag.syn) || (this.#ack !== undefined && seqLt(ack, this.#ack))) return;
    this.#close(segment);
    if (room === undefined) return;
    this.mostRoom = Math.max(this.mostRoom, room);
    this.leastRoom = Math.min(this.leastRoom, room);
    this.firstRoom ??= room;
    const edge = seqAdd(ack, room);
    const back = this.#edge === undefined ? 0 : seqDiff(this.#edge, edge);
    if (back > 2 * grain) {
      this.shrunk = Math.max(this.shrunk, back);
      if (this.shrinking.length < most) this.shrinking = [...this.shrinking, segment.frame];
    }
    this.#edge = edge;
    this.#ack = ack;
  }

  #close({window, atUs, frame, flags}: SeenSegment): void {
    if (flags & Flag.fin) return;
    if (window === 0) {
      if (this.#sinceUs !== undefined) return;
      this.#sinceUs = atUs;
      this.times += 1;
      if (this.closing.length < most / 2) this.closing = [...this.closing, frame];
    } else if (this.#sinceUs !== undefined) {
      this.closedUs += atUs - this.#sinceUs;
      this.#sinceUs = undefined;
      if (this.opening.length < most / 2) this.opening = [...this.opening, frame];
    }
  }
}
