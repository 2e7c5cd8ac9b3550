// ECN at work: marks that arrive, their echo, the answer to an echo (RFC 3168 §6.1.2, §6.1.3).
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {hurried} from './ack-pace.ts';
import {flightSize, halved} from './congestion.ts';
import {owe, type Turn, update} from './turn.ts';

/** Receiver: CWR ends the echo, a mark (CE) begins it. `marked` is what stood in the IP header. */
export function noteMark(turn: Turn, segment: TcpSegment, marked: boolean): void {
  const {ecnOn, marks} = turn.tcb;
  if (!ecnOn) return;
  if (turn.tcb.pace !== undefined && segment.payload.length > 0) hastenAcks(turn, segment, marked);
  const echo = marked || (marks.echo && !hasFlag(segment, 'CWR'));
  if (echo !== marks.echo) update(turn, {marks: {...marks, echo}});
}

/** A sender that has reduced may have no more than one segment on its way (tcp_ecn_accept_cwr, __tcp_ecn_check_ce). */
function hastenAcks(turn: Turn, segment: TcpSegment, marked: boolean): void {
  const {pace, marks} = turn.tcb;
  const reduced = hasFlag(segment, 'CWR');
  if (pace !== undefined && marked && (reduced || !marks.echo))
    update(turn, {pace: hurried(turn.tcb, pace, QUICK_AFTER_MARK)});
  if (reduced) owe(turn, 'now', 'linux:ecn/now');
}

const QUICK_AFTER_MARK = 2;

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
    update(turn, {ssthresh, cwnd: ssthresh, cwndCredit: 0, marks: {...marks, point: snd.nxt, cwrDue: true}});
  }
  return true;
}
