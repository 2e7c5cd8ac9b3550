// What a sender remembers that finds losses by time and undoes what it finds wrong: RACK-TLP (RFC 8985), PRR (RFC 9937), F-RTO
// (RFC 5682), Eifel and D-SACK (RFC 3522, 3708). Where nothing is set otherwise, sizes are in segments.
import type {Seq} from '../../wire/seq.ts';

/** All is well; out of order; cwnd falls without a loss; what is lost goes again; so it does after a time-out. */
export type CongestionState = 'open' | 'disorder' | 'cwr' | 'recovery' | 'loss';

export type Episode = {
  readonly state: CongestionState;
  /** SND.NXT when it began: once that is acknowledged, it is over. */
  readonly point: Seq;
  /** The time-out may have been premature (RFC 5682 §2.1). */
  readonly doubted: boolean;
};

/** Of the segments in the queue: SACKed, lost, sent again and not heard of since. Without SACK duplicate ACKs count as SACKed. */
export type FlightCounts = {readonly sacked: number; readonly lost: number; readonly resent: number};

export type Rack = {
  /** Of all segments known to have arrived the one that left last, and its round trip (RFC 8985 §6.2 step 2). */
  readonly newest: number;
  readonly rttUs: number;
  /** It moved, or an undoing asks for another look. */
  readonly moved: boolean;
  readonly minRttUs: number | undefined;
  /** How far apart segments have arrived out of order, at least the duplicates that mean a loss; and whether any have. */
  readonly degree: number;
  readonly reordered: boolean;
  /** How often any have. */
  readonly reorderings: number;
  /** The reordering window in quarters of the least round trip, and for how many recoveries it stays so (§6.2 step 4). */
  readonly quarters: number;
  readonly persists: number;
  readonly duplicateSeen: boolean;
  /** Segments delivered in all, and when the window was widened last, in them. */
  readonly delivered: number;
  readonly widenedAt: number;
  /** Sendings of all segments. */
  readonly sendings: number;
  /** Segments sent again in all, and how many of them D-SACKs have said to be needless. */
  readonly repeats: number;
  readonly needless: number;
};

/** A loss probe: SND.NXT when it left; `again`: it repeated a segment (RFC 8985 §7.1). */
export type LossProbe = {readonly end: Seq; readonly again: boolean};

/** cwnd before it, prr_delivered, prr_out of RFC 9937. */
export type Reduction = {readonly from: number; readonly delivered: number; readonly out: number};

export type Undo = {
  /** SND.UNA when ssthresh fell; undefined: nothing to undo. */
  readonly marker: Seq | undefined;
  /** Repetitions that no D-SACK has called needless; undefined: none has left yet. */
  readonly repeats: number | undefined;
  /** The timestamp of the first repetition, in ticks. */
  readonly firstStamp: number | undefined;
  /** What it was, in octets; undefined: it must not come back. */
  readonly ssthresh: number | undefined;
};

/** Deviations within a round trip, in µs of RTTVAR, and the end of that round trip. */
export type Spread = {readonly nowUs: number; readonly mostUs: number; readonly end: Seq};

export type RepairState = {
  readonly episode: Episode;
  readonly flight: FlightCounts;
  readonly rack: Rack;
  readonly probe: LossProbe | undefined;
  readonly reduction: Reduction;
  readonly undo: Undo;
  readonly spread: Spread;
  /** How often RTO has doubled since a round trip was measured. */
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
    // The SYN.
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
