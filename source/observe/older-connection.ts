// Recognizes segments of an older connection between the same ports, whose far end does not know that the near one is gone: it answers a
// new SYN with a challenge ACK, and the near end sends an RST for the old connection (RFC 9293 §3.10.7.4, fourth check; RFC 5961 §4).
import {seqAdd} from '../wire/seq.ts';
import type {Side} from './connections.ts';
import {Flag, openOrClose, type SeenSegment} from './seen-segment.ts';
import type {TcpCourse} from './tcp-course.ts';

export class OlderConnection {
  #challenge: SeenSegment | undefined;
  /** The frame of the first challenge ACK of an older connection; 0 if there was none. */
  challengeFrame = 0;
  /** The frame of the first RST that answered a challenge ACK; 0 if there was none. */
  resetFrame = 0;

  /**
   * Tells whether a segment belongs to an older connection between the same ports: it is a challenge ACK to the SYN, or the RST that
   * answers one. `course` is what is known of the new connection.
   */
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
