// Undoes a false loss: every retransmission was reported as a duplicate (RFC 3708), or an ACK echoes a timestamp from before the first one
// (RFC 3522). Then cwnd and ssthresh return to their old values (RFC 4015, without its slower growth).
import {seqLt} from '../../wire/seq.ts';
import {usualSsthresh} from './congestion.ts';
import {has, isResent, leftOut, retag, Tag} from './flight.ts';
import {isReducing} from './prr.ts';
import {PERSISTS, updateRack} from './rack.ts';
import type {CongestionState, Undo} from './repair-state.ts';
import {clock, elapsed} from './timestamps.ts';
import {type Turn, update} from './turn.ts';

export const updateUndo = (turn: Turn, changes: Partial<Undo>): void =>
  update(turn, {undo: {...turn.tcb.undo, ...changes}});

export const setState = (turn: Turn, state: CongestionState): void =>
  update(turn, {episode: {...turn.tcb.episode, state}});

/** Stores, before a loss lowers ssthresh, what an undo needs: SND.UNA, and how many retransmissions are in flight. */
export function rememberForUndo(turn: Turn): void {
  const {flight, probe, snd} = turn.tcb;
  const repeats = flight.resent + (probe?.again ? 1 : 0);
  updateUndo(turn, {marker: snd.una, repeats: repeats > 0 ? repeats : undefined});
}

/** Returns the ssthresh that an undo has to restore; if a reduction is already under way, that is the current ssthresh. */
export const priorSsthresh = ({tcb}: Turn): number => (isReducing(tcb) ? tcb.ssthresh : usualSsthresh(tcb));

/** Counts a retransmission for a later undo, and notes the timestamp of the first one. */
export function noteRepeat(turn: Turn): void {
  const {undo} = turn.tcb;
  updateUndo(turn, {
    repeats: (undo.repeats ?? 0) + 1,
    firstStamp: undo.firstStamp ?? clock(turn.env, turn.tcb),
  });
}

export const isEarlier = (echo: number | undefined, stamp: number): boolean =>
  echo !== undefined && elapsed(echo, stamp) < 0;

/**
 * Tells whether the segments held to be lost were only late: nothing was retransmitted, or `echo` is older than the first retransmission.
 */
function wasDelayed({tcb}: Turn, echo: number | undefined): boolean {
  const {
    undo: {firstStamp},
    sackPermitted,
    snd,
    episode,
  } = tcb;
  if (firstStamp !== undefined) return isEarlier(echo, firstStamp);
  // Without SACK the timestamp of the first retransmission is forgotten once the recovery point is acknowledged.
  return sackPermitted || seqLt(snd.una, episode.point);
}

const mayUndo = (turn: Turn, echo: number | undefined): boolean =>
  turn.tcb.undo.marker !== undefined && (turn.tcb.undo.repeats === 0 || wasDelayed(turn, echo));

function undo(turn: Turn, {unmark}: {unmark: boolean}): void {
  if (unmark) retag(turn, (entry) => (has(entry, Tag.lost) ? entry.tags & ~Tag.lost : entry.tags));
  const {tcb} = turn;
  const {ssthresh} = tcb.undo;
  if (ssthresh !== undefined) {
    update(turn, {cwnd: Math.max(tcb.cwnd, tcb.reduction.from * tcb.mss)});
    if (ssthresh > tcb.ssthresh) update(turn, {ssthresh, marks: {...tcb.marks, cwrDue: false}});
  }
  updateUndo(turn, {marker: undefined});
  updateRack(turn, {moved: true});
}

/**
 * Tells whether a recovery has to continue at its recovery point. Without SACK, duplicate ACKs at this point may be caused by
 * retransmissions, so only an ACK beyond it ends the recovery (RFC 6582 §3.2).
 */
function holdsOn(turn: Turn): boolean {
  const {snd, episode, sackPermitted} = turn.tcb;
  if (sackPermitted || snd.una !== episode.point) return false;
  forgetStamp(turn);
  return true;
}

/** Forgets the timestamp of the first retransmission if none is in flight any more. */
export function forgetStamp(turn: Turn): void {
  if (!isResent(turn.tcb)) updateUndo(turn, {firstStamp: undefined});
}

/**
 * Ends a recovery whose point is acknowledged, and undoes it if the loss was false. Returns true if it has to wait for an ACK beyond the
 * point.
 */
export function endEpisode(turn: Turn, echo: number | undefined): boolean {
  if (mayUndo(turn, echo)) undo(turn, {unmark: false});
  else if (turn.tcb.rack.persists > 0) updateRack(turn, {persists: turn.tcb.rack.persists - 1});
  if (holdsOn(turn)) return true;
  setState(turn, 'open');
  return false;
}

/**
 * Undoes the reduction of cwnd after a false timeout, and returns whether it did; `proved` means that data which were sent only once have
 * arrived (F-RTO).
 */
export function undoTimeout(turn: Turn, echo: number | undefined, {proved}: {proved: boolean}): boolean {
  if (!proved && !mayUndo(turn, echo)) return false;
  undo(turn, {unmark: true});
  update(turn, {retries: 0});
  if (!holdsOn(turn) && (proved || turn.tcb.sackPermitted)) setState(turn, 'open');
  return true;
}

/** Undoes a recovery if each retransmission was reported as a duplicate, and returns whether it did. */
export function undoByDuplicates(turn: Turn): boolean {
  const {undo: remembered, rack} = turn.tcb;
  if (remembered.marker === undefined || remembered.repeats !== 0) return false;
  updateRack(turn, {persists: Math.min(PERSISTS, rack.persists + 1)});
  undo(turn, {unmark: false});
  return true;
}

/**
 * Handles an ACK that covers part of a recovery: if segments were only late, it calls `reordered`, and undoes the recovery once no
 * retransmission is in flight. Returns true while one is, so that nothing else is retransmitted.
 */
export function undoInPart(turn: Turn, echo: number | undefined, reordered: () => void): boolean {
  if (turn.tcb.undo.marker === undefined || !wasDelayed(turn, echo)) return false;
  reordered();
  if (turn.tcb.flight.resent > 0) return true;
  forgetStamp(turn);
  undo(turn, {unmark: true});
  settleState(turn);
  return false;
}

/** Sets the TCP sender's congestion state to `disorder` while segments are SACKed, lost or retransmitted, otherwise to `open`. */
export function settleState(turn: Turn): void {
  const {tcb} = turn;
  const state = leftOut(tcb) > 0 || isResent(tcb) ? 'disorder' : 'open';
  if (tcb.episode.state !== state) update(turn, {episode: {...tcb.episode, state, point: tcb.snd.nxt}});
}
