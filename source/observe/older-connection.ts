// Segments of an older connection between the same ports. Its far end has not heard that the near one is gone: it answers the SYN
// with a challenge ACK, which the near end resets; the SYN comes again (RFC 9293 §3.10.7.4, fourth check; RFC 5961 §4).
import {seqAdd} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, openOrClose, type SeenSegment} from './seen-segment.ts';
import type {TcpCourse} from './tcp-course.ts';

export class OlderConnection {
  #challenge: SeenSegment | undefined;
  /** In which the older one answered; 0: none did. */
  challengeFrame = 0;
  /** In which it was broken off for that; 0: it was not. */
  resetFrame = 0;

  /** Is it the older one's? `course`: what is known of the new one by now. */
  take(side: Side, segment: SeenSegment, course: TcpCourse): boolean {
    const {flags, ack, seq, frame} = segment;
    const {calling} = course;
    const isn = calling === undefined ? undefined : course.isn(calling);
    if (isn === undefined) return false;
    if (side !== calling) {
      const challenges = (flags & (Flag.ack | openOrClose)) === Flag.ack && ack !== seqAdd(isn, 1);
      if (!challenges) return false;
      this.#challenge = segment;
      this.challengeFrame ||= frame;
      return true;
    }
    if (!(flags & Flag.rst) || this.#challenge === undefined || seq !== this.#challenge.ack) return false;
    this.resetFrame ||= frame;
    return true;
  }
}
