// Received data and FIN: order, delivery, acknowledgment (RFC 9293 §3.10.7.4 seventh and eighth check, §3.8.6.3).

import {emptyRope, type Rope, ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqDiff, seqLt, seqMin} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {Text} from './acceptance.ts';
import {ofGap, type TcpBecause} from './cases.ts';
import {enterTimeWait, finReceived} from './closing.ts';
import type {Connection, ConnectionState} from './connection.ts';
import {isKnown, knownWaitUs, oweAsKnown} from './known-acks.ts';
import {forgetPassed, settlePaced, tookBeyondGap, tookInOrder} from './paced-receiving.ts';
import {insertBlock, takeInOrder} from './reassembly.ts';
import {answerWithReset} from './reset-answer.ts';
import {breakOff} from './rst-check.ts';
import type {RuleId} from './rules.ts';
import {arm, enter, leave, owe, sendAck, signal, type Turn, tell, update} from './turn.ts';
import {urgentOffset} from './urgent.ts';
import {handText, passUrgent} from './urgent-check.ts';
import {isWorthTelling} from './window.ts';

/**
 * Returns the sequence number of the peer's FIN, the lowest one if several were seen; undefined if none was. Data beyond it do not count,
 * and Linux also drops those that it already has (tcp_fin).
 */
function peerEnd({tcb: {peerFinSeq}}: Turn, {seq, data, fin}: Text): Seq | undefined {
  if (!fin) return peerFinSeq;
  const own = seqAdd(seq, data.length);
  return peerFinSeq === undefined ? own : seqMin(peerFinSeq, own);
}

const acrossFin = refused('linux:close/text-across-fin', 'across fin');

/**
 * Returns the reason for which a segment ends the connection, because nobody will read its data; undefined if it does not. For Linux that
 * includes a FIN beyond a gap, and data that begin below RCV.NXT and continue after the peer's FIN (tcp_rcv_state_process).
 */
function unread({tcb, env}: Turn, {seq, data, fin, overlaps}: Text): TcpBecause | undefined {
  const asLinux = env.settings.unread === 'text-or-fin';
  if (!receivesText(tcb)) {
    const ended = tcb.state === 'CLOSE-WAIT' || tcb.state === 'CLOSING' || tcb.state === 'LAST-ACK';
    return ended && overlaps && asLinux ? acrossFin : undefined;
  }
  if (!tcb.readerGone) return undefined;
  if (data.length > 0) return refused('9293:3.6.1/close/reader-gone', 'no reader');
  const announces = fin && seqLt(tcb.rcv.nxt, seq) && asLinux;
  return announces ? refused('linux:close/fin-beyond-gap', 'no reader') : undefined;
}

const receivesText = ({state}: Connection): boolean =>
  state === 'ESTABLISHED' || state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';

/** Answers text that nobody will read with an RST, as if there were no connection. Returns true if that ended the connection. */
export function refuseText(turn: Turn, segment: TcpSegment, text: Text): boolean {
  const because = unread(turn, text);
  if (because === undefined) return false;
  answerWithReset(turn, segment, because);
  if (because === acrossFin) breakOff(turn, because);
  else leave(turn, 'CLOSED', because);
  return true;
}

/** SEGMENT ARRIVES, seventh check: takes the segment's text (RFC 9293 §3.10.7.4). */
export function receiveText(turn: Turn, text: Text): void {
  const {tcb} = turn;
  if (!receivesText(tcb)) return;
  const gap = tcb.reassembly.length > 0 || tcb.peerFinSeq !== undefined;
  const blocks = insertBlock(tcb.reassembly, text.seq, text.data);
  const taken = takeInOrder(blocks, tcb.rcv.nxt);
  if (taken === undefined) {
    update(turn, {reassembly: blocks});
    const waits = tcb.pace !== undefined;
    if (text.data.length > 0 || text.fin) tookBeyondGap(turn, text);
    if (text.data.length > 0) owe(turn, waits ? 'delayed' : 'now', ofGap.text);
    return;
  }
  const {nxt, wnd} = tcb.rcv;
  const end = peerEnd(turn, text);
  const limit = end === undefined ? taken.data.length : seqDiff(end, nxt);
  const data = ropeSlice(taken.data, 0, limit);
  const lengthBytes = data.length;
  update(turn, {
    rcv: {nxt: seqAdd(nxt, lengthBytes), wnd: Math.max(0, wnd - lengthBytes)},
    reassembly: taken.rest,
    unackedBytes: tcb.unackedBytes + lengthBytes,
    unackedSegments: tcb.unackedSegments + 1,
  });
  forgetPassed(turn);
  if (tcb.pace !== undefined) tookInOrder(turn, text, gap && taken.rest.length === 0);
  const cut = text.cut || seqLt(turn.tcb.rcv.nxt, seqAdd(text.seq, text.data.length));
  if (tcb.pace === undefined)
    oweForText(turn, cut ? 'cut' : gap ? 'gap' : text.overlaps ? 'overlap' : 'order');
  if (lengthBytes > 0) deliver(turn, data, keptBefore(turn, text));
}

const textRules = {
  gap: ofGap.filled,
  cut: '9293:3.10.7.4/text/window-full',
  overlap: '9293:3.10.7.4/text/overlap',
  order: '9293:3.10.7.4/text/in-order',
} as const satisfies Record<string, TcpBecause>;

function oweForText(turn: Turn, kind: keyof typeof textRules): void {
  const {delayedAckUs, delayedAckCounts} = turn.env.settings;
  if (kind === 'order' && isKnown(turn)) {
    oweAsKnown(turn, textRules.order);
    return;
  }
  if (kind !== 'order' || delayedAckUs === 0) {
    owe(turn, 'now', textRules[kind]);
    return;
  }
  const {unackedBytes, unackedSegments, mss} = turn.tcb;
  if (delayedAckCounts === 'segments' ? unackedSegments >= 2 : unackedBytes >= 2 * mss) {
    owe(turn, 'now', '9293:3.8.6.3/delayed-ack/second-segment');
    return;
  }
  owe(turn, 'delayed', '9293:3.8.6.3/delayed-ack/wait');
}

/**
 * Returns the rule by which data are delivered to the program, with a case if some of them arrived earlier: with the SYN, or beyond a gap.
 */
function keptBefore({tcb}: Turn, {seq, data}: Text): TcpBecause {
  const rule = '9293:3.10.3/receive/outstanding';
  if (data.length === 0) return {rule, case: 'syn'};
  return seqLt(seqAdd(seq, data.length), tcb.rcv.nxt) ? {rule, case: 'gap'} : rule;
}

/** Hands bytes to the application, or keeps them until it calls RECEIVE. */
function deliver(turn: Turn, data: Rope, because: TcpBecause): void {
  const {tcb} = turn;
  if (tcb.read === 'auto') {
    const from = seqAdd(tcb.rcv.nxt, -data.length);
    handText(turn, {data, from, because});
    return;
  }
  update(turn, {receiveBuffer: ropeConcat(tcb.receiveBuffer, data)});
  serveReceives(turn, because);
  if (isKnown(turn) && isWorthTelling(turn.tcb, turn.env.settings))
    owe(turn, 'now', '9293:3.8.6.2.2/window-update');
}

/**
 * Serves the waiting RECEIVE calls with the data in the receive buffer; once the peer's FIN and all data before it have been read, they get
 * end of file.
 */
export function serveReceives(turn: Turn, because: TcpBecause): void {
  if (turn.tcb.receives.length > 0) passUrgent(turn);
  let {receives, receiveBuffer} = turn.tcb;
  const [first, ...rest] = receives;
  if (first === undefined) return;
  if (receiveBuffer.length > 0) {
    const mark = urgentOffset(turn.tcb);
    const data = ropeSlice(receiveBuffer, 0, Math.min(first.maxBytes, mark ?? first.maxBytes));
    const missing = first.maxBytes - data.length;
    receiveBuffer = ropeSlice(receiveBuffer, data.length);
    receives =
      first.whole && missing > 0 && mark === undefined ? [{...first, maxBytes: missing}, ...rest] : rest;
    update(turn, {receives, receiveBuffer});
    tell(turn, {kind: 'deliver', connection: turn.tcb.id, data, because});
    serveReceives(turn, because);
    return;
  }
  if (finReceived(turn)) {
    update(turn, {receives: []});
    signal(turn, 'eof', '9293:3.10.7.4/fin/eof');
  }
}

/** SEGMENT ARRIVES, eighth check, the FIN bit: processes the peer's FIN; one beyond a gap waits until the gap is filled. */
export function receiveFin(turn: Turn, text: Text): void {
  if (finReceived(turn)) return;
  const peerFinSeq = peerEnd(turn, text);
  const {rcv} = turn.tcb;
  if (peerFinSeq === undefined) return;
  update(turn, {peerFinSeq});
  if (peerFinSeq !== rcv.nxt) {
    if (text.fin) owe(turn, turn.tcb.pace === undefined ? 'now' : 'delayed', ofGap.fin);
    return;
  }
  update(turn, {rcv: {nxt: seqAdd(rcv.nxt, 1), wnd: Math.max(0, rcv.wnd - 1)}, reassembly: []});
  advanceForFin(turn, text.fin && seqAdd(text.seq, text.data.length) === peerFinSeq);
  if (turn.tcb.readerGone) return;
  if (turn.tcb.read === 'auto') signal(turn, 'eof', '9293:3.10.7.4/fin/eof');
  else serveReceives(turn, '9293:3.10.3/receive/outstanding');
}

const finRules = {
  'CLOSE-WAIT': '9293:3.10.7.4/fin/close-wait',
  CLOSING: '9293:3.10.7.4/fin/closing',
  'TIME-WAIT': '9293:3.10.7.4/fin/time-wait',
} as const satisfies Record<string, RuleId>;

/**
 * Changes the connection's state because of the peer's FIN; `fresh` means that the FIN is in this segment, not in an earlier one that
 * waited for a gap to be filled.
 */
function advanceForFin(turn: Turn, fresh: boolean): void {
  const to = afterFin(turn.tcb.state);
  if (to === undefined) return;
  const skips = to === 'TIME-WAIT' && turn.env.settings.counterfactualSkipTimeWait;
  const rule = skips ? ({rule: finRules[to], case: 'no-wait'} as const) : finRules[to];
  const because = fresh ? rule : '9293:3.10.7.4/fin/gap-filled';
  const {pace} = turn.tcb;
  // The peer sends no more, so the program is expected to send its answer or its end soon, and ACKs wait for that.
  if (pace !== undefined && to === 'CLOSE-WAIT') update(turn, {pace: {...pace, pingpong: true}});
  if (to === 'TIME-WAIT') enterTimeWait(turn, because);
  else enter(turn, to, because);
  // The ACK of the FIN may be delayed in CLOSE-WAIT, because this end's FIN may carry it.
  if (to === 'CLOSE-WAIT' && isKnown(turn)) oweAsKnown(turn, because);
  else owe(turn, to === 'CLOSE-WAIT' && turn.env.settings.delayFinAck ? 'delayed' : 'now', because);
}

function afterFin(state: ConnectionState): keyof typeof finRules | undefined {
  switch (state) {
    case 'ESTABLISHED':
      return 'CLOSE-WAIT';
    case 'FIN-WAIT-1':
      return 'CLOSING';
    case 'FIN-WAIT-2':
      return 'TIME-WAIT';
    default:
      return undefined;
  }
}

/** Sends or schedules the acknowledgment that is due after this step, unless another segment has carried it. */
export function settleAcknowledgement(turn: Turn): void {
  const {owed, env, tcb} = turn;
  if (owed === undefined) return;
  if (tcb.pace !== undefined) {
    settlePaced(turn, owed.because);
    return;
  }
  const waitUs = isKnown(turn) ? knownWaitUs(turn) : env.settings.delayedAckUs;
  if (owed.when === 'now' || waitUs === 0) {
    sendAck(turn, owed.because);
    return;
  }
  turn.owed = undefined;
  const dueUs = tcb.timers['delayed-ACK'];
  if (dueUs === undefined || dueUs > env.nowUs + waitUs)
    arm(turn, 'delayed-ACK', {waitUs, because: '9293:3.8.6.3/delayed-ack/wait'});
}

/** Keeps data and FIN of a SYN until the connection is ESTABLISHED (RFC 9293 §3.10.7.2, §3.10.7.3). */
export function holdText(turn: Turn, data: Rope, fin: boolean): void {
  const {nxt, wnd} = turn.tcb.rcv;
  const held = ropeSlice(data, 0, wnd);
  update(turn, {
    reassembly: insertBlock(turn.tcb.reassembly, nxt, held),
    peerFinSeq: fin && held.length === data.length ? seqAdd(nxt, held.length) : undefined,
  });
}

/** Returns an empty segment text at `nxt`; processing it delivers the data that arrived with a SYN and were kept. */
export const noText = (nxt: Seq): Text => ({
  seq: nxt,
  data: emptyRope,
  fin: false,
  cut: false,
  overlaps: false,
  pushed: false,
  packetBytes: 0,
});
