// The state by which cwnd grows where it is counted in segments: that of HyStart and of CUBIC, and how much of cwnd was used.
import type {Seq} from '../../wire/seq.ts';

export type Hystart = {
  readonly roundEnd: Seq;
  readonly roundUs: number;
  /** The time of the last ACK in the round's train, that is, of ACKs that arrived close to each other from its beginning. */
  readonly trainUs: number;
  /** The smallest of the first round-trip times measured in this round, in µs, and the number of these samples. */
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
  /** CUBIC's W_max, the window at the last loss, in segments; 0 before the first loss. */
  readonly lastMax: number;
  /** The time at which this stage of congestion avoidance began, in µs; undefined if the next ACK begins one. */
  readonly epochUs: number | undefined;
  /**
   * `origin` is the window in segments at which CUBIC's curve is flat, `k` the time from the stage's beginning until then in 1/1024 s: K of
   * §4.2.
   */
  readonly origin: number;
  readonly k: number;
  /**
   * `reno` is W_est of §4.3, the window that Reno would have, in segments; `acked` counts the segments acknowledged towards its next
   * increase.
   */
  readonly reno: number;
  readonly acked: number;
  /** The number of acknowledged segments that make cwnd grow by one. */
  readonly perSegment: number;
  /** The cwnd in segments for which CUBIC last computed its growth, and the time of that. */
  readonly askedCwnd: number;
  readonly askedUs: number;
  /** The smallest round-trip time of the connection in µs; undefined if none was measured. */
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
  /**
   * `limited` is true if cwnd has been full in the round that ends when `roundEnd` is acknowledged; `most` is the most segments that were
   * in flight in that round.
   */
  readonly limited: boolean;
  readonly most: number;
  readonly roundEnd: Seq;
  /** `used` is the most segments in flight since cwnd was last full, `fullUs` the time at which it was full. */
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
