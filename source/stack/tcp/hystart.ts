// HyStart as in Linux's CUBIC: slow start ends before the queue is full, when the ACKs of a round stretch over half of the smallest
// round-trip time or when that time grows (Ha and Rhee 2011; RFC 9406 is its successor).
import type {Seq} from '../../wire/seq.ts';
import {seqLt} from '../../wire/seq.ts';
import {type Hystart, noHystart} from './growth-state.ts';

/** The cwnd in segments below which HyStart is not used. */
const LOW_WINDOW = 16;
const SAMPLES = 8;
const TRAIN_GAP_US = 2000;
/** The delay that the sender itself may add to the length of an ACK train, in µs; the kernel allows at most a millisecond. */
const SENDER_DELAY_US = 1000;
const LEAST_GROWTH_US = 4000;
const MOST_GROWTH_US = 16_000;

type Heard = {
  readonly una: Seq;
  readonly nxt: Seq;
  /** cwnd in segments. */
  readonly window: number;
  readonly rttUs: number;
  /** The smallest round-trip time, this sample included. */
  readonly minRttUs: number;
  readonly nowUs: number;
};

/** Returns HyStart's state after an ACK in slow start that measures a round trip. */
export function heard(before: Hystart, {una, nxt, window, rttUs, minRttUs, nowUs}: Heard): Hystart {
  const round = seqLt(before.roundEnd, una) ? noHystart(nxt, nowUs) : before;
  if (window < LOW_WINDOW) return round;
  const inTrain = nowUs - round.trainUs <= TRAIN_GAP_US;
  const stretched = inTrain && nowUs - round.roundUs > (minRttUs + SENDER_DELAY_US) / 2;
  const leastUs = Math.min(round.leastUs, rttUs);
  const sampled = round.samples >= SAMPLES;
  const growthUs = Math.min(Math.max(minRttUs / 8, LEAST_GROWTH_US), MOST_GROWTH_US);
  const slower = sampled && leastUs > minRttUs + growthUs;
  return {
    ...round,
    trainUs: inTrain ? nowUs : round.trainUs,
    leastUs,
    samples: sampled ? round.samples : round.samples + 1,
    found: stretched || slower,
  };
}
