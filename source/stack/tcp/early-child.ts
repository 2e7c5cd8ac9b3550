// A Fast Open connection at the server before its handshake is complete: which segments it accepts, and how it repeats its SYN,ACK (RFC
// 7413 §4.2.2; Linux, tcp_check_req, tcp_fastopen_synack_timer).
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {beyondWindow, duplicateOf, resetOutside} from './cases.ts';
import {answerUnacceptable, challenge, mayAnswer} from './challenge.ts';
import type {Connection, EarlyChild, Unacknowledged} from './connection.ts';
import {firstSending} from './flight.ts';
import {enterLoss} from './loss-state.ts';
import {newsOf} from './news.ts';
import {armRto} from './repair-timer.ts';
import {answerWithReset} from './reset-answer.ts';
import {giveUp, learn} from './retransmission.ts';
import {clock} from './timestamps.ts';
import {arm, cancel, discard, leave, send, signal, type Turn, update} from './turn.ts';
import {endEpisode, forgetStamp, updateUndo} from './undo.ts';

export const waitsForThird = ({early}: Connection): boolean => early?.waits === true;

const change = (turn: Turn, changes: Partial<EarlyChild>): void => {
  const {early} = turn.tcb;
  if (early !== undefined) update(turn, {early: {...early, ...changes}});
};

/** Repeats the SYN,ACK of a Fast Open connection, without the cookie that the first one may have carried. */
function repeatSynAck(
  turn: Turn,
  because: 'linux:syn-received/repeated-syn' | 'linux:fast-open/again',
): void {
  const {iss, ecnOn, synOptions: options, early} = turn.tcb;
  change(turn, {repeats: (early?.repeats ?? 0) + 1});
  const flags = TcpFlag.SYN | TcpFlag.ACK | (ecnOn ? TcpFlag.ECE : 0);
  send(turn, {seq: iss, flags, options, retransmission: true, because});
}

/**
 * Checks a segment for a Fast Open connection whose handshake is incomplete; returns false if it has been answered or dropped and is not
 * processed further.
 */
export function admitsEarly(turn: Turn, segment: TcpSegment): boolean {
  const {tcb} = turn;
  const [syn, ack, rst] = (['SYN', 'ACK', 'RST'] as const).map((flag) => hasFlag(segment, flag));
  if (syn && !ack && !rst && segment.seq === tcb.irs) {
    if (mayAnswer(turn, refused('linux:syn-received/repeated-syn', 'duplicate')))
      repeatSynAck(turn, 'linux:syn-received/repeated-syn');
    return false;
  }
  if (!isInWindow(tcb, segment)) {
    const old = seqDiff(segment.seq, tcb.rcv.nxt) < 0;
    const because = old ? duplicateOf(tcb, segment) : beyondWindow;
    if (rst) discard(turn, resetOutside(tcb, segment));
    else answerUnacceptable(turn, segment, because);
    return false;
  }
  if (rst) checkReset(turn, segment);
  else if (syn && segment.seq !== tcb.irs) refuseSyn(turn, segment);
  else if (ack) return true;
  else discard(turn, refused('9293:3.10.7.4/ack/off', 'noAck'));
  return false;
}

/** tcp_in_window: tells whether something of the segment is in the window of the SYN,ACK. */
function isInWindow({rcv}: Connection, segment: TcpSegment): boolean {
  const start = seqDiff(segment.seq, rcv.nxt);
  const end = start + segLen(segment);
  return start === 0 || (end > 0 && start < rcv.wnd) || (start === rcv.wnd && end === start);
}

/**
 * Handles an RST for a Fast Open connection with an incomplete handshake. If the program has accepted the connection, the RST counts
 * against Fast Open for a while, because the SYN may have been spoofed.
 */
function checkReset(turn: Turn, {seq}: TcpSegment): void {
  const {accepted, rcv} = turn.tcb;
  if (seq !== rcv.nxt) {
    challenge(turn, refused('5961:3.2/rst/challenge', 'doubtfulRst'));
    return;
  }
  turn.distrusts = accepted;
  signal(turn, 'ECONNRESET', '9293:3.10.7.4/rst/reset');
  leave(turn, 'CLOSED', '9293:3.10.7.4/rst/reset');
}

/** Answers a different SYN for the same connection with an RST; the connection stays, because the SYN may be an attacker's. */
function refuseSyn(turn: Turn, segment: TcpSegment): void {
  const because = 'linux:fast-open/other-syn';
  discard(turn, because);
  answerWithReset(turn, segment, because);
}

/**
 * Handles the expiry of a Fast Open connection's SYN,ACK timer: only the SYN,ACK is sent again until the handshake is complete. At the
 * second expiry cwnd falls as after any timeout.
 */
export function synAckTimeout(turn: Turn): void {
  const {early, retries} = turn.tcb;
  if (early === undefined) return;
  const {settings} = turn.env;
  // The SYN,ACK of a Fast Open connection is sent once more than an ordinary one.
  if (early.timeouts > settings.synAckRetries) {
    giveUp(turn);
    return;
  }
  if (retries === 1 && settings.lossRecovery === 'rack') enterLoss(turn);
  const because = 'linux:fast-open/again';
  const timeouts = early.timeouts + 1;
  change(turn, {timeouts});
  const {undo} = turn.tcb;
  updateUndo(turn, {firstStamp: undo.firstStamp ?? clock(turn.env, turn.tcb)});
  update(turn, {retries: retries + 1});
  repeatSynAck(turn, because);
  arm(turn, 'RTO', {waitUs: Math.min(settings.initialRtoUs * (1 << timeouts), settings.maxRtoUs), because});
}

/** Returns the entry that the SYN,ACK of a Fast Open connection would have on the retransmission queue, to take its round-trip time. */
const synAckOf = (seq: Seq, {sentUs, repeats}: EarlyChild): Unacknowledged => {
  const transmissions = repeats + 1;
  return {...firstSending, seq, lengthBytes: 0, flags: TcpFlag.SYN, sentUs, transmissions};
};

/** Completes the handshake of a Fast Open connection with its third segment; from now on the retransmission timer is that of the data. */
export function completeEarly(turn: Turn, segment: TcpSegment): void {
  const {early, episode, retransmissionQueue, rack} = turn.tcb;
  if (early === undefined) return;
  if (episode.state === 'loss' && retransmissionQueue.length === 0)
    endEpisode(turn, newsOf(turn.tcb, segment).echo);
  forgetStamp(turn);
  update(turn, {rack: {...turn.tcb.rack, delivered: rack.delivered + 1}});
  if (turn.tcb.srttUs === undefined) learn(turn, [synAckOf(turn.tcb.iss, early)], early.repeats);
  change(turn, {waits: false});
  const because = '7413:4.2.2/accept/complete';
  update(turn, {retries: 0, lastDataUs: turn.env.nowUs});
  cancel(turn, 'RTO', because);
  armRto(turn, {because});
}
