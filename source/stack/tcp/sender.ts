// Sends what a TCP connection may send now: retransmissions first, then new data, then the FIN (RFC 9293 §3.8, §3.10.2, §3.10.4;
// RFC 6675 §5).

import {ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {ruleOf} from '../reason.ts';
import type {TcpBecause} from './cases.ts';
import {cwndAfterIdle, flightSize, usualSsthresh} from './congestion.ts';
import {type Connection, dataStart, type Unacknowledged} from './connection.ts';
import {changed} from './copied.ts';
import {resumed} from './cubic.ts';
import {heldUp, isFull} from './device-queue.ts';
import {endOf, has, Tag} from './flight.ts';
import {sackBytes} from './options.ts';
import {noteOut} from './prr.ts';
import {endsPacket, isPushed} from './push.ts';
import {nextDoubtful, nextLost, onTheWay, rescueEnd, updateLoss} from './recovery.ts';
import {armRto, pendingRepair, scheduleProbe} from './repair-timer.ts';
import {resendLost} from './resend.ts';
import {entryAt, retransmit} from './retransmission.ts';
import type {RuleId} from './rules.ts';
import {
  holdOn,
  keeperOf,
  maySend,
  networkHolds,
  nextPiece,
  type Piece,
  segmentsAway,
  unsentBytes,
  usableWindow,
} from './segmentise.ts';
import {arm, cancel, enter, send, type Turn, update} from './turn.ts';
import {afterBurst} from './window-use.ts';

/**
 * How new data are sent. `override`: the first segment leaves even if the window is too small to be worthwhile. `corked`: only full
 * segments leave, whatever TCP_CORK says. `nagles` false: small segments do not wait.
 */
type How = {
  readonly override?: boolean;
  readonly corked?: boolean;
  readonly nagles?: boolean;
  readonly most?: number;
};

/** Sends new data and the FIN, as many segments as may leave now. `because` is the rule by which there is room or are data. */
export function transmit(turn: Turn, because: TcpBecause, how: How = {}): void {
  fillSendBuffer(turn);
  if (turn.repeat !== undefined) repeat(turn, turn.tcb.snd.una, turn.repeat);
  turn.repeat = undefined;
  repair(turn);
  const cwnd = cwndAfterIdle(turn.tcb, turn.env.nowUs, turn.env.settings);
  if (cwnd !== turn.tcb.cwnd && unsentBytes(turn.tcb) > 0) restart(turn, cwnd);
  resume(turn);
  const {nxt} = turn.tcb.snd;
  const mayGoOn = unsentBytes(turn.tcb) > 0;
  let goesOn = true;
  while (goesOn) goesOn = repeatLost(turn) || sendNew(turn, because, how) || repeatDoubtful(turn);
  if (mayGoOn && turn.env.settings.cwndCounts === 'segments') noteBurst(turn, turn.tcb.snd.nxt !== nxt);
  watchFlight(turn, turn.tcb.snd.nxt !== nxt);
  watchWindow(turn);
}

/**
 * Sends one segment even if the window is too small to be worthwhile: Linux probes with data, and sends more when they are acknowledged
 * (tcp_write_wakeup).
 */
export function sendOne(turn: Turn, because: TcpBecause): void {
  watchFlight(turn, sendNew(turn, because, {override: true, most: 1}));
  watchWindow(turn);
}

/** Retransmits what the last ACK has shown to be lost; while it is in doubt whether a timeout was premature, new data are sent first. */
export function repair(turn: Turn): void {
  const {resend} = turn;
  turn.resend = undefined;
  if (resend === undefined) return;
  if (resend.what === 'new') {
    sendNew(turn, '5682:2.1/new-data', {nagles: false});
    const {snd, episode} = turn.tcb;
    if (seqLt(episode.point, snd.nxt)) return;
    update(turn, {episode: {...episode, doubted: false}});
  }
  resendLost(turn, resend.because);
}

/**
 * Keeps a timer running while anything is in flight: after new data (`sent`) a loss probe if possible, otherwise the retransmission timer.
 */
function watchFlight(turn: Turn, sent: boolean): void {
  if (sent && scheduleProbe(turn, {renewed: false})) return;
  const pending = pendingRepair(turn.tcb);
  const waits = pending !== undefined && !(sent && pending === 'TLP');
  if (turn.tcb.retransmissionQueue.length > 0 && !waits) armRto(turn, {because: '6298:5.1/start'});
}

/**
 * Sends one segment of new data as a tail loss probe, whatever cwnd and Nagle's rule say; returns false if there are no new data or the
 * peer's window has no room (RFC 8985 §7.3).
 */
export function sendProbe(turn: Turn, because: TcpBecause): boolean {
  const {tcb, env} = turn;
  const piece = nextPiece(changed(tcb, {cwnd: Infinity}), env.settings, {override: true});
  const wanted = Math.min(unsentBytes(tcb), tcb.mss - sackBytes(tcb));
  if (piece === undefined || piece.lengthBytes < wanted) return false;
  list(turn, [sendPiece(turn, piece, {because, burst: 0, packed: 0, forced: false})]);
  return true;
}

function list(turn: Turn, sent: readonly Unacknowledged[]): void {
  noteOut(turn, sent.length);
  update(turn, {retransmissionQueue: turn.tcb.retransmissionQueue.concat(sent)});
}

/**
 * Reduces cwnd after an idle time, because it no longer tells what the path carries; if cwnd counts segments, ssthresh remembers the old
 * value.
 */
function restart(turn: Turn, cwnd: number): void {
  const counted = turn.env.settings.cwndCounts === 'segments';
  const {use} = turn.tcb;
  const remembered = {ssthresh: usualSsthresh(turn.tcb), use: {...use, used: 0, fullUs: turn.env.nowUs}};
  update(turn, {cwnd, ...(counted ? remembered : {})});
}

/** Tells CUBIC about the end of an idle time, if nothing is in flight and data are sent now. */
function resume(turn: Turn): void {
  const {cubic, lastDataUs, retransmissionQueue} = turn.tcb;
  const idle = cubic.epochUs !== undefined && lastDataUs !== undefined && retransmissionQueue.length === 0;
  if (!idle || unsentBytes(turn.tcb) === 0) return;
  const {nowUs} = turn.env;
  update(turn, {cubic: resumed(cubic, {idleUs: nowUs - lastDataUs, nowUs})});
}

function noteBurst(turn: Turn, sent: boolean): void {
  const {tcb, env} = turn;
  const inFlight = segmentsAway(tcb);
  if (sent || inFlight * tcb.mss >= tcb.cwnd) update(turn, afterBurst(tcb, {inFlight, ...env}));
}

/** Moves data that SEND could not put into the send buffer into it, as acknowledgments make room. */
export function fillSendBuffer(turn: Turn): void {
  const {sendBuffer, sendWaiting, mss} = turn.tcb;
  // The send buffer always has room for one segment, however small it is set.
  const room = Math.max(turn.env.settings.sndBufferBytes, mss) - sendBuffer.length;
  if (sendWaiting.length === 0 || room <= 0) return;
  update(turn, {
    sendBuffer: ropeConcat(sendBuffer, ropeSlice(sendWaiting, 0, room)),
    sendWaiting: ropeSlice(sendWaiting, room),
  });
}

/** Retransmits the segment at the sequence number `at`, and notes up to where data have been retransmitted. */
function repeat(turn: Turn, at: Seq, because: TcpBecause): void {
  const sent = retransmit(turn, entryAt(turn.tcb.retransmissionQueue, at), because);
  if (sent !== undefined) updateLoss(turn, {highRxt: endOf(sent)});
}

const isBlocked = (turn: Turn, at: Seq): boolean => {
  const {tcb, env} = turn;
  const {una, wnd} = tcb.snd;
  // Data beyond the edge of a window that has shrunk are not retransmitted (RFC 9293 §3.8.6).
  if (at !== una && seqLe(seqAdd(una, wnd), at)) return true;
  const entry = tcb.retransmissionQueue.at(entryAt(tcb.retransmissionQueue, at));
  return entry === undefined || !networkHolds(tcb, entry.lengthBytes, env.settings);
};

/** Retransmits the next segment that is known to be lost; returns whether one was sent. */
function repeatLost(turn: Turn): boolean {
  const lost = nextLost(turn.tcb);
  if (lost === undefined || isBlocked(turn, lost)) return false;
  const because = turn.tcb.loss.phase === 'timeout' ? '9293:3.8.1/retransmit/next' : '6675:4/next-seg/lost';
  repeat(turn, lost, because);
  return true;
}

/**
 * Retransmits, with no new data to send, what may be lost, and once the very last segment (RFC 6675 §4, rules 3 and 4). Returns whether
 * it sent one.
 */
function repeatDoubtful(turn: Turn): boolean {
  if (!turn.env.settings.repeatsDoubtful) return false;
  const doubtful = nextDoubtful(turn.tcb);
  if (doubtful !== undefined && nextLost(turn.tcb) === undefined) {
    if (isBlocked(turn, doubtful)) return false;
    repeat(turn, doubtful, '6675:4/next-seg/doubtful');
    return true;
  }
  const end = rescueEnd(turn.tcb);
  if (end === undefined || doubtful !== undefined || isBlocked(turn, seqAdd(end, -1))) return false;
  retransmit(turn, entryAt(turn.tcb.retransmissionQueue, seqAdd(end, -1)), '6675:4/next-seg/rescue');
  updateLoss(turn, {rescued: true});
  return true;
}

/** Sends a burst of new segments, after lost data; returns whether any was sent. */
function sendNew(
  turn: Turn,
  because: TcpBecause,
  {override = false, nagles = true, most = Infinity, ...how}: How,
): boolean {
  if (isFull(turn) && holdOn(turn.tcb, turn.env.settings) === 'linux:queue/full') heldUp(turn);
  const sent: Unacknowledged[] = [];
  let packed = 0;
  while (sent.length < most && nextLost(turn.tcb) === undefined) {
    const piece = nextPiece(turn.tcb, turn.env.settings, {
      ...how,
      override: !nagles || (override && sent.length === 0),
      unlisted: sent.length,
    });
    if (piece === undefined) break;
    const forced = override && sent.length === 0;
    const entry = sendPiece(turn, piece, {because, burst: sent.length, packed, forced});
    sent.push(entry);
    packed = has(entry, Tag.ends) || endsPacket(turn, sent.length, packed + 1) ? 0 : packed + 1;
  }
  if (sent.length === 0) return false;
  list(turn, sent);
  return true;
}

/** A segment to send; `burst` and `packed` count the segments before it in this burst and in the same large packet. */
type Leaving = {
  readonly because: TcpBecause;
  readonly burst: number;
  readonly packed: number;
  readonly forced: boolean;
};

function sendPiece(
  turn: Turn,
  {lengthBytes, fin}: Piece,
  {because, burst, packed, forced}: Leaving,
): Unacknowledged {
  if (fin && turn.tcb.state === 'CLOSE-WAIT') enter(turn, 'LAST-ACK', '9293:3.10.4/close/last-ack');
  const {tcb, env} = turn;
  const seq = tcb.snd.nxt;
  const offset = seqDiff(seq, dataStart(tcb));
  const end = seqAdd(seq, lengthBytes);
  const beyond = tcb.pushEnds.findIndex((pushEnd) => !seqLe(pushEnd, end));
  const passed = tcb.pushEnds.slice(0, beyond < 0 ? undefined : beyond);
  update(turn, {
    snd: {...tcb.snd, nxt: seqAdd(end, fin ? 1 : 0)},
    pushEnds: passed.length > 0 ? tcb.pushEnds.slice(passed.length) : tcb.pushEnds,
    pushedFrom: forced && lengthBytes < unsentBytes(tcb) ? end : undefined,
    ...(tcb.recordEnds[0] === end ? {recordEnds: tcb.recordEnds.slice(1)} : {}),
    finSeq: fin ? end : tcb.finSeq,
    probedByte: false,
    rack: {...tcb.rack, sendings: tcb.rack.sendings + 1},
    ...(lengthBytes > 0 ? {lastDataUs: env.nowUs} : {}),
    // A zero-window probe with data does not count as a small segment for Nagle's rule (tcp_write_wakeup).
    ...(lengthBytes < tcb.mss && !forced ? {smallEnd: end} : {}),
  });
  const limited = isLimited(tcb, lengthBytes);
  const rule = fin
    ? finRule(because)
    : limited
      ? '3042:2/limited-transmit'
      : dataRule(turn, because, lengthBytes);
  if (limited) updateLoss(turn, {limitedBytes: tcb.loss.limitedBytes + lengthBytes});
  const pushed =
    lengthBytes > 0 &&
    isPushed(turn, {end, passed: passed.at(-1), burst, forced: forced || tcb.pushedFrom === seq});
  const flags = (pushed ? TcpFlag.PSH : 0) | (fin ? TcpFlag.FIN : 0);
  const payload = ropeSlice(tcb.sendBuffer, offset, offset + lengthBytes);
  const reduced = lengthBytes > 0 && tcb.marks.cwrDue;
  if (reduced) update(turn, {marks: {...tcb.marks, cwrDue: false}});
  const cwr = reduced ? TcpFlag.CWR : 0;
  const ecn = tcb.ecnOn && lengthBytes > 0 ? ({ecn: 2} as const) : {};
  const large = packed > 0 && endsPacket(turn, burst + 1, packed + 1) ? TcpFlag.PSH : 0;
  send(turn, {seq, flags: flags | large | TcpFlag.ACK | cwr, payload, ...ecn, because: rule});
  const {delivered: deliveredBefore, sendings: sending} = turn.tcb.rack;
  const ends = lengthBytes > 0 && tcb.recordEnds[0] === end;
  const tags = (ends ? Tag.ends : 0) | (packed > 0 && env.settings.push === 'packet' ? Tag.packed : 0);
  const transmissions = 1;
  return {seq, lengthBytes, flags, sentUs: env.nowUs, transmissions, tags, deliveredBefore, sending};
}

/** Returns the rule for sending the FIN: when CLOSE is called, or later, after data that had to wait. */
const finRule = (because: TcpBecause): RuleId =>
  ruleOf(because) === '9293:3.10.2/send/segmentise'
    ? '9293:3.10.4/close/fin'
    : '9293:3.10.4/close/fin-after-data';

/**
 * Tells whether a segment is sent beyond cwnd on the first duplicate ACKs, whether an ACK or a SEND caused it (RFC 3042 §2); the TCB is as
 * before the segment.
 */
const isLimited = (tcb: Connection, lengthBytes: number): boolean =>
  tcb.loss.phase === 'none' && tcb.loss.dupAcks > 0 && flightSize(tcb) + lengthBytes > tcb.cwnd;

/** Returns the reason for sending a segment that an ACK has made possible, outside of loss recovery. */
const releasedBy = ({before, tcb}: Turn, lengthBytes: number): TcpBecause => {
  const rule = '9293:3.8.6/send/window';
  const keeper = keeperOf(before?.held?.because);
  if (before === undefined || keeper === undefined) return rule;
  if (keeper === 'cwnd') return {rule, case: goesByPipe(tcb) ? 'pipe' : 'cwnd'};
  if (keeper !== 'nagle') return {rule, case: keeper};
  // A piece that Nagle's rule had kept back and that more data have made a full segment is sent because it is full.
  if (lengthBytes >= before.mss) return {rule, case: 'buffer'};
  return {rule, case: tcb.snd.una === before.snd.nxt ? 'nagle' : 'nagle-part'};
};

/**
 * Tells whether fewer bytes are in flight than are unacknowledged, because some are SACKed or lost, so that cwnd limits *pipe*
 * (RFC 6675 §4, §5).
 */
const goesByPipe = (tcb: Connection): boolean => flightSize(tcb) !== onTheWay(tcb);

/** Returns the reason for a segment with new data. During a recovery it is that of the recovery, whatever ACK has arrived. */
const dataRule = (turn: Turn, because: TcpBecause, lengthBytes: number): TcpBecause => {
  const {tcb} = turn;
  const rule = ruleOf(because);
  if (rule === '9293:3.8.6/send/window') {
    if (tcb.loss.phase !== 'fast') return releasedBy(turn, lengthBytes);
    return {rule: '5681:3.2/fast-recovery/new-data', case: goesByPipe(tcb) ? 'pipe' : 'flight'};
  }
  const isFree = rule === '9293:3.10.2/send/segmentise' && isFreed(tcb, lengthBytes);
  return isFree ? {rule, case: 'no-delay'} : because;
};

/** Tells whether Nagle's rule would keep the segment back (RFC 9293 §3.7.4), but the program has set TCP_NODELAY. */
const isFreed = ({options, snd, mss}: Connection, lengthBytes: number): boolean =>
  options.noDelay === true && seqDiff(snd.nxt, snd.una) > lengthBytes && lengthBytes < mss;

/**
 * Arms the persist timer if the window keeps data or a FIN back and nothing is in flight, because then no ACK will let them leave
 * (RFC 9293 §3.8.6.1, §3.8.6.2.1).
 */
function watchWindow(turn: Turn): void {
  const {tcb} = turn;
  const waiting = maySend(tcb) && (unsentBytes(tcb) > 0 || tcb.closeCalled);
  if (!waiting || tcb.retransmissionQueue.length > 0) {
    cancel(turn, 'persist', '9293:3.8.6.1/persist/stop');
    return;
  }
  if (tcb.timers.persist !== undefined) return;
  update(turn, {probes: 0, probeWaitUs: tcb.rtoUs, probingSinceUs: undefined});
  if (usableWindow(tcb) <= 0) {
    arm(turn, 'persist', {waitUs: tcb.rtoUs, because: '9293:3.8.6.1/persist/start'});
  } else {
    const waitUs = Math.min(tcb.rtoUs, MAX_OVERRIDE_US);
    arm(turn, 'persist', {waitUs, because: '9293:3.8.6.2.1/override/start'});
  }
}

/** The longest override timeout of silly-window avoidance in µs; the RFC allows 0.1 s to 1 s (RFC 9293 §3.8.6.2.1). */
const MAX_OVERRIDE_US = 1_000_000;
