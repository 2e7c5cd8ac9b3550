// RACK loss detection: a segment is lost once a segment that was sent later has arrived and a reordering window has passed (RFC 8985 §6).
import type {Connection, Unacknowledged} from './connection.ts';
import {has, lostTags, retag, Tag} from './flight.ts';
import type {Rack} from './repair-state.ts';
import {armRepair} from './repair-timer.ts';
import {type Turn, update} from './turn.ts';

/** The number of recoveries without a D-SACK after which RACK's reordering window narrows again (§6.2 step 4, RACK_RECOVERY_THRESHOLD). */
export const PERSISTS = 16;
/** The time in µs that RACK's timer waits beyond the end of the reordering window. */
const TIMER_SLACK_US = 2000;

export const updateRack = (turn: Turn, changes: Partial<Rack>): void =>
  update(turn, {rack: {...turn.tcb.rack, ...changes}});

/**
 * Returns RACK's state after a segment is known to have arrived (§6.2 steps 1 and 2). A retransmitted segment with an impossibly short
 * round trip is ignored, because the ACK is for an earlier transmission.
 */
export function arrived(rack: Rack, entry: Unacknowledged, nowUs: number): Rack {
  const rttUs = nowUs - entry.sentUs;
  if (entry.transmissions > 1 && rttUs < (rack.minRttUs ?? Infinity)) return rack;
  return {...rack, moved: true, rttUs, newest: Math.max(rack.newest, entry.sending)};
}

/**
 * Returns RACK's reordering window in µs (§6.2 step 4): 0 while duplicates alone indicate a loss, then a quarter of the smallest round-trip
 * time, and more after D-SACKs.
 */
function reorderWindowUs({rack, episode, flight, srttUs = 0}: Connection, duplicatesTell: boolean): number {
  const repairs = episode.state === 'recovery' || episode.state === 'loss';
  if (!rack.reordered && (repairs || (duplicatesTell && flight.sacked >= rack.degree))) return 0;
  return Math.min(Math.floor((rack.minRttUs ?? Infinity) / 4) * rack.quarters, srttUs);
}

/** Returns how long a segment's ACK may still take by RACK, in µs; at 0 or less the segment is lost (§6.2 step 5). */
export const remainingUs = ({rack}: Connection, {sentUs}: Unacknowledged, windowUs: number, nowUs: number) =>
  rack.rttUs + windowUs - (nowUs - sentUs);

/**
 * Marks the segments that RACK considers lost, and returns their number and the longest time in µs for which others still have to be waited
 * for.
 */
export function detectLoss(turn: Turn): {losses: number; waitUs: number} {
  const {tcb, env} = turn;
  const {nowUs, settings} = env;
  const windowUs = reorderWindowUs(tcb, settings.rackDuplicates);
  let losses = 0;
  let waitUs = 0;
  retag(turn, (entry) => {
    const {tags, sending} = entry;
    const waits = has(entry, Tag.lost) && !has(entry, Tag.resent);
    if (has(entry, Tag.sacked) || waits || sending >= tcb.rack.newest) return tags;
    const leftUs = remainingUs(tcb, entry, windowUs, nowUs);
    if (leftUs > 0) {
      waitUs = Math.max(waitUs, leftUs);
      return tags;
    }
    losses += 1;
    return lostTags(tags);
  });
  return {losses, waitUs};
}

/** Marks lost segments after an ACK, by RACK; returns their number, and whether the timer now waits for other segments. */
export function markLost(turn: Turn): {losses: number; waits: boolean} {
  if (!turn.tcb.rack.moved) return {losses: 0, waits: false};
  updateRack(turn, {moved: false});
  const {losses, waitUs} = detectLoss(turn);
  if (waitUs > 0)
    armRepair(turn, 'reordering', {waitUs: waitUs + TIMER_SLACK_US, because: '8985:6.2/reordering/start'});
  return {losses, waits: waitUs > 0};
}

/**
 * Adapts RACK's reordering window at most once a round trip (§6.2 step 4): a D-SACK widens it. `deliveredBefore` is the number of segments
 * delivered when the newest acknowledged one was sent.
 */
export function adaptWindow(turn: Turn, deliveredBefore: number | undefined): void {
  const {rack} = turn.tcb;
  if (!turn.env.settings.rackAdapts || deliveredBefore === undefined) return;
  if (rack.duplicateSeen && deliveredBefore >= rack.widenedAt) {
    const quarters = Math.min(0xff, rack.quarters + 1);
    updateRack(turn, {quarters, duplicateSeen: false, widenedAt: rack.delivered, persists: PERSISTS});
  } else if (rack.duplicateSeen || (rack.persists === 0 && rack.quarters > 1)) {
    updateRack(turn, {duplicateSeen: false, quarters: rack.persists === 0 ? 1 : rack.quarters});
  }
}
