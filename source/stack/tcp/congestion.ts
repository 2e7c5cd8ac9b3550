// The congestion window: how it begins, grows and shrinks (RFC 5681 §3.1, §4.1; RFC 6928; RFC 3465; RFC 2861). Sizes are in bytes.
import {seqDiff} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';
import {afterLoss} from './cubic.ts';
import type {TcpSettings} from './settings.ts';

/** The initial ssthresh: "arbitrarily high" (RFC 5681 §3.1). */
export const HIGH_THRESHOLD = 0x7fff_ffff;

/** Returns FlightSize: bytes sent and not yet cumulatively acknowledged. */
export const flightSize = ({snd}: Pick<Connection, 'snd'>): number => seqDiff(snd.nxt, snd.una);

/** Returns the initial congestion window (IW) in bytes (RFC 5681 §3.1, RFC 6928 §2). */
export function initialCwnd(mss: number, {initialWindow}: TcpSettings): number {
  if (initialWindow === 'ten-segments') return 10 * mss;
  if (initialWindow === 'rfc6928') return Math.min(10 * mss, Math.max(2 * mss, 14_600));
  if (mss > 2190) return 2 * mss;
  return mss > 1095 ? 3 * mss : 4 * mss;
}

/** Returns half of the bytes in flight, but at least two segments: ssthresh after a loss (RFC 5681 §3.1, equation 4). */
export const halved = (flightBytes: number, mss: number): number =>
  Math.max(Math.floor(flightBytes / 2), 2 * mss);

/**
 * Returns ssthresh after a loss, and CUBIC's state, where cwnd is counted in segments. ssthresh is half of the segments (RFC 5681), or
 * seven tenths with CUBIC.
 */
export function ssthreshAfterLoss(
  tcb: Connection,
  settings: TcpSettings,
): Pick<Connection, 'ssthresh' | 'cubic'> {
  if (settings.congestion === 'cubic') return afterLoss(tcb);
  const window = Math.floor(tcb.cwnd / tcb.mss);
  return {ssthresh: Math.max(Math.floor(window / 2), 2) * tcb.mss, cubic: tcb.cubic};
}

type Growth = Pick<Connection, 'cwnd' | 'cwndCredit'>;

/**
 * Returns cwnd after an ACK of `ackedBytes` new bytes; `before` is the connection at its arrival. The window only grows while it limits
 * the sender, because an unfilled one says nothing about the path.
 */
export function grow(before: Connection, ackedBytes: number, settings: TcpSettings): Growth {
  const {cwnd, ssthresh, cwndCredit, mss} = before;
  const flight = flightSize(before);
  if (cwnd >= ssthresh) {
    return flight > cwnd - mss ? avoid({cwnd, cwndCredit: cwndCredit + ackedBytes}, mss) : {cwnd, cwndCredit};
  }
  if (cwnd >= 2 * flight) return {cwnd, cwndCredit};
  // After a timeout an ACK may cover data that arrived long ago, so L = 1 (RFC 3465 §2.3).
  const limit = before.loss.phase === 'timeout' ? 1 : settings.ackCountingLimit;
  const most = limit === 'all' ? ackedBytes : Math.min(ackedBytes, limit * mss);
  const slow = Math.min(most, ssthresh - cwnd);
  return avoid({cwnd: cwnd + slow, cwndCredit: cwndCredit + most - slow}, mss);
}

/** Congestion avoidance: grows by one segment for each window of acknowledged bytes (RFC 5681 §3.1, RFC 3465 §2.1). */
const avoid = ({cwnd, cwndCredit}: Growth, mss: number): Growth =>
  cwndCredit >= cwnd ? {cwnd: cwnd + mss, cwndCredit: cwndCredit - cwnd} : {cwnd, cwndCredit};

/** Returns the initial congestion window in whole segments. */
export const firstSegments = (mss: number, settings: TcpSettings): number =>
  Math.floor(initialCwnd(mss, settings) / mss);

/**
 * Returns ssthresh when cwnd falls although nothing was lost: three quarters of cwnd, which are known to have worked, or the old ssthresh
 * if that is larger (RFC 2861).
 */
export const usualSsthresh = ({cwnd, ssthresh, mss}: Connection): number => {
  const window = Math.floor(cwnd / mss);
  return Math.max(ssthresh, (Math.floor(window / 2) + Math.floor(window / 4)) * mss);
};

/** Returns the cwnd for a SEND. After an idle time of more than one RTO it is reduced as `idleRestart` of the settings says. */
export function cwndAfterIdle(tcb: Connection, nowUs: number, settings: TcpSettings): number {
  const {cwnd, mss, rtoUs, lastDataUs} = tcb;
  if (settings.idleRestart === 'off' || lastDataUs === undefined || flightSize(tcb) > 0) return cwnd;
  let idleUs = nowUs - lastDataUs;
  const restart = Math.min(cwnd, initialCwnd(mss, settings));
  if (idleUs <= rtoUs) return cwnd;
  if (settings.idleRestart === 'initial-window') return restart;
  const unit = settings.cwndCounts === 'segments' ? mss : 1;
  let window = cwnd;
  for (; idleUs > rtoUs && window > restart; idleUs -= rtoUs) window = Math.floor(window / unit / 2) * unit;
  return Math.max(window, restart);
}
