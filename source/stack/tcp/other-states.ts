// Handles a segment in SYN-RECEIVED and the synchronised states: the numbered checks of SEGMENT ARRIVES, in order (RFC 9293 §3.10.7.4).

import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {acceptable, acceptableWhole, insideWindow, type Text} from './acceptance.ts';
import {checkAck} from './ack-check.ts';
import {beyondWindow, duplicateOf, resetOutside} from './cases.ts';
import {answerUnacceptable, challenge, mayAnswer} from './challenge.ts';
import {repeatFin, startTimeWait} from './closing.ts';
import {hastenAcks, noteMark} from './congestion-marks.ts';
import type {Connection} from './connection.ts';
import {answeredAgain, endWithoutTimeWait} from './counterfactual.ts';
import {noteDuplicate} from './duplicate.ts';
import {admitsEarly, waitsForThird} from './early-child.ts';
import {admit, hurry, noteEcho} from './paced-receiving.ts';
import {checkTimestamps, noteTimestamp} from './paws.ts';
import {probeAnswered} from './persist.ts';
import {noText, receiveFin, receiveText, refuseText, settleAcknowledgement} from './receiver.ts';
import {retransmit} from './retransmission.ts';
import {checkRst, isAsGoodAsNext} from './rst-check.ts';
import {repair, transmit} from './sender.ts';
import {checkSyn} from './syn-check.ts';
import {segmentArrivesInBsdTimeWait, segmentArrivesInLinuxTimeWait} from './time-wait.ts';
import {arm, discard, owe, sendAck, type Turn, update} from './turn.ts';
import {checkUrgent} from './urgent-check.ts';
import {acceptedNumbers} from './window.ts';

/** A window so large that it cuts nothing, for a segment that is accepted as a whole. */
const ANY_WINDOW = 0x4000_0000;

type Arrival = {readonly segment: TcpSegment; readonly syn: boolean; readonly text: Text};

export function segmentArrivesInOtherStates(turn: Turn, segment: TcpSegment): void {
  const {state} = turn.tcb;
  if (turn.env.settings.keepAlive || turn.tcb.pace !== undefined)
    update(turn, {heardUs: turn.env.nowUs, keepAliveProbes: 0});
  if (state === 'TIME-WAIT' && turn.env.settings.timeWaitAnswers === 'bsd') {
    segmentArrivesInBsdTimeWait(turn, segment);
    return;
  }
  if (state === 'TIME-WAIT' && turn.env.settings.timeWaitAnswers === 'linux') {
    segmentArrivesInLinuxTimeWait(turn, segment);
    return;
  }
  if (answeredAgain(turn, segment)) return;
  if (waitsForThird(turn.tcb) && !admitsEarly(turn, segment)) return;
  const arrival = checkTimestamps(turn, segment) ? checkSequence(turn, segment) : undefined;
  if (arrival === undefined) return;
  if (turn.env.settings.tsRecentUpdate === 'before-ack') noteTimestamp(turn, segment);
  const predicted = isPredicted(turn.tcb, segment);
  const goesOn = checkRst(turn, segment) && checkSyn(turn, arrival) && checkAck(turn, segment);
  if (!goesOn) return;
  // Lost segments are retransmitted before the data are read, so they carry the earlier acknowledgment number.
  if (turn.tcb.pace !== undefined && !predicted) repair(turn);
  const echoBegins = noteMark(turn, segment, turn.marked);
  checkUrgent(turn, segment);
  if (takes(turn, segment)) {
    if (refuseText(turn, segment, arrival.text)) return;
    receiveText(turn, arrival.text);
    if (echoBegins) hastenAcks(turn);
    receiveFin(turn, arrival.text);
  }
  if (state === 'FIN-WAIT-1') repeatFin(turn);
  probeAnswered(turn);
  transmit(turn, '9293:3.8.6/send/window');
  settleAcknowledgement(turn);
  endWithoutTimeWait(turn);
}

/**
 * Tells whether a segment only brings the next data, with usual options and an unchanged window. Then its data are processed before its ACK
 * (tcp_rcv_established, the fast path).
 */
function isPredicted({rcv, snd, scale, reassembly, timestampsOn}: Connection, segment: TcpSegment): boolean {
  const {flags, options, seq, window, payload} = segment;
  const plain = (flags & ~TcpFlag.PSH) === TcpFlag.ACK && payload.length > 0;
  const usual = options.every(({kind}) => kind === 'nop' || (kind === 'timestamps' && timestampsOn));
  return plain && usual && seq === rcv.nxt && window << scale.snd === snd.wnd && reassembly.length === 0;
}

/** Tells whether the segment's data or FIN may be accepted, so that the remaining checks follow. */
function takes(turn: Turn, segment: TcpSegment): boolean {
  const {pace} = turn.tcb;
  if (pace === undefined) noteDuplicate(turn, segment);
  else noteEcho(turn, segment);
  return pace === undefined || admit(turn, pace, segment);
}

/**
 * First check, the sequence number: returns the part of the segment inside the window; undefined if the segment is refused or has been
 * answered here.
 */
function checkSequence(turn: Turn, segment: TcpSegment): Arrival | undefined {
  const {tcb} = turn;
  const rcv = acceptedNumbers(tcb, turn.env.settings);
  if (tcb.state === 'SYN-RECEIVED' && hasFlag(segment, 'SYN') && segment.seq === tcb.irs) {
    if (!hasFlag(segment, 'ACK') && !hasFlag(segment, 'RST')) return answerRepeatedSyn(turn);
    if (tcb.origin === 'active' && isKnownAnswer(turn, segment)) {
      // RFC 9293 figure 7: the SYN in this SYN,ACK is known already, so only the rest counts. Linux answers that SYN anyway.
      const {repeatedSynAck, acks} = turn.env.settings;
      if (repeatedSynAck === 'accept-whole' && acks === 'delayed')
        owe(turn, 'now', '9293:3.10.7.4/sequence/duplicate');
      return {segment, syn: false, text: insideWindow(rcv, segment)};
    }
  }
  if (tcb.pace !== undefined && turn.env.settings.acceptWindow === 'whole') {
    const resets = hasFlag(segment, 'RST') && isAsGoodAsNext(turn, segment.seq);
    if (resets || acceptableWhole(tcb, segment))
      return {segment, syn: hasFlag(segment, 'SYN'), text: insideWindow({...rcv, wnd: ANY_WINDOW}, segment)};
    rejectSequence(turn, segment);
    return undefined;
  }
  if (acceptable(rcv, segment)) {
    return {segment, syn: hasFlag(segment, 'SYN'), text: insideWindow(rcv, segment)};
  }
  const start = seqDiff(segment.seq, rcv.nxt);
  if (rcv.wnd === 0 && start <= 0 && start + segLen(segment) > 0) {
    // A closed window accepts no data, but ACK and RST count (RFC 9293 §3.10.7.4, MUST-66).
    if (!hasFlag(segment, 'RST')) owe(turn, 'now', '9293:3.10.7.4/sequence/zero-window');
    const text = {...noText(rcv.nxt), cut: true};
    return {segment, syn: hasFlag(segment, 'SYN'), text};
  }
  rejectSequence(turn, segment);
  return undefined;
}

/** Tells whether a segment is accepted as the SYN,ACK of a simultaneous open, by the setting `repeatedSynAck`. */
function isKnownAnswer({tcb, env}: Turn, {ack}: TcpSegment): boolean {
  const {repeatedSynAck} = env.settings;
  return repeatedSynAck === 'accept' || (repeatedSynAck === 'accept-whole' && ack === tcb.snd.nxt);
}

function rejectSequence(turn: Turn, segment: TcpSegment): void {
  if (hasFlag(segment, 'RST')) {
    discard(turn, resetOutside(turn.tcb, segment));
    return;
  }
  const old = seqDiff(segment.seq, turn.tcb.rcv.nxt) < 0;
  const because = old ? duplicateOf(turn.tcb, segment) : beyondWindow;
  if (turn.tcb.state === 'TIME-WAIT' && old && hasFlag(segment, 'FIN')) {
    discard(turn, because);
    startTimeWait(turn, '9293:3.10.7.4/ack/time-wait');
    sendAck(turn, '9293:3.10.7.4/ack/time-wait');
    return;
  }
  if (turn.tcb.pace === undefined) noteDuplicate(turn, segment);
  else if (!hasFlag(segment, 'SYN')) hurry(turn, segment);
  answerUnacceptable(turn, segment, because);
}

function answerRepeatedSyn(turn: Turn): undefined {
  const {duplicateSyn} = turn.env.settings;
  if (turn.tcb.origin === 'passive' && duplicateSyn !== 'acknowledge') {
    if (!mayAnswer(turn, refused('linux:syn-received/repeated-syn', 'duplicate'))) return;
    retransmit(turn, 0, 'linux:syn-received/repeated-syn');
    if (duplicateSyn === 'repeat-and-restart')
      arm(turn, 'RTO', {waitUs: turn.tcb.rtoUs, because: 'linux:syn-received/repeated-syn'});
  } else {
    challenge(turn, refused('9293:3.10.7.4/sequence/repeated-syn', 'duplicate'));
  }
}
