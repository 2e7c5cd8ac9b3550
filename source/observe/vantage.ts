// Deduces where a capture was taken, and how far each end is from there. An end that answers at once is near. The way to an end takes half
// of the round trip, if both directions take equally long.
import {mostWorkUs} from './bounds.ts';

/**
 * `distanceUs` is the time of one way from the capture point to each of two ends. `exact` is true if that end's times are those of the
 * capture.
 */
export type Bearing = {
  readonly distanceUs: readonly [number, number];
  readonly exact: readonly [boolean, boolean];
};

/** An end that answers this many times as fast as the other is the capturing machine, where only its own work takes time. */
const clearly = 10;

/** Returns half of a time, rounded down so that nothing is answered before it has arrived. */
const half = (us: number): number => Math.floor(us / 2);

const reversed = ({distanceUs: [a, b], exact: [c, d]}: Bearing): Bearing => ({
  distanceUs: [b, a],
  exact: [d, c],
});

/** Returns the distances, from the shortest round trips to each end; undefined if nothing can be said. */
export const bearingOf = (rounds: readonly [number | undefined, number | undefined]): Bearing | undefined => {
  const [near, far] = rounds;
  if (near === undefined && far === undefined) return undefined;
  if (far === undefined || (near !== undefined && near > far)) {
    const turned = bearingOf([far, near]);
    return turned && reversed(turned);
  }
  const distant = {distanceUs: [0, half(far)], exact: [false, false]} as const;
  if (near === undefined) return far < mostWorkUs ? undefined : distant;
  if (near * clearly <= far) return {...distant, exact: [true, false]};
  return near + far < mostWorkUs ? undefined : {distanceUs: [half(near), half(far)], exact: [false, false]};
};

type Ends = readonly [string, string];

const pairOf = (ends: Ends): string => ends.toSorted().join(' ');

/** The conclusions from all connections of a capture together. */
export class Vantage {
  /** The distances that each connection shows. */
  readonly #told = new Map<number, {readonly ends: Ends; readonly bearing: Bearing}>();
  /** The number of connections that show that the capture was taken on a host, by host. */
  readonly #votes = new Map<string, number>();
  /** The connections that show distances, by pair of hosts, the first one first. */
  readonly #pairs = new Map<string, number[]>();

  /** Sets what a connection shows, in place of what it showed before; undefined if it shows nothing. */
  hear(connection: number, ends: Ends, bearing: Bearing | undefined): void {
    this.#vote(connection, -1);
    const pair = pairOf(ends);
    const told = this.#pairs.get(pair) ?? [];
    this.#pairs.set(pair, told);
    // The search begins at the end, because most calls are about the newest connection.
    const place = told.findLastIndex((each) => each < connection) + 1;
    const known = told[place] === connection;
    if (bearing === undefined) {
      this.#told.delete(connection);
      if (known) told.splice(place, 1);
      return;
    }
    this.#told.set(connection, {ends, bearing});
    if (!known) told.splice(place, 0, connection);
    this.#vote(connection, 1);
  }

  #vote(connection: number, by: 1 | -1): void {
    const {ends = [], bearing} = this.#told.get(connection) ?? {};
    for (const [index, host] of ends.entries()) {
      if (!bearing?.exact[index]) continue;
      const votes = (this.#votes.get(host) ?? 0) + by;
      if (votes > 0) this.#votes.set(host, votes);
      else this.#votes.delete(host);
    }
  }

  /** The host on which the capture was taken, if all connections that show one agree. */
  get host(): string | undefined {
    const [host] = this.#votes.keys();
    return this.#votes.size === 1 ? host : undefined;
  }

  /** Returns the distances that the first connection between two hosts shows. */
  between(ends: Ends): Bearing | undefined {
    const [first = 0] = this.#pairs.get(pairOf(ends)) ?? [];
    const told = this.#told.get(first);
    return told && (told.ends[0] === ends[0] ? told.bearing : reversed(told.bearing));
  }

  /** Returns the distances with what the other connections show: the end on which the capture was taken is exact. */
  sharpened([a, b]: Ends, bearing: Bearing): Bearing {
    const {distanceUs, exact} = bearing;
    const {host} = this;
    const isHere = [a === host, b === host] as const;
    return {
      distanceUs,
      exact: [exact[0] || (isHere[0] && distanceUs[0] === 0), exact[1] || (isHere[1] && distanceUs[1] === 0)],
    };
  }
}
