// How the two programs of a connection take turns: how long each took to speak after the other one had spoken, with the way there and
// back taken off. What comes again is no word, and a word of which the beginning is missing tells nothing of time. Bounded.
import type {Side} from './connections.ts';
import type {SeenSegment} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** `from`: the last packet of the other one's word, `frame`: the first of the reply; `us`: more than the way there and back takes. */
export type Reply = {readonly from: number; readonly frame: number; readonly us: number};

const most = 8;
const none: readonly Reply[] = [];

/** More than this is no promptness of a program; in microseconds. */
const promptUs = 30_000;
/** A longer silence is nobody's turn: the connection lies idle. */
export const idleUs = 60_000_000;
/** Shorter ones are not worth a place among the longest. */
const leastUs = 50_000;

/** What one end took to reply. */
export class Replies {
  count = 0;
  /** All that were no silence of an idle connection. */
  us = 0;
  /** So many came hardly later than the path allows. */
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
  /** Whose word was the first; undefined: there was none. */
  first: Side | undefined;
  /** When the first word and the last one passed. */
  firstUs = 0;
  firstFrame = 0;
  lastUs = 0;
  #speaker: Side | undefined;
  #frame = 0;
  #lastUs = 0;

  /** A segment with data; `roundUs`: from here to its sender and back, at least; `tripUs`: from end to end and back. */
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
