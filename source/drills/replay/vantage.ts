// Where on the path a capture was made, and how long the path is, as a run needs it: numbers, also where nothing can be told. How they
// are measured: observe/flight-times.ts; what is made of that: observe/vantage.ts.
import {FlightTimes} from '../../observe/flight-times.ts';
import {bearingOf} from '../../observe/vantage.ts';
import {seq} from '../../wire/seq.ts';
import type {SeenConnection} from './seen.ts';

export type Vantage = {
  /** From the capture point to each end, in µs. */
  readonly distanceUs: readonly [number, number];
  /** One way between the two ends. */
  readonly delayUs: number;
  /** Nothing came back: the delay is a guess. */
  readonly guessed: boolean;
};

/** Where nobody answers, any length of the path would do. */
const guessUs = 10_000;

export const vantageOf = ({segments}: SeenConnection): Vantage => {
  const times = new FlightTimes();
  for (const {side, atUs, seq: number, ack, flags, length} of segments)
    times.take(side, {atUs, seq: seq(number), ack: seq(ack ?? 0), flags, length});
  const [toClient, toServer] = times.rounds;
  if (toServer === undefined) return {distanceUs: [0, guessUs], delayUs: guessUs, guessed: true};
  // So short a way that only programs take time is a way all the same: something has to be simulated.
  const {distanceUs} = bearingOf(times.rounds) ?? {
    distanceUs: [Math.floor((toClient ?? 0) / 2), Math.floor(toServer / 2)],
  };
  const delayUs = Math.max(1, distanceUs[0] + distanceUs[1]);
  return {distanceUs: [distanceUs[0], delayUs - distanceUs[0]], delayUs, guessed: false};
};

/** So far from the capture point that what the path adds there counts. */
export const isFar = ({distanceUs, delayUs, guessed}: Vantage, side: 0 | 1): boolean =>
  !guessed && 4 * distanceUs[side] >= delayUs;
