// Retransmits lost segments, oldest first, as far as cwnd allows; small consecutive segments are joined.

import {Fifo} from '../../wire/fifo.ts';
import {seqAdd, seqLt} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {ruleOf} from '../reason.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, Unacknowledged} from './connection.ts';
import {isFull} from './device-queue.ts';
import {endOf, has, recounted, segmentsInFlight, Tag, windowSegments} from './flight.ts';
import {isReducing, noteOut} from './prr.ts';
import {updateRack} from './rack.ts';
import {armRepair} from './repair-timer.ts';
import {retransmit} from './retransmission.ts';
import {type Turn, update} from './turn.ts';
import {noteRepeat} from './undo.ts';

/**
 * Tells whether a segment may be retransmitted within the peer's window. If the window has shrunk, only the first unacknowledged segment
 * may be sent beyond it, as a probe.
 */
const fitsWindow = ({snd}: Connection, {seq}: Unacknowledged): boolean =>
  seq === snd.una || seqLt(seq, seqAdd(snd.una, snd.wnd));

/**
 * Sends a segment of the retransmission queue again without marking it as retransmitted, which `resend` does; returns false if it cannot be
 * sent.
 */
export function sendAgain(turn: Turn, index: number, because: TcpBecause, pushed = false): boolean {
  const entry = turn.tcb.retransmissionQueue.at(index);
  if (entry === undefined || isFull(turn) || !fitsWindow(turn.tcb, entry)) return false;
  join(turn, index);
  retransmit(turn, index, because, pushed);
  updateRack(turn, {repeats: turn.tcb.rack.repeats + 1});
  return true;
}

/** Retransmits a segment and marks it as retransmitted, so that it counts as in flight again; returns false if it cannot be sent. */
export function resend(turn: Turn, index: number, because: TcpBecause, pushed = false): boolean {
  const before = turn.tcb.retransmissionQueue.at(index);
  if (!sendAgain(turn, index, because, pushed)) return false;
  const {retransmissionQueue, flight} = turn.tcb;
  const entry = retransmissionQueue.at(index);
  if (entry === undefined) return false;
  const tags = entry.tags | Tag.resent;
  // Linux does not read its clock when it handles an ICMP message, so a segment that is then retransmitted keeps its earlier time.
  const stale = ruleOf(because) === '1191:6.4/path-mtu/retransmit' ? before : entry;
  const {sentUs, sending} = stale ?? entry;
  update(turn, {
    retransmissionQueue: retransmissionQueue.with(index, {...entry, tags, sentUs, sending}),
    // Even a segment that is not marked as lost counts as retransmitted (tcp_retransmit_skb).
    flight: {...flight, resent: flight.resent + 1},
  });
  noteRepeat(turn);
  return true;
}

/** Retransmits the segments that are marked as lost and not in flight again, as many as cwnd allows. */
export function resendLost(turn: Turn, because: TcpBecause): void {
  let rearms = false;
  let sent: Unacknowledged | undefined;
  for (let index = 0; index < turn.tcb.retransmissionQueue.length; index += 1) {
    const {tcb} = turn;
    const full = segmentsInFlight(tcb) >= windowSegments(tcb);
    if (full || tcb.flight.resent >= tcb.flight.lost) break;
    const entry = tcb.retransmissionQueue.at(index);
    if (entry === undefined || !awaits(entry)) continue;
    const packed = has(entry, Tag.packed) && sent !== undefined && endOf(sent) === entry.seq;
    if (!resend(turn, index, because, packed && !goesOn(turn.tcb, index))) break;
    sent = turn.tcb.retransmissionQueue.at(index);
    if (isReducing(turn.tcb)) noteOut(turn, 1);
    if (index === 0 && turn.tcb.timers.reordering === undefined) rearms = true;
  }
  if (rearms) armRepair(turn, 'RTO', {waitUs: turn.tcb.rtoUs, because: '8985:8/rto/restart'});
}

const awaits = (entry: Unacknowledged): boolean =>
  has(entry, Tag.lost) && !has(entry, Tag.sacked | Tag.resent);

/** Tells whether the next segment will be retransmitted in the same large packet as this one. */
function goesOn(tcb: Connection, index: number): boolean {
  const next = tcb.retransmissionQueue.at(index + 1);
  if (next === undefined || !has(next, Tag.packed) || !awaits(next)) return false;
  return segmentsInFlight(tcb) + 1 < windowSegments(tcb) && fitsWindow(tcb, next);
}

/**
 * Joins a segment on the retransmission queue with the ones after it, as far as they fit into one segment (RFC 9293 §3.8.1 permits
 * repacketizing).
 */
function join(turn: Turn, index: number): void {
  const {retransmissionQueue: queue, mss, snd} = turn.tcb;
  const first = queue.at(index);
  if (first === undefined || first.flags & TcpFlag.SYN || first.lengthBytes >= mss) return;
  let {flight} = turn.tcb;
  let joined = first;
  let next = index + 1;
  for (; next < queue.length; next += 1) {
    const entry = queue.at(next);
    if (entry === undefined || has(entry, Tag.sacked) || has(joined, Tag.ends)) break;
    const lengthBytes = joined.lengthBytes + entry.lengthBytes;
    if (lengthBytes > mss || seqLt(seqAdd(snd.una, snd.wnd), endOf(entry))) break;
    const tags = joined.tags | (entry.tags & Tag.ends);
    joined = {...joined, lengthBytes, flags: joined.flags | entry.flags, tags};
    flight = recounted(flight, entry.tags, 0);
  }
  const repacked = Fifo.of([...queue.slice(0, index), joined, ...queue.slice(next)]);
  update(turn, {retransmissionQueue: repacked, flight});
}
