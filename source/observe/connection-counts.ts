// What is counted of a connection of a capture, and which mark of a segment goes to which count.
import {Mark, retransmissionMarks} from './tcp-marks.ts';

export class Counts {
  packets = 0;
  syn = 0;
  synAck = 0;
  /** Of both kinds: those that are copies, which nobody sent. */
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
  /** Segments that repeat numbers seen before, whatever the reason. */
  resent = 0;
  sackAcks = 0;
}

/** Which count each mark goes to. */
export const counted: readonly (readonly [number, keyof Counts])[] = [
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
