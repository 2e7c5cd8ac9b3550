// The state of a sender that detects losses by time and undoes wrong reductions: RACK-TLP (RFC 8985), PRR (RFC 9937), F-RTO (RFC 5682),
// Eifel and D-SACK (RFC 3522, 3708). Sizes are in segments unless stated otherwise.
import type {Seq} from '../../wire/seq.ts';

/**
 * The congestion state of a sender. `open`: no trouble; `disorder`: reordering; `cwr`: cwnd falls without a loss; `recovery`: lost segments
 * are retransmitted; `loss`: the same after a timeout.
 */
export type CongestionState = 'open' | 'disorder' | 'cwr' | 'recovery' | 'loss';

export type Episode = {
  readonly state: CongestionState;
  /** SND.NXT at the beginning of the episode of recovery, which ends once this number is acknowledged. */
  readonly point: Seq;
  /** True while it is in doubt whether the retransmission timeout was premature (F-RTO, RFC 5682 §2.1). */
  readonly doubted: boolean;
};

/**
 * The numbers of segments on the retransmission queue that are SACKed, lost, and retransmitted without an answer yet. Without SACK,
 * duplicate ACKs count as SACKed segments.
 */
export type FlightCounts = {readonly sacked: number; readonly lost: number; readonly resent: number};

export type Rack = {
  /**
   * `newest` is the ordinal number of the latest transmission that is known to have arrived, `rttUs` its round-trip time (RFC 8985 §6.2
   * step 2).
   */
  readonly newest: number;
  readonly rttUs: number;
  /** True if losses have to be looked for, because `newest` has changed or a reduction was undone. */
  readonly moved: boolean;
  readonly minRttUs: number | undefined;
  /**
   * `degree` is the largest distance in segments by which segments were reordered, at least the number of duplicates that indicate a loss;
   * `reordered` is true if any reordering was seen.
   */
  readonly degree: number;
  readonly reordered: boolean;
  /** The number of times that the sender saw its segments reordered. */
  readonly reorderings: number;
  /**
   * `quarters` is RACK's reordering window in quarters of the smallest round-trip time, `persists` the number of recoveries for which it
   * stays so wide (§6.2 step 4).
   */
  readonly quarters: number;
  readonly persists: number;
  readonly duplicateSeen: boolean;
  /** `delivered` is the number of segments delivered so far, `widenedAt` its value when RACK's reordering window was last widened. */
  readonly delivered: number;
  readonly widenedAt: number;
  /** The number of transmissions so far, those of retransmitted segments included. */
  readonly sendings: number;
  /** `repeats` is the number of retransmissions so far, `needless` how many of them D-SACKs have reported as unnecessary. */
  readonly repeats: number;
  readonly needless: number;
};

/**
 * A tail loss probe: `end` is SND.NXT when it was sent; `again` is true if it repeated a segment rather than sent new data (RFC 8985 §7.1).
 */
export type LossProbe = {readonly end: Seq; readonly again: boolean};

/** The state of PRR: `from` is cwnd before the reduction in segments, `delivered` and `out` are prr_delivered and prr_out of RFC 9937. */
export type Reduction = {readonly from: number; readonly delivered: number; readonly out: number};

export type Undo = {
  /** SND.UNA when ssthresh was reduced; undefined if there is no reduction to undo. */
  readonly marker: Seq | undefined;
  /**
   * The number of retransmissions that no D-SACK has reported as needless; undefined before the first one. At 0 the reduction of cwnd can
   * be undone.
   */
  readonly repeats: number | undefined;
  /** The timestamp of the first retransmission, in ticks; undefined if there was none. */
  readonly firstStamp: number | undefined;
  /** The ssthresh before the reduction, in octets; undefined if it must not be restored. */
  readonly ssthresh: number | undefined;
};

/**
 * The deviations of the round-trip time, in µs of RTTVAR: at present (`nowUs`) and the largest in this round trip (`mostUs`), which ends
 * when `end` is acknowledged.
 */
export type Spread = {readonly nowUs: number; readonly mostUs: number; readonly end: Seq};

export type RepairState = {
  readonly episode: Episode;
  readonly flight: FlightCounts;
  readonly rack: Rack;
  readonly probe: LossProbe | undefined;
  readonly reduction: Reduction;
  readonly undo: Undo;
  readonly spread: Spread;
  /** The number of times that the RTO has doubled since the last sample of the round-trip time. */
  readonly backoff: number;
};

const noUndo: Undo = {
  marker: undefined,
  repeats: undefined,
  firstStamp: undefined,
  ssthresh: undefined,
};

export const noRepair = (iss: Seq, degree: number): RepairState => ({
  episode: {state: 'open', point: iss, doubted: false},
  flight: {sacked: 0, lost: 0, resent: 0},
  rack: {
    newest: 0,
    rttUs: 0,
    moved: false,
    minRttUs: undefined,
    degree,
    reordered: false,
    reorderings: 0,
    quarters: 1,
    persists: 0,
    duplicateSeen: false,
    // The segment with the SYN counts as delivered.
    delivered: 1,
    widenedAt: 0,
    sendings: 0,
    repeats: 0,
    needless: 0,
  },
  probe: undefined,
  reduction: {from: 0, delivered: 0, out: 0},
  undo: noUndo,
  spread: {nowUs: 0, mostUs: 0, end: iss},
  backoff: 0,
});
