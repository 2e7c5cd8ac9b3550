// SEGMENT ARRIVES, second check: the RST bit (RFC 9293 §3.10.7.4, RFC 5961 §3).

import {type Seq, seqAdd, seqDiff, seqMax} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {TcpBecause} from './cases.ts';
import {resetOutside} from './cases.ts';
import {challenge} from './challenge.ts';
import {finish} from './closing.ts';
import {forgotten} from './listen-queue.ts';
import type {RuleId} from './rules.ts';
import {discard, leave, signal, type Turn} from './turn.ts';
import {acceptedNumbers} from './window.ts';

/**
 * Handles a segment with RST; returns false if the segment had RST, whether it was accepted or dropped, so that nothing else in it is
 * processed.
 */
export function checkRst(turn: Turn, segment: TcpSegment): boolean {
  if (!hasFlag(segment, 'RST')) return true;
  const {nxt, wnd} = acceptedNumbers(turn.tcb, turn.env.settings);
  const start = seqDiff(segment.seq, nxt);
  if (start === 0) reset(turn);
  else if (isAsGoodAsNext(turn, segment.seq)) reset(turn, 'linux:rst/as-next');
  // An RST at the right edge of the window is dropped, although a pure ACK may be there.
  else if (start < 0 || start >= wnd) discard(turn, resetOutside(turn.tcb, segment));
  else if (turn.env.settings.insecureRst) reset(turn, '5961:3.2/rst/in-window');
  else challenge(turn, refused('5961:3.2/rst/challenge', 'doubtfulRst'));
  return false;
}

/**
 * Tells whether an RST's sequence number is accepted although it is not RCV.NXT, as in Linux: the end of what was SACKed, or the number of
 * the peer's FIN (tcp_reset_check).
 */
export function isAsGoodAsNext({tcb, env}: Turn, at: Seq): boolean {
  if (env.settings.rstAt === 'next') return false;
  const {state, rcv, sackList = []} = tcb;
  const ended = state === 'CLOSE-WAIT' || state === 'LAST-ACK' || state === 'CLOSING';
  if (ended && at === seqAdd(rcv.nxt, -1)) return true;
  const [first] = sackList;
  return first !== undefined && at === sackList.reduce((most, {right}) => seqMax(most, right), first.right);
}

/**
 * Ends the connection because of an RST; `inexact` is the rule that allows a sequence number other than that of RFC 5961, undefined if it
 * is RCV.NXT.
 */
function reset(turn: Turn, inexact?: RuleId): void {
  const {state} = turn.tcb;
  if (state === 'SYN-RECEIVED') refuse(turn, inexact);
  else if (state === 'TIME-WAIT' || state === 'CLOSING' || state === 'LAST-ACK') resetLate(turn, inexact);
  else breakOff(turn, inexact);
}

/**
 * Ends the connection because of an RST. In Linux a program whose peer has already sent FIN gets EPIPE instead of ECONNRESET (tcp_reset).
 */
export function breakOff(turn: Turn, because: TcpBecause = '9293:3.10.7.4/rst/reset'): void {
  const isHeardSending = turn.tcb.state === 'CLOSE-WAIT' && turn.env.settings.calls === 'linux';
  signal(turn, isHeardSending ? 'EPIPE' : 'ECONNRESET', because);
  leave(turn, 'CLOSED', because);
}

function refuse(turn: Turn, inexact?: RuleId): void {
  if (turn.tcb.origin === 'passive') {
    leave(turn, 'LISTEN', forgotten(inexact ?? '9293:3.10.7.4/rst/listen', 'rst'));
    return;
  }
  const because = inexact ?? '9293:3.10.7.4/rst/refused';
  // The peer in a simultaneous open has sent a SYN of its own, so in Linux the RST is no refusal (tcp_reset).
  signal(turn, turn.env.settings.calls === 'linux' ? 'ECONNRESET' : 'ECONNREFUSED', because);
  leave(turn, 'CLOSED', because);
}

/** Handles an RST in CLOSING, LAST-ACK or TIME-WAIT, when both ends have sent everything. */
function resetLate(turn: Turn, inexact?: RuleId): void {
  const {timeWaitReset, resetWhileClosing} = turn.env.settings;
  const {state} = turn.tcb;
  if (state === 'TIME-WAIT' && timeWaitReset === 'ignored')
    discard(turn, refused('1337:4/rst/ignored', 'rstLate'));
  else if (state !== 'TIME-WAIT' && resetWhileClosing === 'error') breakOff(turn, inexact);
  else finish(turn, inexact ?? '9293:3.10.7.4/rst/closing');
}
