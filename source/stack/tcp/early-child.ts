// A child of Fast Open before its handshake is complete: what it accepts from the peer, and its SYN,ACK until that is answered (RFC 7413
// §4.2.2; Linux, tcp_check_req, tcp_fastopen_synack_timer).
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

/** Sends the SYN,ACK again without its cookie. */
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
 * Checks a segment for a child of Fast Open whose handshake is incomplete; returns false if the segment has been answered or dropped and
 * is not processed further.
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

/** Handles a reset. One that counts after ACCEPT is remembered, because somebody may have spoofed the SYN. */
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

/** Answers another SYN with a reset and changes nothing, because it may be an attacker's. */
function refuseSyn(turn: Turn, segment: TcpSegment): void {
  const because = 'linux:fast-open/other-syn';
  discard(turn, because);
  answerWithReset(turn, segment, because);
}

/**
 * Handles the expiry of the SYN,ACK's timer: nothing else is sent again before the handshake is complete. The second time, cwnd falls as
 * after any timeout.
 */
export function synAckTimeout(turn: Turn): void {
  const {early, retries} = turn.tcb;
  if (early === undefined) return;
  const {settings} = turn.env;
  // This SYN,ACK is sent once more than an ordinary one.
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

/** Returns the SYN,ACK as the retransmission queue would contain it. */
const synAckOf = (seq: Seq, {sentUs, repeats}: EarlyChild): Unacknowledged => {
  const transmissions = repeats + 1;
  return {...firstSending, seq, lengthBytes: 0, flags: TcpFlag.SYN, sentUs, transmissions};
};

/** Completes the handshake with the third segment: timers and round-trip time are those of the data from now on. */
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
