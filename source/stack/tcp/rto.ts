// The retransmission timeout (RFC 6298): smoothed round-trip time, its variation, limits, back-off.
import type {Connection} from './connection.ts';
import type {TcpSettings} from './settings.ts';

type RttEstimate = Pick<Connection, 'srttUs' | 'rttvarUs' | 'rtoUs'>;

/**
 * Returns SRTT, RTTVAR and RTO after a sample. First sample: SRTT = R, RTTVAR = R/2 (§2.2). Later samples: RTTVAR = ¾·RTTVAR + ¼·|SRTT −
 * R|, SRTT = ⅞·SRTT + ⅛·R (§2.3). All values are in µs; the clock is exact, so its granularity G is 1 µs.
 */
export function rttSample(old: RttEstimate, sampleUs: number, settings: TcpSettings): RttEstimate {
  const first = old.srttUs === undefined || old.rttvarUs === undefined;
  const rttvarUs = first
    ? Math.round(sampleUs / 2)
    : Math.round((3 * (old.rttvarUs ?? 0) + Math.abs((old.srttUs ?? 0) - sampleUs)) / 4);
  const srttUs = first ? sampleUs : Math.round((7 * (old.srttUs ?? 0) + sampleUs) / 8);
  return {srttUs, rttvarUs, rtoUs: rtoOf(srttUs, rttvarUs, settings)};
}

/** Returns the RTO for these values of SRTT and RTTVAR, in µs, without back-off. */
export function rtoOf(srttUs: number, rttvarUs: number, settings: TcpSettings): number {
  const floorUs = settings.minRtoAppliesTo === 'variance' ? settings.minRtoUs : 1;
  const rtoUs = srttUs + Math.max(floorUs, 4 * rttvarUs) + settings.rtoSlopUs;
  return Math.min(Math.max(rtoUs, settings.minRtoUs), settings.maxRtoUs);
}

/**
 * §5.5: doubles the timeout, up to the maximum of §2.5. BSD's slop is added anew each time; `slopless` means that the timeout contains none
 * yet, like that of the first SYN.
 */
export const backOff = (rtoUs: number, {maxRtoUs, rtoSlopUs}: TcpSettings, {slopless = false} = {}): number =>
  Math.min(2 * rtoUs + (slopless ? rtoSlopUs : -rtoSlopUs), maxRtoUs);
