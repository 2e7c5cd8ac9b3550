// Tells whether cwnd limits the sender. Linux checks after each burst, for a round trip at a time (tcp_cwnd_validate): a cwnd that the
// program or the peer's window does not use does not grow, and shrinks after an RTO (RFC 2861). Sizes are in segments.
import {seqLe} from '../../wire/seq.ts';
import {firstSegments, usualSsthresh} from './congestion.ts';
import type {Connection} from './connection.ts';
import {changed} from './copied.ts';
import type {TcpSettings} from './settings.ts';

/** Tells whether cwnd may grow: it limited the sender in the last round trip, or in slow start it is below twice the segments in flight. */
export const isLimitedByCwnd = ({
  use,
  cwnd,
  ssthresh,
  mss,
}: Pick<Connection, 'use' | 'cwnd' | 'ssthresh' | 'mss'>): boolean =>
  use.limited || (cwnd < ssthresh && cwnd < 2 * use.most * mss);

type Burst = {readonly inFlight: number; readonly nowUs: number; readonly settings: TcpSettings};

/** Returns how far cwnd was used after a burst, and cwnd and ssthresh, which change if the program has not filled cwnd for an RTO. */
export function afterBurst(tcb: Connection, burst: Burst): Pick<Connection, 'use' | 'cwnd' | 'ssthresh'> {
  const {snd, mss, cwnd, ssthresh} = tcb;
  const {inFlight, nowUs} = burst;
  const full = inFlight * mss >= cwnd;
  const newRound = seqLe(tcb.use.roundEnd, snd.una);
  const counts = newRound || full || (!tcb.use.limited && inFlight > tcb.use.most);
  const use = counts ? {...tcb.use, limited: full, most: inFlight, roundEnd: snd.nxt} : tcb.use;
  if (isLimitedByCwnd({use, cwnd, ssthresh, mss}))
    return {use: {...use, used: 0, fullUs: nowUs}, cwnd, ssthresh};
  const starved = {...use, used: Math.max(use.used, inFlight)};
  return burst.settings.idleRestart !== 'off' && nowUs - use.fullUs >= tcb.rtoUs
    ? unfilled(changed(tcb, {use: starved}), burst)
    : {use: starved, cwnd, ssthresh};
}

/**
 * Returns cwnd moved half way to the part that the program used, and the ssthresh that remembers the old value (RFC 2861); both unchanged
 * during a recovery or if cwnd was used.
 */
function unfilled(tcb: Connection, {nowUs, settings}: Burst): Pick<Connection, 'use' | 'cwnd' | 'ssthresh'> {
  const {cwnd, mss} = tcb;
  const use = {...tcb.use, used: 0, fullUs: nowUs};
  const used = Math.max(tcb.use.used, firstSegments(mss, settings)) * mss;
  if (tcb.loss.phase !== 'none' || tcb.episode.state !== 'open' || used >= cwnd)
    return {use, cwnd, ssthresh: tcb.ssthresh};
  return {use, cwnd: Math.floor((cwnd + used) / mss / 2) * mss, ssthresh: usualSsthresh(tcb)};
}
