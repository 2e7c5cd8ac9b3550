// What one end's window did: how long it stood at 0, and whether the end took room back that it had given (RFC 9293 §3.8.6). Bounded.
import type {Seq} from '../wire/seq.ts';
import {seqAdd, seqDiff, seqLt} from '../wire/seq.ts';
import {Flag, has, type SeenSegment} from './seen-segment.ts';
import type {Heard} from './transfer-pace.ts';

const most = 8;
const none: readonly number[] = [];

export class WindowNotes {
  /** The packets that closed it, and those that opened it again. */
  closing = none;
  opening = none;
  closedUs = 0;
  /** How often it was closed after room had been there. */
  times = 0;
  /** The most that it took back at once, and the packets that did so. */
  shrunk = 0;
  shrinking = none;
  /** The most room that it ever gave, and the room of its first segment behind the SYN. */
  mostRoom = 0;
  leastRoom = Number.POSITIVE_INFINITY;
  firstRoom: number | undefined;
  #sinceUs: number | undefined;
  #edge: Seq | undefined;
  #ack: Seq | undefined;

  /** Until so late it is closed, and nothing opens it. */
  closedBy(lastUs: number): number {
    return this.closedUs + (this.#sinceUs === undefined ? 0 : Math.max(0, lastUs - this.#sinceUs));
  }

  /** It is closed still. */
  get isClosed(): boolean {
    return this.#sinceUs !== undefined;
  }

  /** `grain`: so many octets its scale can tell apart. */
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
