// ECN at work: marks that arrive, their echo, the answer to an echo (RFC 3168 §6.1.2, §6.1.3).
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {hurried} from './ack-pace.ts';
import {flightSize, halved} from './congestion.ts';
import type {CongestionMarks, Connection} from './connection.ts';
import {owe, type Turn, update} from './turn.ts';

/** Receiver: CWR ends the echo, a mark (CE) begins it. `marked` is what stood in the IP header. True: one has begun. */
export function noteMark(turn: Turn, segment: TcpSegment, marked: boolean): boolean {
  const {ecnOn, marks, pace} = turn.tcb;
  if (!ecnOn) return false;
  const reduced = hasFlag(segment, 'CWR');
  // A sender that has reduced may have no more than one segment on its way (tcp_ecn_accept_cwr).
  if (pace !== undefined && reduced && segment.payload.length > 0) owe(turn, 'now', 'linux:ecn/now');
  const goesOn = marks.echo && !reduced;
  const echo = marked || goesOn;
  if (echo !== marks.echo) update(turn, {marks: {...marks, echo}});
  return marked && !goesOn;
}

const QUICK_AFTER_MARK = 2;

/** An echo has begun: its sender may soon have but one segment on its way (__tcp_ecn_check_ce). */
export function hastenAcks(turn: Turn): void {
  const {pace} = turn.tcb;
  if (pace !== undefined) update(turn, {pace: hurried(turn.tcb, pace, QUICK_AFTER_MARK)});
}

/** Once for all that is in flight, whether a mark or a loss told of it (§6.1.2). */
export const reducedMarks = ({marks, ecnOn, snd}: Connection): CongestionMarks =>
  ecnOn ? {...marks, point: snd.nxt, cwrDue: true} : marks;

/** Has the window been reduced for what was in flight with the first segment that is not acknowledged? */
export const isHeeded = ({marks: {point}, snd}: Connection): boolean =>
  point !== undefined && seqLt(snd.una, point);

/** Sender: an echo halves the window, once for all that was in flight (§6.1.2). Says whether the segment carries an echo. */
export function heedEcho(turn: Turn, segment: TcpSegment): boolean {
  const {ecnOn, marks, snd, loss, mss} = turn.tcb;
  if (!ecnOn || hasFlag(segment, 'SYN')) return false;
  // CWR stands on the first segment beyond the point: until that is acknowledged echoes are old.
  const passed = marks.point !== undefined && seqLt(marks.point, snd.una);
  if (passed) update(turn, {marks: {...marks, point: undefined}});
  if (!hasFlag(segment, 'ECE')) return false;
  const known = marks.point !== undefined && !passed;
  // In a loss recovery cwnd has been reduced already.
  if (!known && loss.phase === 'none' && snd.una !== snd.nxt) {
    const ssthresh = halved(Math.min(flightSize(turn.tcb), turn.tcb.cwnd), mss);
    update(turn, {ssthresh, cwnd: ssthresh, cwndCredit: 0, marks: reducedMarks(turn.tcb)});
  }
  return true;
}
