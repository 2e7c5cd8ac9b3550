// The counters of a captured TCP connection, and the counter that each mark of a segment increments.
import {Flag, type SeenSegment} from './seen-segment.ts';
import {Mark, retransmissionMarks} from './tcp-marks.ts';

export class Counts {
  packets = 0;
  syn = 0;
  synAck = 0;
  /** The number of SYNs and of SYN,ACKs that are copies made on the way or by the capture, and that no end sent. */
  copiedSyn = 0;
  copiedSynAck = 0;
  fin = 0;
  rst = 0;
  retransmissions = 0;
  fastRetransmissions = 0;
  spuriousRetransmissions = 0;
  duplicateAcks = 0;
  outOfOrder = 0;
  lostBefore = 0;
  keepAlives = 0;
  zeroWindow = 0;
  zeroWindowProbes = 0;
  windowUpdates = 0;
  windowFull = 0;
  /** The number of segments that repeat sequence numbers seen before, for whatever reason. */
  resent = 0;
  sackAcks = 0;

  /** Counts a segment by its flags. */
  take({flags, sacks}: SeenSegment): void {
    this.packets += 1;
    if (flags & Flag.syn) this[flags & Flag.ack ? 'synAck' : 'syn'] += 1;
    if (flags & Flag.fin) this.fin += 1;
    if (flags & Flag.rst) this.rst += 1;
    if (sacks) this.sackAcks += 1;
  }
}

/** The counter that each mark of a segment increments. */
export const counted: readonly (readonly [number, Exclude<keyof Counts, 'take'>])[] = [
  [retransmissionMarks, 'retransmissions'],
  [Mark.fastRetransmission, 'fastRetransmissions'],
  [Mark.spuriousRetransmission, 'spuriousRetransmissions'],
  [Mark.duplicateAck, 'duplicateAcks'],
  [Mark.outOfOrder, 'outOfOrder'],
  [Mark.lostBefore, 'lostBefore'],
  [Mark.keepAlive, 'keepAlives'],
  [Mark.zeroWindow, 'zeroWindow'],
  [Mark.windowUpdate, 'windowUpdates'],
  [Mark.windowFull, 'windowFull'],
];
