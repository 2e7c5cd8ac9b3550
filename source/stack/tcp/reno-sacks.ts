// Duplicate ACKs without SACK: each says that some segment has arrived, but not which, so as many segments count as SACKed (RFC 6582, RFC
// 5681 §3.2).
import type {News} from './news.ts';
import {updateRack} from './rack.ts';
import {type Turn, update} from './turn.ts';

const setSacked = (turn: Turn, sacked: number): void => update(turn, {flight: {...turn.tcb.flight, sacked}});

/**
 * Limits the number of segments that count as SACKed because of duplicate ACKs: no more than are in flight and not lost. More duplicates
 * mean that segments arrived out of order, which is noted.
 */
function limit(turn: Turn, acked: number): void {
  const {retransmissionQueue, flight} = turn.tcb;
  const out = retransmissionQueue.length;
  const holes = Math.min(Math.max(flight.lost, 1), out);
  if (flight.sacked + holes <= out) return;
  setSacked(turn, out - holes);
  updateRack(turn, {
    reordered: true,
    reorderings: turn.tcb.rack.reorderings + 1,
    degree: Math.min(out + acked, 300),
  });
}

export const forgetDuplicates = (turn: Turn): void => {
  if (!turn.tcb.sackPermitted && turn.tcb.flight.sacked > 0) setSacked(turn, 0);
};

export function addDuplicate(turn: Turn, news: News): void {
  const before = turn.tcb.flight.sacked;
  setSacked(turn, before + 1);
  limit(turn, 0);
  news.delivered += Math.max(0, turn.tcb.flight.sacked - before);
}

/**
 * Corrects the number of segments that count as SACKed after an ACK of new data: one acknowledged segment was missing, the others had been
 * reported by duplicate ACKs.
 */
export function takeDuplicates(turn: Turn, news: News): void {
  const {sacked} = turn.tcb.flight;
  news.delivered += Math.max(news.taken - sacked, 1);
  setSacked(turn, Math.max(0, sacked - (news.taken - 1)));
  limit(turn, news.taken);
}
