// Tail loss probes: when no ACK has arrived for two round trips, the sender sends one segment, so that a SACK can show what is lost (RFC
// 8985 §7).
import {seqLt} from '../../wire/seq.ts';
import type {News} from './news.ts';
import {beginReduction, endReduction} from './prr.ts';
import {armRto} from './repair-timer.ts';
import {sendAgain} from './resend.ts';
import {sendProbe} from './sender.ts';
import {type Turn, update} from './turn.ts';
import {setState, settleState} from './undo.ts';

/**
 * Handles the timeout of a tail loss probe: sends new data if there are any, otherwise the last segment again (§7.3). At most one probe is
 * unanswered.
 */
export function probeTimeout(turn: Turn): void {
  armRto(turn, {because: '8985:8/rto/restart', inRow: !sendsProbe(turn)});
}

function sendsProbe(turn: Turn): boolean {
  const {probe, retransmissionQueue} = turn.tcb;
  if (probe !== undefined || retransmissionQueue.length === 0) return false;
  const isNew = sendProbe(turn, '8985:7.3/probe/new-data');
  const last = retransmissionQueue.length - 1;
  if (!isNew && !sendAgain(turn, last, '8985:7.3/probe/last-segment')) return false;
  update(turn, {probe: {end: turn.tcb.snd.nxt, again: !isNew}});
  return true;
}

/**
 * Handles an ACK that answers a tail loss probe. If the probe repaired a loss, cwnd is reduced, because no other event would have shown
 * that the path lost a segment (§7.4).
 */
export function answerProbe(turn: Turn, news: News): void {
  const {probe} = turn.tcb;
  const {ack} = news.segment;
  if (probe === undefined || seqLt(ack, probe.end)) return;
  if (!probe.again || news.duplicateOfProbe) update(turn, {probe: undefined});
  else if (seqLt(probe.end, ack)) {
    beginReduction(turn);
    setState(turn, 'cwr');
    endReduction(turn);
    settleState(turn);
  } else if (!news.newer && !news.sacks) update(turn, {probe: undefined});
}
