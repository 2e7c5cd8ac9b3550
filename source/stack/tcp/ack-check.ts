// SEGMENT ARRIVES, fifth check: the ACK field in each state (RFC 9293 §3.10.7.4, RFC 5961 §5).
import {seqAdd, seqLe, seqLt} from '../../wire/seq.ts';
import {hasFlag, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {challenge} from './challenge.ts';
import {enterTimeWait, finish, limitFinWait2} from './closing.ts';
import {type Connection, finAcknowledged, synUnacknowledged} from './connection.ts';
import {completeEarly, waitsForThird} from './early-child.ts';
import {beginReceiving} from './paced-receiving.ts';
import {echoedUs, hearEcho, noteTimestamp} from './paws.ts';
import {ackArrived} from './recovery.ts';
import {ackHeard} from './repair.ts';
import {acknowledge} from './retransmission.ts';
import {fitSegments} from './segment-size.ts';
import {discard, enter, send, signal, type Turn, update} from './turn.ts';

/** Checks the ACK field of a segment in any synchronised state; returns false if the segment is dropped or the connection is gone. */
export function checkAck(turn: Turn, segment: TcpSegment): boolean {
  if (!hasFlag(segment, 'ACK')) {
    discard(turn, refused('9293:3.10.7.4/ack/off', 'noAck'));
    return false;
  }
  if (turn.tcb.state === 'SYN-RECEIVED')
    return turn.tcb.early === undefined ? establish(turn, segment) : establishEarly(turn, segment);
  if (!inRange(turn, segment) || !advance(turn, segment)) return false;
  if (waitsForThird(turn.tcb)) completeEarly(turn, segment);
  return closeFurther(turn);
}

/** Tells whether the segment acknowledges the SYN,ACK. If it does not, the segment is dropped and answered with a reset. */
function isAnswer(turn: Turn, {ack}: TcpSegment): boolean {
  const {iss, snd} = turn.tcb;
  if (seqLt(iss, ack) && seqLe(ack, snd.nxt)) return true;
  const because = refused('9293:3.10.7.4/ack/syn-received-unacceptable', 'bad ack');
  discard(turn, because);
  send(turn, {seq: ack, flags: TcpFlag.RST, because});
  return false;
}

/**
 * Establishes a connection that Fast Open has accepted early, which has a window and may have sent already (RFC 7413 §4.2.2); returns false
 * if the segment does not acknowledge its SYN,ACK.
 */
function establishEarly(turn: Turn, segment: TcpSegment): boolean {
  if (!isAnswer(turn, segment)) return false;
  advance(turn, segment);
  completeEarly(turn, segment);
  takeWindow(turn, segment);
  enter(turn, 'ESTABLISHED', '7413:4.2.2/accept/complete');
  if (turn.tcb.early?.shut !== true) return true;
  update(turn, {closeCalled: true});
  enter(turn, 'FIN-WAIT-1', '9293:3.10.4/close/queued');
  return true;
}

function establish(turn: Turn, segment: TcpSegment): boolean {
  const {origin} = turn.tcb;
  if (!isAnswer(turn, segment)) return false;
  hearEcho(turn, segment);
  acknowledge(turn, segment.ack);
  takeWindow(turn, segment);
  // Challenge ACKs so far were counted for the connection request; the established connection has a count of its own.
  if (origin === 'passive') update(turn, {challengedUs: undefined});
  beginReceiving(turn);
  if (turn.env.settings.tsRecentUpdate === 'after-ack') noteTimestamp(turn, segment);
  enter(turn, 'ESTABLISHED', '9293:3.10.7.4/ack/syn-received');
  if (turn.tcb.accepted)
    signal(turn, origin === 'passive' ? 'accepted' : 'connected', '9293:3.10.7.4/ack/syn-received');
  if (turn.tcb.closeCalled) enter(turn, 'FIN-WAIT-1', '9293:3.10.4/close/queued');
  return true;
}

/** Counts the byte that a window probe carried as sent, if the segment acknowledges it. */
function countProbedByte(turn: Turn, segment: TcpSegment): void {
  const {snd, probedByte} = turn.tcb;
  const taken = seqAdd(snd.nxt, 1);
  if (probedByte && segment.ack === taken) update(turn, {snd: {...snd, nxt: taken}, probedByte: false});
}

function inRange(turn: Turn, segment: TcpSegment): boolean {
  countProbedByte(turn, segment);
  const {una, nxt, maxWnd} = turn.tcb.snd;
  if (seqLt(nxt, segment.ack)) {
    challenge(turn, refused('9293:3.10.7.4/ack/beyond', 'ack', {sent: seqAdd(nxt, -1)}));
    return false;
  }
  if (seqLt(segment.ack, seqAdd(una, -maxWnd))) {
    challenge(turn, refused('5961:5.2/ack/too-old', 'oldAck'));
    return false;
  }
  return true;
}

function advance(turn: Turn, segment: TcpSegment): boolean {
  const before = turn.tcb;
  turn.echoedUs = echoedUs(turn, segment);
  if (turn.env.settings.tsRecentUpdate === 'after-ack') noteTimestamp(turn, segment);
  if (turn.env.settings.lossRecovery === 'rack') {
    ackHeard(turn, segment, () => updateWindow(turn, segment, before));
    return true;
  }
  const {una, nxt} = before.snd;
  if (seqLt(una, segment.ack) && seqLe(segment.ack, nxt)) acknowledge(turn, segment.ack);
  // A window update; SEG.ACK may equal SND.UNA.
  if (seqLe(una, segment.ack)) updateWindow(turn, segment, before);
  // While the window is closed, a retransmission is a probe. A peer that answers it is alive, so the count of retries starts again (RFC
  // 9293 §3.8.6.1, MUST-36).
  if (turn.tcb.snd.wnd === 0) update(turn, {retries: 0});
  ackArrived(turn, before, segment);
  return true;
}

/**
 * Updates SND.WND, but not from a segment older than the one that set it last (RFC 9293 §3.10.7.4, MUST). Each of these ACKs also answers a
 * probe.
 */
function updateWindow(turn: Turn, segment: TcpSegment, before: Connection): void {
  const {wl1, wl2} = turn.tcb.snd;
  const newer = synUnacknowledged(before) || seqLt(wl1, segment.seq);
  const asNew = wl1 === segment.seq && seqLe(wl2, segment.ack);
  const counts = turn.env.settings.smallerWindow === 'taken' ? asNew : bringsNews(turn, segment, before);
  if (newer || counts) takeWindow(turn, segment);
  update(turn, {probes: 0});
}

/**
 * Tells whether Linux takes a segment's window (tcp_may_update_window). It does if the segment acknowledges more. If the segment has the
 * number of the last update, a window that is larger, or closed, is taken too.
 */
function bringsNews({tcb: {snd, scale}}: Turn, {ack, seq, window}: TcpSegment, before: Connection): boolean {
  const differs = window === 0 || snd.wnd < window << scale.snd;
  return seqLt(before.snd.una, ack) || (snd.wl1 === seq && differs);
}

/** Takes the peer's window from a segment; without SYN it is scaled (RFC 7323 §2.3). */
function takeWindow(turn: Turn, segment: TcpSegment): void {
  const {snd, scale} = turn.tcb;
  const {una, nxt, maxWnd} = snd;
  const wnd = segment.window * (hasFlag(segment, 'SYN') ? 1 : 1 << scale.snd);
  update(turn, {snd: {una, nxt, wnd, wl1: segment.seq, wl2: segment.ack, maxWnd: Math.max(maxWnd, wnd)}});
  if (wnd > maxWnd) fitSegments(turn);
}

/**
 * Changes from FIN-WAIT-1, CLOSING or LAST-ACK to the next state if this end's FIN is acknowledged; returns false if the rest of the
 * segment is not processed.
 */
function closeFurther(turn: Turn): boolean {
  const {tcb} = turn;
  if (!finAcknowledged(tcb)) return true;
  switch (tcb.state) {
    case 'FIN-WAIT-1':
      enter(turn, 'FIN-WAIT-2', '9293:3.10.7.4/ack/fin-wait-2');
      limitFinWait2(turn);
      return true;
    case 'CLOSING':
      enterTimeWait(turn, '9293:3.10.7.4/ack/closing');
      // Linux keeps only what TIME-WAIT needs, and reads nothing else in the segment (tcp_rcv_state_process).
      return turn.tcb.state !== 'TIME-WAIT' || turn.env.settings.timeWaitAnswers !== 'linux';
    case 'LAST-ACK':
      finish(turn, '9293:3.10.7.4/ack/last-ack');
      return false;
    default:
      return true;
  }
}
