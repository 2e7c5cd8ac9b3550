// A receiver whose times of acknowledgment a capture shows. RFC 9293 §3.8.6.3 requires an ACK within 500 ms and for at least every second
// full segment; within that, the host's load and its network card decide how many segments one ACK covers.

import {bisect} from '../../wire/growing-list.ts';
import {seqDiff} from '../../wire/seq.ts';
import type {TcpBecause} from './cases.ts';
import type {AckPoint} from './settings.ts';
import {owe, type Turn} from './turn.ts';

/** Returns the index of the first known point of acknowledgment with more than `octets` octets. */
const beyond = (points: readonly AckPoint[], octets: number): number =>
  bisect(points.length, (index) => (points[index]?.octets ?? 0) > octets);

/**
 * Returns the next known point of acknowledgment for data in order, at or after the last acknowledgment sent; undefined if there is none.
 */
const nextPoint = ({tcb, env}: Turn): AckPoint | undefined => {
  const {acknowledging} = env.settings;
  let at = beyond(acknowledging, seqDiff(tcb.lastAckSent, tcb.irs) - 1);
  while (acknowledging[at]?.sacked) at += 1;
  return acknowledging[at];
};

/** Tells whether the capture shows a separate ACK with SACK for the newest block beyond the gap, at the present RCV.NXT. */
export const isKnownBeyondGap = ({tcb, env}: Turn): boolean => {
  const {acknowledging} = env.settings;
  const [block] = tcb.sackList ?? [];
  const octets = seqDiff(tcb.rcv.nxt, tcb.irs) - 1;
  for (let at = beyond(acknowledging, octets) - 1; acknowledging[at]?.octets === octets; at--) {
    const [left, right] = acknowledging[at]?.sacked ?? [];
    if (block && left === seqDiff(block.left, tcb.irs) && right === seqDiff(block.right, tcb.irs))
      return true;
  }
  return false;
};

export const isKnown = ({env}: Turn): boolean => env.settings.acknowledging.length > 0;

/** Returns the next known point of acknowledgment if all its octets have arrived, otherwise undefined. */
export const reachedPoint = (turn: Turn): AckPoint | undefined => {
  const {rcv, irs} = turn.tcb;
  const point = nextPoint(turn);
  return point && seqDiff(rcv.nxt, irs) - 1 >= point.octets ? point : undefined;
};

/**
 * Notes that data in order must be acknowledged, by a receiver whose ACKs a capture shows: at once if the capture has an ACK right after
 * these octets, delayed if not. `alone` is the rule that is named if the ACK at once covers a single segment.
 */
export function oweAsKnown(turn: Turn, alone: TcpBecause): void {
  const {unackedSegments} = turn.tcb;
  if (reachedPoint(turn)?.waitUs !== 0) owe(turn, 'delayed', '9293:3.8.6.3/delayed-ack/wait');
  else if (unackedSegments > 2) owe(turn, 'now', '9293:3.8.6.3/delayed-ack/together');
  else if (unackedSegments === 2) owe(turn, 'now', '9293:3.8.6.3/delayed-ack/second-segment');
  else owe(turn, 'now', alone);
}

/** Returns how long a delayed ACK waits at a receiver whose ACKs a capture shows, in µs. */
export const knownWaitUs = (turn: Turn): number =>
  reachedPoint(turn)?.waitUs ?? turn.env.settings.delayedAckUs;
