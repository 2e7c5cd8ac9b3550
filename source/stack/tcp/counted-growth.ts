// The growth of cwnd where it is counted in whole segments, as in Linux: slow start by as many segments as an ACK delivers (RFC 3465
// without limit), then one segment per window (Reno) or CUBIC's curve.
import type {Connection} from './connection.ts';
import {updated} from './cubic.ts';
import {heard} from './hystart.ts';
import type {TcpSettings} from './settings.ts';
import {isLimitedByCwnd} from './window-use.ts';

type Ack = {
  /**
   * The number of segments that the ACK delivers, and the round-trip time of the newest one that was sent only once (undefined if there is
   * none).
   */
  readonly acked: number;
  readonly rttUs: number | undefined;
  readonly nowUs: number;
  readonly settings: TcpSettings;
};

type Grown = Pick<Connection, 'cwnd' | 'cwndCredit' | 'ssthresh' | 'cubic'>;

const grownAs = ({cwnd, cwndCredit, ssthresh, cubic}: Connection): Grown => ({
  cwnd,
  cwndCredit,
  ssthresh,
  cubic,
});

/**
 * Returns cwnd, ssthresh and CUBIC's state after an ACK of new data while nothing reduces cwnd. `tcb` is the connection after the ACK,
 * except for cwnd.
 */
export function grownBy(tcb: Connection, ack: Ack): Grown {
  const {use, mss} = tcb;
  const measured = ack.settings.congestion === 'cubic' ? withSample(tcb, ack) : grownAs(tcb);
  const {cwnd, ssthresh} = measured;
  if (ack.acked === 0 || !isLimitedByCwnd({use, cwnd, ssthresh, mss})) return measured;
  const slow = Math.max(0, Math.min(ack.acked, (ssthresh - cwnd) / mss));
  const started = {...measured, cwnd: cwnd + slow * mss};
  return slow === ack.acked ? started : avoiding(started, mss, {...ack, acked: ack.acked - slow});
}

/**
 * Returns cwnd after an ACK in congestion avoidance: one segment more for each `perSegment` (CUBIC) or each window (Reno) of
 * acknowledged ones (tcp_cong_avoid_ai).
 */
function avoiding(grown: Grown, mss: number, {acked, nowUs, settings}: Ack): Grown {
  const {cwnd, cwndCredit, ssthresh} = grown;
  const window = Math.floor(cwnd / mss);
  const cubic = settings.congestion === 'cubic' ? updated(grown.cubic, window, {acked, nowUs}) : grown.cubic;
  const per = settings.congestion === 'cubic' ? cubic.perSegment : window;
  // Acknowledgments that were counted towards a larger window make cwnd grow by one segment at most.
  const kept = cwndCredit / mss;
  const [base, count] = kept >= per ? [window + 1, acked] : [window, kept + acked];
  const more = Math.floor(count / per);
  return {cwnd: (base + more) * mss, cwndCredit: (count - more * per) * mss, ssthresh, cubic};
}

/** Returns the state with a sample of the round-trip time, which updates the smallest round-trip time and may end slow start (HyStart). */
function withSample(tcb: Connection, {rttUs, nowUs}: Ack): Grown {
  const {cubic, cwnd, cwndCredit, ssthresh, mss} = tcb;
  if (rttUs === undefined) return grownAs(tcb);
  // Samples in the first second of a stage of congestion avoidance are ignored, because they come right after a recovery.
  if (cubic.epochUs !== undefined && nowUs - cubic.epochUs < SECOND_US) return grownAs(tcb);
  const minRttUs = Math.min(cubic.minRttUs ?? Infinity, Math.max(rttUs, 1));
  if (cubic.hystart.found || cwnd >= ssthresh) return {...grownAs(tcb), cubic: {...cubic, minRttUs}};
  const window = Math.floor(cwnd / mss);
  const {una, nxt} = tcb.snd;
  const hystart = heard(cubic.hystart, {una, nxt, window, rttUs, minRttUs, nowUs});
  return {
    cwnd,
    cwndCredit,
    ssthresh: hystart.found ? cwnd : ssthresh,
    cubic: {...cubic, minRttUs, hystart},
  };
}

const SECOND_US = 1_000_000;
