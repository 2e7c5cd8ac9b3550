// The state of a sender that detects losses by time and undoes wrong reductions: RACK-TLP (RFC 8985), PRR (RFC 9937), F-RTO (RFC 5682),
// Eifel and D-SACK (RFC 3522, 3708). Sizes are in segments unless stated otherwise.
import type {Seq} from '../../wire/seq.ts';

/**
 * The state of the sender: no trouble; reordering; cwnd falls without a loss; lost segments are retransmitted; the same after a timeout.
 */
export type CongestionState = 'open' | 'disorder' | 'cwr' | 'recovery' | 'loss';

export type Episode = {
  readonly state: CongestionState;
  /** The value of SND.NXT at the beginning of the episode, which is over once this number is acknowledged. */
  readonly point: Seq;
  /** True if the timeout may have been premature (RFC 5682 §2.1). */
  readonly doubted: boolean;
};

/**
 * The numbers of segments in the queue that are SACKed, lost, and retransmitted without an answer yet. Without SACK, duplicate ACKs count
 * as SACKed segments.
 */
export type FlightCounts = {readonly sacked: number; readonly lost: number; readonly resent: number};

export type Rack = {
  /** The sending number of the arrived segment that was sent last, and its round-trip time (RFC 8985 §6.2 step 2). */
  readonly newest: number;
  readonly rttUs: number;
  /** True if `newest` moved, or if an undone reduction requires another check. */
  readonly moved: boolean;
  readonly minRttUs: number | undefined;
  /**
   * The largest distance of reordering in segments, but at least the number of duplicates that indicate a loss; and whether any reordering
   * was seen.
   */
  readonly degree: number;
  readonly reordered: boolean;
  /** The number of times that reordering was seen. */
  readonly reorderings: number;
  /**
   * The reordering window in quarters of the smallest round-trip time, and the number of recoveries for which it stays so (§6.2 step 4).
   */
  readonly quarters: number;
  readonly persists: number;
  readonly duplicateSeen: boolean;
  /** The total of delivered segments, and its value when the window was last widened. */
  readonly delivered: number;
  readonly widenedAt: number;
  /** The total of sendings of all segments. */
  readonly sendings: number;
  /** The total of retransmitted segments, and of those that D-SACKs have reported as needless. */
  readonly repeats: number;
  readonly needless: number;
};

/** A loss probe: `end` is SND.NXT when it was sent; `again` means that it repeated a segment (RFC 8985 §7.1). */
export type LossProbe = {readonly end: Seq; readonly again: boolean};

/** cwnd before the reduction, and prr_delivered and prr_out of RFC 9937. */
export type Reduction = {readonly from: number; readonly delivered: number; readonly out: number};

export type Undo = {
  /** SND.UNA when ssthresh fell; undefined if there is nothing to undo. */
  readonly marker: Seq | undefined;
  /** Retransmissions that no D-SACK has reported as needless; undefined before the first one. */
  readonly repeats: number | undefined;
  /** The timestamp of the first retransmission, in ticks. */
  readonly firstStamp: number | undefined;
  /** The previous ssthresh in octets; undefined if it must not be restored. */
  readonly ssthresh: number | undefined;
};

/** The deviations within a round trip, in µs of RTTVAR, and the end of that round trip. */
export type Spread = {readonly nowUs: number; readonly mostUs: number; readonly end: Seq};

export type RepairState = {
  readonly episode: Episode;
  readonly flight: FlightCounts;
  readonly rack: Rack;
  readonly probe: LossProbe | undefined;
  readonly reduction: Reduction;
  readonly undo: Undo;
  readonly spread: Spread;
  /** The number of times that the RTO has doubled since a round-trip time was measured. */
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
    // The SYN counts as delivered.
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
