// Measures how the two programs of a connection take turns: how long each took to speak after the other one had spoken, less the round
// trip. Retransmitted data don't count, and data whose beginning is missing tell nothing about time. The memory that is used is bounded.
import type {Side} from './connections.ts';
import type {SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/**
 * One program's reply to the other. `from` is the other's last packet with data, `frame` the first packet of the reply, `us` the time in µs
 * beyond the round trip.
 */
export type Reply = {readonly from: number; readonly frame: number; readonly us: number};

const most = 8;
const none: readonly Reply[] = [];

/** The longest time in µs for which a program's reply always counts as prompt. */
const promptUs = 30_000;
/** The longest silence in µs that counts as a reply; after a longer one the connection was idle. */
export const idleUs = 60_000_000;
/** The shortest reply time in µs that is kept in the list of longest replies. */
const leastUs = 50_000;

/** The replies of one program of a connection: their number, total time and the longest of them. */
export class Replies {
  count = 0;
  /** The total time in µs of all replies of one program. */
  us = 0;
  /** The number of replies within 30 ms or within half a round trip. */
  prompt = 0;
  longest = none;

  add(reply: Reply, roundUs: number): void {
    if (reply.us > idleUs) return;
    this.count += 1;
    this.us += reply.us;
    if (reply.us < Math.max(promptUs, roundUs / 2)) this.prompt += 1;
    if (reply.us < leastUs) return;
    const {longest} = this;
    if (longest.length === most && reply.us <= (longest[most - 1]?.us ?? 0)) return;
    const place = longest.findIndex(({us}) => us < reply.us);
    this.longest = longest.toSpliced(place < 0 ? longest.length : place, 0, reply).slice(0, most);
  }
}

const unclear = Mark.lostBefore | Mark.outOfOrder;
const noWords = Mark.keepAlive | Mark.zeroWindowProbe | Mark.copy;

export class Turns {
  readonly replies: readonly [Replies, Replies] = [new Replies(), new Replies()];
  /** The side that sent data first; undefined if neither did. */
  first: Side | undefined;
  /** The times in µs of the first and the last data on a connection, and the number of the first data's packet. */
  firstUs = 0;
  firstFrame = 0;
  lastUs = 0;
  #speaker: Side | undefined;
  #frame = 0;
  #lastUs = 0;

  /**
   * Notes a segment with data. `roundUs` is the shortest round trip between the capture point and the sender, `tripUs` that between the
   * ends.
   */
  take(side: Side, {frame, atUs}: SeenSegment, marks: number, roundUs: number, tripUs: number): void {
    if (marks & noWords) return;
    const isAgain = (marks & Mark.resent) !== 0;
    if (isAgain && this.#speaker !== side) return;
    if (this.#speaker === undefined) [this.first, this.firstUs, this.firstFrame] = [side, atUs, frame];
    else if (this.#speaker !== side && (marks & unclear) === 0) {
      const us = Math.max(0, atUs - this.#lastUs - roundUs);
      this.replies[side].add({from: this.#frame, frame, us}, tripUs);
    }
    this.#speaker = side;
    this.#frame = frame;
    this.#lastUs = atUs;
    this.lastUs = atUs;
  }
}
