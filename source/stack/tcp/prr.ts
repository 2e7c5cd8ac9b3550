// Proportional Rate Reduction (PRR): cwnd falls to ssthresh step by step, in proportion to the segments that arrive (RFC 9937), counted in
// segments.
import {ssthreshAfterLoss} from './congestion.ts';
import type {Connection} from './connection.ts';
import {segmentsInFlight, windowSegments} from './flight.ts';
import {type Turn, update} from './turn.ts';

/** Tells whether PRR is reducing cwnd, in a loss recovery or after an ECN echo. */
export const isReducing = ({episode}: Connection): boolean =>
  episode.state === 'recovery' || episode.state === 'cwr';

/** Begins a reduction of cwnd down to a lower ssthresh. */
export function beginReduction(turn: Turn): void {
  const {tcb, env} = turn;
  update(turn, {
    ...ssthreshAfterLoss(tcb, env.settings),
    cwndCredit: 0,
    reduction: {from: windowSegments(tcb), delivered: 0, out: 0},
    episode: {...tcb.episode, point: tcb.snd.nxt},
    probe: undefined,
    marks: {...tcb.marks, cwrDue: tcb.ecnOn},
  });
}

type Delivery = {readonly delivered: number; readonly losses: number; readonly advances: boolean};

/** Sets cwnd after an ACK during a reduction: the segments in flight plus those that the ACK permits to be sent. */
export function reduce(turn: Turn, {delivered, losses, advances}: Delivery): void {
  const {reduction, mss, ssthresh} = turn.tcb;
  if (delivered <= 0 || reduction.from === 0) return;
  const inFlight = segmentsInFlight(turn.tcb);
  const threshold = Math.floor(ssthresh / mss);
  const arrived = reduction.delivered + delivered;
  const room = threshold - inFlight;
  // PRR's slow start reduction bound: one more segment is sent if the ACK acknowledges new data and shows no loss.
  const clean = advances && losses === 0 ? 1 : 0;
  const proportional =
    room < 0
      ? Math.ceil((threshold * arrived) / reduction.from) - reduction.out
      : Math.min(room, Math.max(arrived - reduction.out, delivered) + clean);
  // PRR permits at least one segment at the beginning of a recovery, the fast retransmit.
  const sends = Math.max(proportional, reduction.out > 0 ? 0 : 1);
  update(turn, {reduction: {...reduction, delivered: arrived}, cwnd: (inFlight + sends) * mss});
}

/** Counts segments that were sent during a reduction of cwnd, new or again (prr_out). */
export function noteOut(turn: Turn, sent: number): void {
  const {reduction} = turn.tcb;
  if (sent > 0 && isReducing(turn.tcb)) update(turn, {reduction: {...reduction, out: reduction.out + sent}});
}

/** Ends a reduction of cwnd: cwnd becomes ssthresh, unless the reduction was undone. */
export function endReduction(turn: Turn): void {
  const {ssthresh, episode, undo} = turn.tcb;
  if (episode.state === 'cwr' || undo.marker !== undefined) update(turn, {cwnd: ssthresh});
}
