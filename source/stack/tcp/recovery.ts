// Loss recovery: duplicate ACKs, fast retransmit, fast recovery with and without SACK, recovery after a timeout (RFC 5681 §3.2,
// RFC 6582 §3.2, RFC 6675 §5).

import {type Seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {sackBlocksOf} from '../../wire/tcp-options.ts';
import type {TcpBecause} from './cases.ts';
import {flightSize, grow, halved} from './congestion.ts';
import {heedEcho, isHeeded, reducedMarks} from './congestion-marks.ts';
import type {Connection, LossRecovery} from './connection.ts';
import {endOf, leftOut, segmentsInFlight} from './flight.ts';
import {
  addBlocks,
  cutBelow,
  DUP_THRESHOLD,
  firstHole,
  highestSacked,
  lostEdge,
  reneged,
  unsackedBytes,
} from './scoreboard.ts';
import {type Turn, update} from './turn.ts';

export const noLoss = (iss: Seq): LossRecovery => ({
  phase: 'none',
  point: iss,
  highRxt: iss,
  rescued: false,
  dupAcks: 0,
  limitedBytes: 0,
  sacked: [],
});

export function updateLoss(turn: Turn, changes: Partial<LossRecovery>): void {
  update(turn, {loss: {...turn.tcb.loss, ...changes}});
}

/** Returns the sequence number below which all data that are neither SACKed nor retransmitted count as lost. */
function lossEdge({snd, loss, mss}: Connection): Seq {
  const edge = lostEdge(loss.sacked, snd.una, mss);
  return loss.phase === 'timeout' ? seqMax(loss.point, edge) : edge;
}

/** Returns *pipe*, the bytes in flight (RFC 6675 §4, SetPipe). Without SACK in fast recovery cwnd is inflated instead. */
export function pipe(tcb: Connection): number {
  const {snd, loss} = tcb;
  if (loss.phase === 'none' ? loss.sacked.length === 0 : loss.phase === 'fast' && !tcb.sackPermitted) {
    return flightSize(tcb);
  }
  const edge = seqMax(lossEdge(tcb), snd.una);
  return unsackedBytes(loss.sacked, edge, snd.nxt) + unsackedBytes(loss.sacked, snd.una, loss.highRxt);
}

/**
 * Handles an acceptable ACK at a sender that detects losses by duplicates, after SND.UNA and SND.WND are updated; `before` is the
 * connection when the ACK arrived.
 */
export function ackArrived(turn: Turn, before: Connection, segment: TcpSegment): void {
  const learned = followSack(turn, segment);
  const ackedBytes = seqDiff(turn.tcb.snd.una, before.snd.una);
  const echo = heedEcho(turn, segment);
  if (ackedBytes > 0) progress(turn, before, {ackedBytes, grows: !echo});
  const duplicate = turn.tcb.sackPermitted ? learned : ackedBytes === 0 && isDuplicate(before, segment);
  if (duplicate) duplicateAck(turn);
}

/** Takes the SACK blocks of a segment, and returns whether they SACK bytes that were not SACKed before. */
function followSack(turn: Turn, segment: TcpSegment): boolean {
  const {snd, loss, sackPermitted} = turn.tcb;
  if (!sackPermitted) return false;
  const kept = cutBelow(loss.sacked, snd.una);
  const blocks = sackBlocksOf(segment.options);
  const sacked = addBlocks(kept, blocks, snd);
  if (sacked !== loss.sacked) updateLoss(turn, {sacked});
  return sacked !== kept;
}

/** RFC 5681 §2: tells whether an ACK contains nothing new while data are outstanding. */
function isDuplicate({snd, scale}: Connection, segment: TcpSegment): boolean {
  return (
    snd.una !== snd.nxt &&
    segment.payload.length === 0 &&
    !hasFlag(segment, 'SYN') &&
    !hasFlag(segment, 'FIN') &&
    segment.ack === snd.una &&
    segment.window << scale.snd === snd.wnd
  );
}

type Progress = {readonly ackedBytes: number; readonly grows: boolean};

function progress(turn: Turn, before: Connection, {ackedBytes, grows}: Progress): void {
  const {loss} = turn.tcb;
  const {una} = turn.tcb.snd;
  // `point` moves along just below SND.UNA, because sequence numbers would otherwise wrap around to it.
  const point = seqLt(loss.point, una) ? seqAdd(una, -1) : loss.point;
  const reached = seqLe(loss.point, una);
  const acked = {...loss, dupAcks: 0, limitedBytes: 0, highRxt: seqMax(loss.highRxt, una), point};
  const after: LossRecovery = reached ? {...acked, phase: 'none', highRxt: una} : acked;
  if (loss.phase === 'fast') {
    update(turn, reached ? {loss: after, cwnd: turn.tcb.ssthresh, cwndCredit: 0} : {loss: after});
    if (!reached && !turn.tcb.sackPermitted) partialAck(turn, ackedBytes);
    return;
  }
  const fresh = unsackedBytes(before.loss.sacked, before.snd.una, una);
  update(turn, {loss: after, ...(grows ? grow(before, fresh, turn.env.settings) : {})});
}

/**
 * RFC 6582 §3.2 step 3: after an ACK that shows another hole, cwnd falls by what was acknowledged and rises by one segment, and the hole is
 * retransmitted.
 */
function partialAck(turn: Turn, ackedBytes: number): void {
  const {cwnd, mss} = turn.tcb;
  const deflated = cwnd - ackedBytes + (ackedBytes >= mss ? mss : 0);
  update(turn, {cwnd: Math.max(deflated, mss)});
  turn.repeat = '6582:3.2/partial-ack';
}

function duplicateAck(turn: Turn): void {
  const {tcb} = turn;
  const {loss, snd, mss, cwnd, sackPermitted} = tcb;
  updateLoss(turn, {dupAcks: loss.dupAcks + 1});
  if (loss.phase === 'fast' && !sackPermitted) update(turn, {cwnd: cwnd + mss});
  if (loss.phase !== 'none') return;
  const lost = sackPermitted && seqLt(snd.una, lostEdge(loss.sacked, snd.una, mss));
  if (loss.dupAcks + 1 < DUP_THRESHOLD && !lost) return;
  // Without SACK, duplicate ACKs may be caused by the retransmissions of an earlier recovery (RFC 6582 §3.2 step 1), so they begin no new
  // one.
  if (sackPermitted ? seqLe(loss.point, snd.una) : seqLt(loss.point, snd.una)) enterFastRecovery(turn);
}

function enterFastRecovery(turn: Turn): void {
  const {tcb} = turn;
  const {snd, mss, loss} = tcb;
  const ssthresh = isHeeded(tcb) ? tcb.ssthresh : halved(flightSize(tcb) - loss.limitedBytes, mss);
  const inflation = tcb.sackPermitted ? 0 : DUP_THRESHOLD * mss;
  update(turn, {
    ssthresh,
    cwnd: ssthresh + inflation,
    cwndCredit: 0,
    marks: reducedMarks(tcb),
  });
  updateLoss(turn, {phase: 'fast', point: snd.nxt, highRxt: snd.una, rescued: false});
  turn.repeat = '5681:3.2/fast-retransmit';
}

/**
 * Changes cwnd and the recovery state at a retransmission timeout: cwnd is one segment, and slow start follows over all that was in flight
 * (RFC 5681 §3.1).
 */
export function loseAll(turn: Turn): void {
  const {tcb} = turn;
  const {snd, mss, loss, retries} = tcb;
  // If the same segment times out again, ssthresh stays (RFC 5681 §3.1).
  const again = loss.phase === 'timeout' && retries > 1;
  const ssthresh = again ? tcb.ssthresh : halved(flightSize(tcb) - loss.limitedBytes, mss);
  update(turn, {ssthresh, cwnd: mss, cwndCredit: 0, marks: reducedMarks(tcb)});
  updateLoss(turn, {
    phase: 'timeout',
    point: snd.nxt,
    highRxt: snd.una,
    dupAcks: 0,
    limitedBytes: 0,
    sacked: reneged(loss.sacked, snd.una) ? [] : loss.sacked,
  });
}

/** Retransmits all that is in flight for a reason other than congestion, so cwnd stays. */
export function resendFlight(turn: Turn, because: TcpBecause): void {
  const {una, nxt} = turn.tcb.snd;
  if (una === nxt) return;
  updateLoss(turn, {phase: 'timeout', point: nxt, highRxt: una, dupAcks: 0, limitedBytes: 0});
  turn.repeat = because;
}

/**
 * Returns the sequence number of the next lost bytes that have not been retransmitted (RFC 6675 §4, NextSeg rule 1); undefined if there are
 * none.
 */
export function nextLost(tcb: Connection): Seq | undefined {
  const {loss, snd} = tcb;
  if (loss.phase === 'none' || (loss.phase === 'fast' && !tcb.sackPermitted)) return undefined;
  return firstHole(loss.sacked, seqMax(loss.highRxt, snd.una), lossEdge(tcb));
}

/**
 * Returns the sequence number of the next bytes below SACKed ones that may be lost as well and have not been retransmitted (RFC 6675 §4,
 * NextSeg rule 3); undefined if there are none.
 */
export function nextDoubtful(tcb: Connection): Seq | undefined {
  const {loss, snd} = tcb;
  if (loss.phase !== 'fast') return undefined;
  return firstHole(loss.sacked, seqMax(loss.highRxt, snd.una), highestSacked(loss.sacked, snd.una));
}

/**
 * Returns the sequence number at the end of the bytes for a rescue retransmission, which is allowed once in a recovery (RFC 6675 §4,
 * NextSeg rule 4); undefined if none is allowed.
 */
export function rescueEnd(tcb: Connection): Seq | undefined {
  const {loss, snd} = tcb;
  if (loss.phase !== 'fast' || !tcb.sackPermitted || loss.rescued) return undefined;
  const last = loss.sacked.at(-1);
  const end = last?.right === snd.nxt ? last.left : snd.nxt;
  // A rescue is not needed if all the bytes up to `end` were retransmitted already.
  return seqLt(seqMax(loss.highRxt, snd.una), end) ? end : undefined;
}

/**
 * Returns the bytes in flight. Where single segments are marked as lost or SACKed, whole segments count, and the bytes that are not on the
 * retransmission queue yet.
 */
export const onTheWay = (tcb: Connection): number => {
  const last = tcb.retransmissionQueue.at(-1);
  if (last === undefined || leftOut(tcb) + tcb.flight.resent === 0) return pipe(tcb);
  return segmentsInFlight(tcb) * tcb.mss + seqDiff(tcb.snd.nxt, endOf(last));
};
