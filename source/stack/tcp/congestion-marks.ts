// ECN during a connection: arriving marks, their echo, the answer to an echo (RFC 3168 §6.1.2, §6.1.3).
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {hurried} from './ack-pace.ts';
import {flightSize, halved} from './congestion.ts';
import type {CongestionMarks, Connection} from './connection.ts';
import {owe, type Turn, update} from './turn.ts';

/**
 * Handles marks at the receiver: CWR ends the echo, a mark (CE) begins it. `marked` is the mark in the IP header. Returns true if an echo
 * has begun.
 */
export function noteMark(turn: Turn, segment: TcpSegment, marked: boolean): boolean {
  const {ecnOn, marks, pace} = turn.tcb;
  if (!ecnOn) return false;
  const reduced = hasFlag(segment, 'CWR');
  // A sender that has reduced its window may have only one segment in flight (tcp_ecn_accept_cwr).
  if (pace !== undefined && reduced && segment.payload.length > 0) owe(turn, 'now', 'linux:ecn/now');
  const goesOn = marks.echo && !reduced;
  const echo = marked || goesOn;
  if (echo !== marks.echo) update(turn, {marks: {...marks, echo}});
  return marked && !goesOn;
}

const QUICK_AFTER_MARK = 2;

/** Hastens ACKs when an echo begins, because the sender may soon have only one segment in flight (__tcp_ecn_check_ce). */
export function hastenAcks(turn: Turn): void {
  const {pace} = turn.tcb;
  if (pace !== undefined) update(turn, {pace: hurried(turn.tcb, pace, QUICK_AFTER_MARK)});
}

/** Returns the marks after a reduction, which counts once for all data in flight, whether a mark or a loss caused it (§6.1.2). */
export const reducedMarks = ({marks, ecnOn, snd}: Connection): CongestionMarks =>
  ecnOn ? {...marks, point: snd.nxt, cwrDue: true} : marks;

/** Tells whether the window has been reduced for the data that were in flight with the first unacknowledged segment. */
export const isHeeded = ({marks: {point}, snd}: Connection): boolean =>
  point !== undefined && seqLt(snd.una, point);

/**
 * Handles an echo at the sender, which halves the window once for all data in flight (§6.1.2). Returns whether the segment carries an echo.
 */
export function heedEcho(turn: Turn, segment: TcpSegment): boolean {
  const {ecnOn, marks, snd, loss, mss} = turn.tcb;
  if (!ecnOn || hasFlag(segment, 'SYN')) return false;
  // CWR is on the first segment beyond the point; until that is acknowledged, echoes are old.
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
