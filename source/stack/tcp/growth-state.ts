// The facts that a connection remembers of its window's growth: of HyStart, of CUBIC, of how much of it was used.
import type {Seq} from '../../wire/seq.ts';

export type Hystart = {
  readonly roundEnd: Seq;
  readonly roundUs: number;
  /** The end of the train of ACKs that arrived close to each other. */
  readonly trainUs: number;
  /** The smallest of the round's first samples, and the number of samples. */
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
  /** W_max in segments; 0 before the first loss. */
  readonly lastMax: number;
  /** The beginning of this stage of congestion avoidance (µs); undefined if the next ACK begins one. */
  readonly epochUs: number | undefined;
  /** The window at which the curve is flat, in segments, and the time until then (1/1024 s): K of §4.2. */
  readonly origin: number;
  readonly k: number;
  /** W_est of §4.3: the window that Reno would have, and the segments acknowledged towards its next one. */
  readonly reno: number;
  readonly acked: number;
  /** The number of acknowledged segments that make cwnd grow by one. */
  readonly perSegment: number;
  /** The cwnd of the last computation, and its time. */
  readonly askedCwnd: number;
  readonly askedUs: number;
  /** The smallest round-trip time; undefined if none was measured. */
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
  /** True if cwnd has been full in the round that ends at `roundEnd`; `most` is the most that was in flight in that round. */
  readonly limited: boolean;
  readonly most: number;
  readonly roundEnd: Seq;
  /** The most in flight since cwnd was last full, and the time of that. */
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
