// When each frame of a capture left and arrived, worked out from when it was seen and how far the ends are.
import type {Side} from './connections.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {type Bearing, bearingOf, Vantage} from './vantage.ts';

/** Which of the two times of a packet are guesses; `untimed`: not even that, nothing tells when it was. One bit each. */
export const Guess = {departure: 1, arrival: 2, untimed: 4} as const;

/** By packet, the first at index 0. */
export type Flights = {
  /** From the first frame on: what had left when the capture began is below 0. */
  readonly departUs: Float64Array;
  /** NaN: it is meant for many, and arrives at no one time. */
  readonly arriveUs: Float64Array;
  /** `Guess` */
  readonly guesses: Uint8Array;
};

type Seen = {
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
  readonly isIp: boolean;
  readonly forMany: boolean;
};

type Bearings = ReadonlyMap<ObservedConnection, Bearing>;

const addressesOf = ({ends: [a, b]}: ObservedConnection) => [a.address, b.address] as const;

/** Of the sender, then of the receiver; undefined: how far they are nobody knows. */
const bearingFor = (seen: Seen, bearings: Bearings, vantage: Vantage): Bearing | undefined => {
  const {connection, side, from, to, isIp, forMany} = seen;
  const own = connection && bearings.get(connection);
  if (!isIp || forMany) return undefined;
  if (!own) return vantage.between([from, to]);
  const {distanceUs, exact} = vantage.sharpened(addressesOf(connection), own);
  return side === 0
    ? {distanceUs, exact}
    : {distanceUs: [distanceUs[1], distanceUs[0]], exact: [exact[1], exact[0]]};
};

/** `host`: on which the capture was taken, where that can be told. */
export const flightsOf = (
  places: readonly Seen[],
  connections: readonly ObservedConnection[],
): {readonly flights: Flights; readonly host: string | undefined} => {
  const vantage = new Vantage();
  const bearings = new Map<ObservedConnection, Bearing>();
  for (const connection of connections) {
    const [a, b] = addressesOf(connection);
    // On one machine there is no way, only programs that take their time.
    const bearing = a === b ? undefined : bearingOf(connection.flightTimes.rounds);
    if (!bearing) continue;
    bearings.set(connection, bearing);
    vantage.hear([a, b], bearing);
  }
  const departUs = new Float64Array(places.length);
  const arriveUs = new Float64Array(places.length);
  const guesses = new Uint8Array(places.length);
  for (const [index, seen] of places.entries()) {
    const bearing = bearingFor(seen, bearings, vantage);
    if (!bearing) {
      // It has its place where it was seen, and no time of its own at the far end.
      departUs[index] = seen.atUs;
      arriveUs[index] = seen.forMany ? Number.NaN : seen.atUs;
      guesses[index] = Guess.untimed | (seen.to === vantage.host ? Guess.departure : Guess.arrival);
      continue;
    }
    const {distanceUs, exact} = bearing;
    departUs[index] = seen.atUs - distanceUs[0];
    arriveUs[index] = seen.atUs + distanceUs[1];
    guesses[index] = (exact[0] ? 0 : Guess.departure) | (exact[1] ? 0 : Guess.arrival);
  }
  return {flights: {departUs, arriveUs, guesses}, host: vantage.host};
};
