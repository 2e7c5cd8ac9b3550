// When each frame of a capture left and arrived, worked out from when it was seen and how far the ends are.
import type {Side} from './connections.ts';
import type {FlightTimes} from './flight-times.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {type Bearing, bearingOf, Vantage} from './vantage.ts';

/** Which of the two times of a packet are guesses; one bit each. */
export const Guess = {departure: 1, arrival: 2} as const;

/** By packet, the first at index 0. */
export type Flights = {
  readonly departUs: Float64Array;
  readonly arriveUs: Float64Array;
  readonly estimated: Uint8Array;
};

type Seen = {
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
  readonly isIp: boolean;
};

type Bearings = ReadonlyMap<ObservedConnection, Bearing>;

const addressesOf = ({ends: [a, b]}: ObservedConnection) => [a.address, b.address] as const;

/** What is not known is taken to be seen when it leaves. */
const unknown: Bearing = {distanceUs: [0, 0], exact: [true, false]};

/** Of the sender, then of the receiver. */
const bearingFor = (seen: Seen, bearings: Bearings, vantage: Vantage): Bearing => {
  const {connection, side, from, to, isIp} = seen;
  const own = connection && bearings.get(connection);
  if (!isIp) return unknown;
  if (!own) return vantage.between([from, to]) ?? unknown;
  const {distanceUs, exact} = vantage.sharpened(addressesOf(connection), own);
  return side === 0
    ? {distanceUs, exact}
    : {distanceUs: [distanceUs[1], distanceUs[0]], exact: [exact[1], exact[0]]};
};

/** `host`: on which the capture was taken, where that can be told. */
export const flightsOf = (
  places: readonly Seen[],
  times: ReadonlyMap<ObservedConnection, FlightTimes>,
): {readonly flights: Flights; readonly host: string | undefined} => {
  const vantage = new Vantage();
  const bearings = new Map<ObservedConnection, Bearing>();
  for (const [connection, {rounds}] of times) {
    const [a, b] = addressesOf(connection);
    // On one machine there is no way, only programs that take their time.
    const bearing = a === b ? undefined : bearingOf(rounds);
    if (!bearing) continue;
    bearings.set(connection, bearing);
    vantage.hear([a, b], bearing);
  }
  const departUs = new Float64Array(places.length);
  const arriveUs = new Float64Array(places.length);
  const estimated = new Uint8Array(places.length);
  for (const [index, seen] of places.entries()) {
    const {distanceUs, exact} = bearingFor(seen, bearings, vantage);
    // Nothing leaves before the run begins.
    departUs[index] = Math.max(0, seen.atUs - distanceUs[0]);
    arriveUs[index] = seen.atUs + distanceUs[1];
    estimated[index] = (exact[0] ? 0 : Guess.departure) | (exact[1] ? 0 : Guess.arrival);
  }
  return {flights: {departUs, arriveUs, estimated}, host: vantage.host};
};
