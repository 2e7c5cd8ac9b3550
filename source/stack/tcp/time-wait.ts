// TIME-WAIT as in BSD and Linux, and its end by a new SYN (RFC 9293 §3.6.1 MAY-2, RFC 6191).

import {type Seq, seqAdd, seqLt} from '../../wire/seq.ts';
import {hasFlag, segEnd, segLen, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {pastOf, resetOutside, type TcpBecause} from './cases.ts';
import {answerUnacceptable} from './challenge.ts';
import {finish, startTimeWait} from './closing.ts';
import type {Connection} from './connection.ts';
import type {TcpEnv} from './effect.ts';
import {noteTimestamp} from './paws.ts';
import {elapsed, stampOf} from './timestamps.ts';
import {discard, sendAck, type Turn, turnOf} from './turn.ts';

/** The distance from the old connection's SND.NXT to the new ISN when TIME-WAIT is reused and the ISN algorithm gives no larger number. */
const BEYOND_OLD = 65_537;

/** Returns the ticks from the last timestamp of a connection in TIME-WAIT to that of a new SYN; 0 if one of them has no timestamp. */
function stampAge({timestampsOn, tsRecent}: Connection, syn: TcpSegment): number {
  const stamp = stampOf(syn);
  return timestampsOn && stamp !== undefined ? elapsed(stamp.val, tsRecent) : 0;
}

/**
 * Tells whether a SYN may end a connection in TIME-WAIT and open the next one: its timestamp or sequence number is newer. BSD lets it end
 * the old one even without a listener.
 */
export function reopens(
  tcb: Connection,
  segment: TcpSegment,
  {env, listening}: {env: TcpEnv; listening: boolean},
): boolean {
  const {timeWaitReuse, timeWaitAnswers, dropSynFin} = env.settings;
  if (tcb.state !== 'TIME-WAIT' || !timeWaitReuse) return false;
  if (!listening && timeWaitAnswers !== 'bsd') return false;
  if (!hasFlag(segment, 'SYN') || hasFlag(segment, 'ACK') || hasFlag(segment, 'RST')) return false;
  if (dropSynFin && hasFlag(segment, 'FIN')) return false;
  const newer = stampAge(tcb, segment);
  return newer > 0 || (newer === 0 && seqLt(tcb.rcv.nxt, segment.seq));
}

/** Ends a connection in TIME-WAIT at once, because a new SYN reuses its addresses and ports. */
export function endForReuse(tcb: Connection, env: TcpEnv): Turn {
  const turn = turnOf(tcb, env);
  finish(turn, '6191:2/time-wait/reuse');
  return turn;
}

/** Returns `iss` if it is above the old connection's SND.NXT, otherwise an ISN beyond that (RFC 9293 §3.6.1). */
export const issBeyond = (iss: Seq, old: Connection): Seq =>
  seqLt(old.snd.nxt, iss) ? iss : seqAdd(old.snd.nxt, BEYOND_OLD);

const ignoredReset = refused('1337:4/rst/ignored', 'rstLate');

/**
 * Handles a segment in TIME-WAIT as BSD does, unless it is a SYN that opens a new connection: drops RSTs and segments without ACK, restarts
 * the timer for the same FIN, and answers all but a bare ACK without news.
 */
export function segmentArrivesInBsdTimeWait(turn: Turn, segment: TcpSegment): void {
  const {tcb} = turn;
  if (hasFlag(segment, 'RST')) {
    discard(turn, ignoredReset);
    return;
  }
  if (!hasFlag(segment, 'ACK')) {
    discard(turn, refused('9293:3.10.7.4/ack/off', 'noAck'));
    return;
  }
  const sameFin = hasFlag(segment, 'FIN') && segEnd(segment) === tcb.rcv.nxt;
  if (sameFin) startTimeWait(turn, '9293:3.10.7.4/ack/time-wait');
  const nothingNew =
    segment.flags === TcpFlag.ACK &&
    segLen(segment) === 0 &&
    segment.seq === tcb.rcv.nxt &&
    segment.ack === tcb.snd.nxt;
  if (nothingNew) {
    discard(turn, 'freebsd:time-wait/nothing-new');
    return;
  }
  const rule = 'freebsd:time-wait/answer';
  // An empty segment at RCV.NXT is acceptable by number, so the reason does not speak of its position.
  const isNext = segLen(segment) === 0 && segment.seq === tcb.rcv.nxt;
  const because: TcpBecause = isNext ? rule : refused(rule, pastOf(tcb, segment));
  discard(turn, because);
  sendAck(turn, because);
}

/**
 * Handles a segment in TIME-WAIT as Linux does with its reduced state (tcp_timewait_state_process): an empty segment or RST exactly at
 * RCV.NXT gets no answer.
 */
export function segmentArrivesInLinuxTimeWait(turn: Turn, segment: TcpSegment): void {
  const {tcb, env} = turn;
  const stamp = tcb.timestampsOn ? stampOf(segment) : undefined;
  const old = stamp !== undefined && elapsed(stamp.val, tcb.tsRecent) < 0;
  const reset = hasFlag(segment, 'RST');
  const next = segment.seq === tcb.rcv.nxt;
  const exact = !old && next && (reset || segLen(segment) === 0);
  if (reset) {
    const ends = exact && env.settings.timeWaitReset === 'ends';
    if (ends) finish(turn, '9293:3.10.7.4/rst/closing');
    else discard(turn, next ? ignoredReset : resetOutside(tcb, segment));
    return;
  }
  if (exact || hasFlag(segment, 'ACK') || old) startTimeWait(turn, 'linux:time-wait/answer');
  if (exact) noteTimestamp(turn, segment);
  else answerUnacceptable(turn, segment, refused('linux:time-wait/answer', pastOf(tcb, segment)));
}
