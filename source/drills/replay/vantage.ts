// The place of the capture on the path, and the length of the path, as numbers that a run needs even if nothing is known. They are measured
// in observe/flight-times.ts and interpreted in observe/vantage.ts.
import {FlightTimes} from '../../observe/flight-times.ts';
import {bearingOf} from '../../observe/vantage.ts';
import {seq} from '../../wire/seq.ts';
import type {SeenConnection} from './seen.ts';

export type Vantage = {
  /** The time from the capture point to each end, in µs. */
  readonly distanceUs: readonly [number, number];
  /** The time of one way between the two ends. */
  readonly delayUs: number;
  /** True if nothing came back, so that the delay is a guess. */
  readonly guessed: boolean;
};

/** The delay if nobody answers, when any length of the path would do. */
const guessUs = 10_000;

export const vantageOf = ({segments}: SeenConnection): Vantage => {
  const times = new FlightTimes();
  for (const {side, atUs, seq: number, ack, flags, length} of segments)
    times.take(side, {atUs, seq: seq(number), ack: seq(ack ?? 0), flags, length});
  const [toClient, toServer] = times.rounds;
  if (toServer === undefined) return {distanceUs: [0, guessUs], delayUs: guessUs, guessed: true};
  // Even a way so short that only programs take time needs a delay, because it has to be simulated.
  const {distanceUs} = bearingOf(times.rounds) ?? {
    distanceUs: [Math.floor((toClient ?? 0) / 2), Math.floor(toServer / 2)],
  };
  const delayUs = Math.max(1, distanceUs[0] + distanceUs[1]);
  return {distanceUs: [distanceUs[0], delayUs - distanceUs[0]], delayUs, guessed: false};
};

/** Tells whether an end is so far from the capture point that the path's variations count. */
export const isFar = ({distanceUs, delayUs, guessed}: Vantage, side: 0 | 1): boolean =>
  !guessed && 4 * distanceUs[side] >= delayUs;
