// Proportional Rate Reduction: cwnd reaches ssthresh while the flight shrinks, in step with what arrives (RFC 9937), in segments.
import {ssthreshAfterLoss} from './congestion.ts';
import type {Connection} from './connection.ts';
import {segmentsInFlight, windowSegments} from './flight.ts';
import {type Turn, update} from './turn.ts';

/** Tells whether cwnd is on its way down. */
export const isReducing = ({episode}: Connection): boolean =>
  episode.state === 'recovery' || episode.state === 'cwr';

/** Begins a reduction of cwnd, with a lower ssthresh as its end. */
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

/** Sets cwnd for an ACK: the segments in flight, and those that the ACK lets out. */
export function reduce(turn: Turn, {delivered, losses, advances}: Delivery): void {
  const {reduction, mss, ssthresh} = turn.tcb;
  if (delivered <= 0 || reduction.from === 0) return;
  const inFlight = segmentsInFlight(turn.tcb);
  const threshold = Math.floor(ssthresh / mss);
  const arrived = reduction.delivered + delivered;
  const room = threshold - inFlight;
  // The slow start reduction bound: one more segment while the path loses nothing else.
  const clean = advances && losses === 0 ? 1 : 0;
  const proportional =
    room < 0
      ? Math.ceil((threshold * arrived) / reduction.from) - reduction.out
      : Math.min(room, Math.max(arrived - reduction.out, delivered) + clean);
  // A fast retransmit leaves in any case.
  const sends = Math.max(proportional, reduction.out > 0 ? 0 : 1);
  update(turn, {reduction: {...reduction, delivered: arrived}, cwnd: (inFlight + sends) * mss});
}

/** Counts the segments that were sent, new or again. */
export function noteOut(turn: Turn, sent: number): void {
  const {reduction} = turn.tcb;
  if (sent > 0 && isReducing(turn.tcb)) update(turn, {reduction: {...reduction, out: reduction.out + sent}});
}

/** Ends a reduction: cwnd is ssthresh, unless the reduction was undone. */
export function endReduction(turn: Turn): void {
  const {ssthresh, episode, undo} = turn.tcb;
  if (episode.state === 'cwr' || undo.marker !== undefined) update(turn, {cwnd: ssthresh});
}
