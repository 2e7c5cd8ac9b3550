// ECN during a connection: arriving marks, their echo, the answer to an echo (RFC 3168 §6.1.2, §6.1.3).
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {hurried} from './ack-pace.ts';
import {flightSize, halved} from './congestion.ts';
import type {CongestionMarks, Connection} from './connection.ts';
import {owe, type Turn, update} from './turn.ts';

/**
 * Handles ECN marks at the receiver: CWR ends the ECE flags on ACKs, a CE mark in the IP header (`marked`) begins them. Returns true if a
 * mark has begun them.
 */
export function noteMark(turn: Turn, segment: TcpSegment, marked: boolean): boolean {
  const {ecnOn, marks, pace} = turn.tcb;
  if (!ecnOn) return false;
  const reduced = hasFlag(segment, 'CWR');
  // CWR on data is acknowledged at once, because a sender that has reduced its window may have only one segment in flight
  // (tcp_ecn_accept_cwr).
  if (pace !== undefined && reduced && segment.payload.length > 0) owe(turn, 'now', 'linux:ecn/now');
  const goesOn = marks.echo && !reduced;
  const echo = marked || goesOn;
  if (echo !== marks.echo) update(turn, {marks: {...marks, echo}});
  return marked && !goesOn;
}

const QUICK_AFTER_MARK = 2;

/** Sends the next ACKs at once when ECE begins, because the sender may soon have only one segment in flight (__tcp_ecn_check_ce). */
export function hastenAcks(turn: Turn): void {
  const {pace} = turn.tcb;
  if (pace !== undefined) update(turn, {pace: hurried(turn.tcb, pace, QUICK_AFTER_MARK)});
}

/**
 * Returns the ECN state after cwnd was reduced because of a mark or a loss: further ECE flags count only once all data in flight are
 * acknowledged (§6.1.2).
 */
export const reducedMarks = ({marks, ecnOn, snd}: Connection): CongestionMarks =>
  ecnOn ? {...marks, point: snd.nxt, cwrDue: true} : marks;

/** Tells whether an ECE flag needs no further reduction of cwnd, because cwnd was reduced for the data that are still in flight. */
export const isHeeded = ({marks: {point}, snd}: Connection): boolean =>
  point !== undefined && seqLt(snd.una, point);

/** Handles ECE at the sender, which halves cwnd once for all data in flight (§6.1.2). Returns whether the segment carries ECE. */
export function heedEcho(turn: Turn, segment: TcpSegment): boolean {
  const {ecnOn, marks, snd, loss, mss} = turn.tcb;
  if (!ecnOn || hasFlag(segment, 'SYN')) return false;
  // The first segment beyond `marks.point` carries CWR; until it is acknowledged, ECE concerns the earlier congestion.
  const passed = marks.point !== undefined && seqLt(marks.point, snd.una);
  if (passed) update(turn, {marks: {...marks, point: undefined}});
  if (!hasFlag(segment, 'ECE')) return false;
  const known = marks.point !== undefined && !passed;
  // A loss recovery has reduced cwnd already.
  if (!known && loss.phase === 'none' && snd.una !== snd.nxt) {
    const ssthresh = halved(Math.min(flightSize(turn.tcb), turn.tcb.cwnd), mss);
    update(turn, {ssthresh, cwnd: ssthresh, cwndCredit: 0, marks: reducedMarks(turn.tcb)});
  }
  return true;
}
