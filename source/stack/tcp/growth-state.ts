// What a connection remembers of how its window grew: of HyStart, of CUBIC, of how far it was used.
import type {Seq} from '../../wire/seq.ts';

export type Hystart = {
  readonly roundEnd: Seq;
  readonly roundUs: number;
  /** The end of the train of ACKs that came close to each other. */
  readonly trainUs: number;
  /** Least of the round's first samples, and how many they were. */
  readonly leastUs: number;
  readonly samples: number;
  readonly found: boolean;
};

export const noHystart = (roundEnd: Seq, nowUs: number): Hystart => ({
  roundEnd,
  roundUs: nowUs,
  trainUs: nowUs,
  leastUs: Infinity,
  samples: 0,
  found: false,
});

export type Cubic = {
  /** W_max, in segments; 0: no loss yet. */
  readonly lastMax: number;
  /** When this stage of congestion avoidance began (µs); undefined: the next ACK begins one. */
  readonly epochUs: number | undefined;
  /** Where the curve is flat, in segments, and how long after the beginning (1/1024 s): K of §4.2. */
  readonly origin: number;
  readonly k: number;
  /** W_est of §4.3: what Reno would have, and the segments acknowledged on the way to its next one. */
  readonly reno: number;
  readonly acked: number;
  /** So many acknowledged segments make cwnd grow by one. */
  readonly perSegment: number;
  /** The cwnd that was asked about last, and when. */
  readonly askedCwnd: number;
  readonly askedUs: number;
  /** Least round-trip time; undefined: none measured. */
  readonly minRttUs: number | undefined;
  readonly hystart: Hystart;
};

export const noCubic = (iss: Seq, nowUs: number): Cubic => ({
  lastMax: 0,
  epochUs: undefined,
  origin: 0,
  k: 0,
  reno: 0,
  acked: 0,
  perSegment: 0,
  askedCwnd: 0,
  askedUs: 0,
  minRttUs: undefined,
  hystart: noHystart(iss, nowUs),
});

export type WindowUse = {
  /** cwnd has been full in the round that ends at `roundEnd`, or else the most that was in flight in it. */
  readonly limited: boolean;
  readonly most: number;
  readonly roundEnd: Seq;
  /** The most in flight since cwnd was full last, and when that was. */
  readonly used: number;
  readonly fullUs: number;
};

export const unusedWindow = (iss: Seq): WindowUse => ({
  limited: false,
  most: 0,
  roundEnd: iss,
  used: 0,
  fullUs: 0,
});
