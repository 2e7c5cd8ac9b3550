import type { Connection } from './connection.ts';
import type { TcpSettings } from './settings.ts';
type RttEstimate = Pick<Connection, 'srttUs' | 'rttvarUs' | 'rtoUs'>;
/**
 * First sample: SRTT = R, RTTVAR = R/2 (§2.2). Later ones: RTTVAR = ¾·RTTVAR + ¼·|SRTT − R|, SRTT = ⅞·SRTT + ⅛·R (§2.3).
 * All in µs; the clock is exact, so that its granularity G is 1 µs.
 */
export declare function rttSample(old: RttEstimate, sampleUs: number, settings: TcpSettings): RttEstimate;
/**
 * §5.5: the time-out doubles, up to the maximum of §2.5. BSD's slop is added anew each time; `slopless`: there is none in the
 * time-out yet, as in that of the first SYN.
 */
export declare const backOff: (rtoUs: number, { maxRtoUs, rtoSlopUs }: TcpSettings, { slopless }?: {
    slopless?: boolean | undefined;
}) => number;
export {};
