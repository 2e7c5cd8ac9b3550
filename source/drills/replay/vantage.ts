// Places the capture point on the path and estimates the path's delay, with a guess if nothing is known, because a simulation needs
// numbers. observe/flight-times.ts measures them, observe/vantage.ts interprets them.
import {FlightTimes} from '../../observe/flight-times.ts';
import {bearingOf} from '../../observe/vantage.ts';
import {seq} from '../../wire/seq.ts';
import type {SeenConnection} from './seen.ts';

export type Vantage = {
  /** The time in µs that a segment takes from the capture point to each end. */
  readonly distanceUs: readonly [number, number];
  /** The one-way delay between the two ends in µs. */
  readonly delayUs: number;
  /** True if the other end never answered, so that the delay is a guess. */
  readonly guessed: boolean;
};

/** The delay in µs that is assumed if nobody answers; the capture is then as likely with any other. */
const guessUs = 10_000;

export const vantageOf = ({segments}: SeenConnection): Vantage => {
  const times = new FlightTimes();
  for (const {side, atUs, seq: number, ack, flags, length} of segments)
    times.take(side, {atUs, seq: seq(number), ack: seq(ack ?? 0), flags, length});
  const [toClient, toServer] = times.rounds;
  if (toServer === undefined) return {distanceUs: [0, guessUs], delayUs: guessUs, guessed: true};
  // The path gets a delay of at least 1 µs, even if only programs took time in the capture, because a simulation needs one.
  const {distanceUs} = bearingOf(times.rounds) ?? {
    distanceUs: [Math.floor((toClient ?? 0) / 2), Math.floor(toServer / 2)],
  };
  const delayUs = Math.max(1, distanceUs[0] + distanceUs[1]);
  return {distanceUs: [distanceUs[0], delayUs - distanceUs[0]], delayUs, guessed: false};
};

/** Tells whether an end is at least a quarter of the path away from the capture point, so that the path's varying delay counts. */
export const isFar = ({distanceUs, delayUs, guessed}: Vantage, side: 0 | 1): boolean =>
  !guessed && 4 * distanceUs[side] >= delayUs;
