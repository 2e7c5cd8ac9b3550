// Receives segments at a host that paces its acknowledgments and counts its buffer in memory, in the order of Linux's tcp_data_queue,
// tcp_ack_snd_check and tcp_cleanup_rbuf (RFC 9293 §3.8.6.3, §3.10.7.4; RFC 2883).

import {seqAdd, seqDiff, seqLe, seqLt, seqMin} from '../../wire/seq.ts';
import {hasFlag, segEnd, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {Text} from './acceptance.ts';
import {
  companyUs,
  dupAckCounted,
  firstPace,
  hurried,
  isAsGoodAsDue,
  isQuick,
  isSecond,
  MOST_COMPRESSED,
  sizeMeasured,
  textCame,
  toldWindow,
  waitedInVain,
  waitUs,
} from './ack-pace.ts';
import {beyondWindow, duplicateOf, ofGap, type TcpBecause} from './cases.ts';
import {finReceived} from './closing.ts';
import type {AckPace, ReceiveMemory} from './connection.ts';
import {noteDuplicate} from './duplicate.ts';
import {isKnown, isKnownBeyondGap, knownWaitUs, reachedPoint} from './known-acks.ts';
import {TIMESTAMP_BYTES} from './options.ts';
import {
  bufferGrown,
  firstMemory,
  hold,
  readOn,
  roomFor,
  roundTripByEcho,
  roundTripByWindow,
  safeGrown,
  selectWindow,
  shareMeasured,
} from './receive-memory.ts';
import type {RuleId} from './rules.ts';
import {isUnexpected, noted, without} from './sack-list.ts';
import {stampOf} from './timestamps.ts';
import {arm, discard, owe, sendAck, type Turn, update} from './turn.ts';

/**
 * The longest time in µs for which ACKs with SACK are combined at a receiver whose ACKs a capture shows: tcp_comp_sack_delay_ns and a busy
 * machine.
 */
const KNOWN_COMPANY_US = 5000;

/** Begins to pace ACKs and to count memory, once the handshake is complete. */
export function beginReceiving(turn: Turn): void {
  const {tcb, env} = turn;
  const {acks, sackBlocks} = env.settings;
  if (acks === 'paced') update(turn, {pace: firstPace(tcb, env.nowUs)});
  update(turn, {
    memory: firstMemory(tcb, env.settings, env.nowUs),
    ...(sackBlocks === 'remembered' ? {sackList: []} : {}),
  });
}

/**
 * If a program waits to write, ACKs are sent at once: its data will be an answer to the SYN,ACK (tcp_rcv_synsent_state_process,
 * sk_write_pending).
 */
export function awaitWriter(turn: Turn): void {
  const {pace} = turn.tcb;
  if (pace !== undefined) update(turn, {pace: hurried(turn.tcb, pace)});
}

/**
 * Tells whether any of a segment's data or FIN may be accepted. Old data and data beyond the window are refused and acknowledged at once,
 * as are the next ones, because the sender may have lost ACKs.
 */
export function admit(turn: Turn, pace: AckPace, segment: TcpSegment): boolean {
  const length = segLen(segment);
  const {rcv} = turn.tcb;
  const end = seqAdd(segment.seq, length);
  const bareFin = hasFlag(segment, 'FIN') && segment.payload.length === 0;
  if (length === 0) return true;
  if (seqLe(end, rcv.nxt)) return refuse(turn, pace, {segment, because: duplicateOf(turn.tcb, segment)});
  if (rcv.wnd === 0 && seqLe(segment.seq, rcv.nxt) && !bareFin)
    return refuse(turn, pace, {segment, because: closedWindow});
  if (!bareFin && seqDiff(segment.seq, rcv.nxt) >= rcv.wnd)
    return refuse(turn, pace, {segment, because: beyondWindow});
  if (seqLt(segment.seq, rcv.nxt)) reportTwice(turn, segment);
  else noteDuplicate(turn, segment);
  return hasRoom(turn, segment);
}

const closedWindow = refused('9293:3.10.7.4/sequence/zero-window', 'window');

function refuse(
  turn: Turn,
  pace: AckPace,
  {segment, because}: {segment: TcpSegment; because: TcpBecause},
): false {
  reportTwice(turn, segment);
  update(turn, {pace: hurried(turn.tcb, pace)});
  discard(turn, because);
  owe(turn, 'now', because);
  return false;
}

/**
 * After a segment from before the window, ACKs are sent at once and D-SACK reports the segment, by the rules of tcp_send_dupack. The answer
 * to a SYN contains no SACK (syn_challenge).
 */
export function hurry(turn: Turn, segment: TcpSegment): void {
  const {pace, rcv} = turn.tcb;
  if (pace === undefined || segLen(segment) === 0 || !seqLt(segment.seq, rcv.nxt)) return;
  update(turn, {pace: hurried(turn.tcb, pace)});
  reportTwice(turn, segment);
}

/** Notes data that arrived before, which the next ACK reports by D-SACK; SYN and FIN count as data (RFC 2883 §4, tcp_dsack_set). */
function reportTwice(turn: Turn, segment: TcpSegment): void {
  const {tcb, env} = turn;
  const right = seqMin(segEnd(segment), tcb.rcv.nxt);
  if (tcb.sackPermitted && env.settings.dsack && seqLt(segment.seq, right))
    update(turn, {duplicate: {left: segment.seq, right}});
}

/** Tells whether there is memory for the data; if not, they are dropped and the window is announced as closed. */
function hasRoom(turn: Turn, {payload}: TcpSegment): boolean {
  const {memory, rcv, receiveBuffer} = turn.tcb;
  if (memory === undefined) return true;
  const roomy = roomFor(turn.tcb, memory, {lengthBytes: payload.length, settings: turn.env.settings});
  if (roomy === undefined && receiveBuffer.length > 0) {
    update(turn, {rcv: {...rcv, wnd: 0}});
    discard(turn, closedWindow);
    owe(turn, 'now', closedWindow);
    return false;
  }
  if (roomy !== undefined && roomy !== memory) update(turn, {memory: roomy});
  return true;
}

const packetOf = ({env: {settings}}: Turn, {seq, data, packetBytes}: Text) => ({
  start: seq,
  lengthBytes: data.length,
  packetBytes,
  pieces: settings.offload ? Math.max(1, Math.ceil(data.length / settings.mss)) : 1,
});

/** Counts the memory of the data that came with a Fast Open SYN. */
export function tookWithSyn(turn: Turn, text: Text): void {
  const {memory} = turn.tcb;
  if (memory !== undefined) keep(turn, hold(memory, packetOf(turn, text)));
}

/**
 * Stores data or a FIN beyond a gap: its block becomes the first in the list of SACK blocks. ACKs that wait to be combined are sent before
 * a block that is unexpected.
 */
export function tookBeyondGap(turn: Turn, text: Text): void {
  const {sackList, rcv, pace} = turn.tcb;
  if (!seqLt(rcv.nxt, text.seq)) return;
  const block = {left: text.seq, right: seqAdd(text.seq, text.data.length + (text.fin ? 1 : 0))};
  if (sackList !== undefined) {
    if ((pace?.compressed ?? 0) > 0 && isUnexpected(sackList, block))
      sendAck(turn, 'linux:tcp_comp_sack/block');
    update(turn, {sackList: noted(sackList, block)});
  }
  const {memory, sackPermitted} = turn.tcb;
  if (memory === undefined) return;
  const packet = packetOf(turn, text);
  const held = hold(memory, packet);
  keep(turn, held);
  if (sackPermitted) grow(turn, packet);
  const {memory: kept} = turn.tcb;
  if (kept !== undefined && turn.tcb.accepted)
    keep(turn, bufferGrown(turn.tcb, kept, {read: kept.readBytes, settings: turn.env.settings}));
}

const keep = (turn: Turn, memory: ReceiveMemory): void => update(turn, {memory});

type Packet = ReturnType<typeof packetOf>;

/** Grows the receive window after a packet, which may be worth an ACK at once (tcp_grow_window). */
function grow(turn: Turn, packet: Packet): void {
  const {memory, pace, mss, timestampsOn} = turn.tcb;
  const {settings} = turn.env;
  if (memory === undefined) return;
  const after = safeGrown(memory, packet, {
    segmentBytes: pace?.segmentBytes ?? mss,
    ownSegment: settings.mss - (timestampsOn ? TIMESTAMP_BYTES : 0),
    settings,
  });
  if (after === memory) return;
  if (pace === undefined) keep(turn, after);
  else {
    turn.growsWindow = pace.quick === 0;
    update(turn, {memory: after, pace: {...pace, quick: pace.quick | 1}});
  }
}

/** Removes the SACK blocks below RCV.NXT, which the acknowledgment number covers. */
export function forgetPassed(turn: Turn): void {
  const {sackList, reassembly, rcv} = turn.tcb;
  if (sackList !== undefined && sackList.length > 0)
    update(turn, {sackList: reassembly.length === 0 ? [] : without(sackList, rcv.nxt)});
}

/** Handles data in order, after RCV.NXT has moved, and schedules their ACK. `filled` means that they have filled the last gap. */
export function tookInOrder(turn: Turn, text: Text, filled: boolean): void {
  if (text.data.length > 0) measure(turn, text);
  if (filled) owe(turn, 'now', ofGap.filled);
  else if (text.data.length > 0) {
    // If the data fill only one of several gaps, other data are in order now, too. The ACK may be delayed like any other.
    const joined = seqLt(seqAdd(text.seq, text.data.length), turn.tcb.rcv.nxt);
    owe(turn, 'delayed', joined ? ofGap.filled : '9293:3.10.7.4/text/in-order');
  }
}

function measure(turn: Turn, text: Text): void {
  const {env, tcb} = turn;
  const came = {lengthBytes: text.data.length, pushed: text.pushed, nowUs: env.nowUs};
  const packet = packetOf(turn, text);
  const {pace, memory} = tcb;
  const held = memory && hold(memory, packet);
  const full = pace !== undefined && came.lengthBytes / packet.pieces > pace.segmentBytes;
  const shared = held && full ? shareMeasured(tcb, held, packet) : held;
  update(turn, {
    memory: shared && roundTripByWindow(tcb, shared, env.nowUs),
    pace: pace && textCame(tcb, sizeMeasured(pace, came, env.settings.mss), came),
  });
  grow(turn, packet);
}

/** Uses the timestamp that a segment echoes as a sample of the receiver's round-trip time. */
export function noteEcho(turn: Turn, segment: TcpSegment): void {
  const {memory, timestampsOn} = turn.tcb;
  const echo = timestampsOn ? stampOf(segment)?.ecr : undefined;
  if (memory === undefined || echo === undefined || turn.echoedUs === undefined) return;
  const lengthBytes = segLen(segment);
  keep(turn, roundTripByEcho(turn.tcb, memory, {echo, sampleUs: turn.echoedUs, lengthBytes}));
}

/** Sends or schedules the acknowledgment that is due after a step. Only then a program that waits for data reads them. */
export function settlePaced(turn: Turn, because: TcpBecause): void {
  acknowledge(turn, because);
  if (isReading(turn)) programRead(turn);
}

/** Tells whether the program reads the data: it always does (`read` is `auto`), or a RECEIVE call waits or got data in this step. */
function isReading({tcb: {read, receives}, effects}: Turn): boolean {
  return read === 'auto' || receives.length > 0 || effects.some(({kind}) => kind === 'deliver');
}

/** Sends an ACK now or delays it, by the rules of tcp_ack_snd_check. */
function acknowledge(turn: Turn, because: TcpBecause): void {
  if (turn.owed?.when === 'now') {
    sendAck(turn, because);
    return;
  }
  turn.owed = undefined;
  if (isKnown(turn)) settleKnown(turn, because);
  else if (isSecond(turn.tcb) && windowMoves(turn)) sendAck(turn, '9293:3.8.6.3/delayed-ack/second-segment');
  else if (turn.tcb.pace !== undefined && isQuick(turn.tcb.pace))
    sendAck(turn, isBeyondGap(because) ? because : quickRule(turn));
  else if (turn.tcb.reassembly.length > 0) settleBeyondGap(turn, because);
  else delay(turn, because);
}

const quickRule = ({growsWindow}: Turn): RuleId =>
  growsWindow ? 'linux:tcp_grow_window/now' : 'linux:quick-ack/now';

/** Sends ACKs at the times that a capture shows; data that were not acknowledged separately there wait for the next such ACK. */
function settleKnown(turn: Turn, because: TcpBecause): void {
  const {reassembly, unackedSegments} = turn.tcb;
  const now = reachedPoint(turn)?.waitUs === 0;
  if (reassembly.length > 0 && (now || isKnownBeyondGap(turn))) sendAck(turn, because);
  else if (reassembly.length > 0) armOnce(turn, KNOWN_COMPANY_US, 'linux:tcp_comp_sack/wait');
  else if (!now) armOnce(turn, knownWaitUs(turn), '9293:3.8.6.3/delayed-ack/wait');
  else if (unackedSegments > 2) sendAck(turn, '9293:3.8.6.3/delayed-ack/together');
  else if (unackedSegments === 2) sendAck(turn, '9293:3.8.6.3/delayed-ack/second-segment');
  else sendAck(turn, because);
}

const isBeyondGap = (owed: TcpBecause): boolean => owed === ofGap.text || owed === ofGap.fin;

/**
 * Tells whether an ACK would announce the window's right edge where it was, or farther on. If memory is tight, ACKs are no longer sent at
 * once.
 */
function windowMoves(turn: Turn): boolean {
  const {memory, pace} = turn.tcb;
  if (memory === undefined) return true;
  const {wnd, tight} = selectWindow(turn.tcb, memory);
  if (tight && pace !== undefined) update(turn, {pace: {...pace, quick: 0}});
  return wnd >= toldWindow(turn.tcb);
}

/**
 * Handles an ACK while there is a gap: from the fourth ACK with SACK for the same number on, ACKs are combined (tcp_comp_sack_delay_ns).
 */
function settleBeyondGap(turn: Turn, owed: TcpBecause): void {
  const {pace, rcv, sackPermitted, memory, srttUs} = turn.tcb;
  const counted = pace && dupAckCounted(pace, rcv.nxt);
  const waits = counted !== undefined && pace !== undefined && counted.compressed > pace.compressed;
  if (!sackPermitted || !waits || pace.compressed >= MOST_COMPRESSED) {
    if (counted !== undefined && !waits) update(turn, {pace: counted});
    sendAck(turn, isBeyondGap(owed) ? owed : ofGap.filled);
    return;
  }
  update(turn, {pace: counted});
  const roundTripUs = Math.min(memory?.rttUs ?? 0, srttUs ?? Number.POSITIVE_INFINITY);
  armOnce(turn, companyUs(roundTripUs), 'linux:tcp_comp_sack/wait');
}

/** Arms the delayed-ACK timer, unless it already runs and expires earlier. */
function armOnce(turn: Turn, afterUs: number, because: TcpBecause): void {
  const dueUs = turn.tcb.timers['delayed-ACK'];
  if (dueUs === undefined || dueUs > turn.env.nowUs + afterUs)
    arm(turn, 'delayed-ACK', {waitUs: afterUs, because});
}

function delay(turn: Turn, because: TcpBecause): void {
  const {pace, timers} = turn.tcb;
  const afterUs = waitUs(turn.tcb);
  const dueUs = timers['delayed-ACK'];
  const soon = dueUs !== undefined && isAsGoodAsDue(dueUs - turn.env.nowUs, afterUs);
  if (soon) sendAck(turn, because);
  else
    armOnce(
      turn,
      afterUs,
      pace?.pingpong === true ? 'linux:ping-pong/wait' : '9293:3.8.6.3/delayed-ack/wait',
    );
}

/** Handles the expiry of the delayed-ACK timer by sending the ACK. */
export function delayedAckTimeout(turn: Turn): void {
  const {pace, rtoUs} = turn.tcb;
  if (pace !== undefined) update(turn, {pace: waitedInVain(pace, rtoUs)});
  const rule = '9293:3.8.6.3/delayed-ack/timer';
  sendAck(turn, pace !== undefined && pace.compressed > 0 ? {rule, case: 'gathered'} : rule);
}

/** Handles a read of the program: sends an ACK if one is due after reading, or if the freed memory opens the window (tcp_cleanup_rbuf). */
export function programRead(turn: Turn): void {
  const {memory} = turn.tcb;
  if (memory !== undefined) keep(turn, readOn(turn.tcb, memory, turn.env.settings));
  if (acknowledgesRead(turn)) sendAck(turn, '9293:3.8.6.3/delayed-ack/read');
  else if (!finReceived(turn) && opensWindow(turn)) sendAck(turn, '9293:3.8.6.2.2/window-update');
}

function acknowledgesRead({tcb, env}: Turn): boolean {
  const {pace, memory} = tcb;
  if (pace === undefined || !pace.scheduled || env.settings.acknowledging.length > 0) return false;
  const ended = pace.pushed === 2 || (pace.pushed === 1 && !pace.pingpong);
  return isSecond(tcb) || (ended && (memory?.usedBytes ?? tcb.receiveBuffer.length) === 0);
}

/**
 * Tells whether an ACK would announce a window at least twice as large as the rest of the last one. If memory is tight, ACKs are no longer
 * sent at once.
 */
function opensWindow(turn: Turn): boolean {
  const {memory, rcv} = turn.tcb;
  if (memory === undefined || 2 * rcv.wnd > memory.clampBytes) return false;
  const {wnd, tight} = selectWindow(turn.tcb, memory);
  const {pace} = turn.tcb;
  if (tight && pace !== undefined) update(turn, {pace: {...pace, quick: 0}});
  return wnd > 0 && wnd >= 2 * rcv.wnd;
}

/**
 * Handles the socket option TCP_QUICKACK: if it is switched on, a delayed acknowledgment of data that the program has read is sent now
 * (tcp_sock_set_quickack).
 */
export function quickAckSet(turn: Turn, on: boolean): void {
  const {pace} = turn.tcb;
  if (pace === undefined) return;
  update(turn, {pace: {...pace, pingpong: !on, pushed: on && pace.pushed === 0 ? 1 : pace.pushed}});
  if (on && acknowledgesRead(turn)) sendAck(turn, '9293:3.8.6.3/delayed-ack/read');
}
