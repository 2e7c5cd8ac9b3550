// Deduces where a capture was taken, and how far each end is from there. An end that answers at once is near. The way to an end takes half
// of the round trip, if both directions take equally long.
import {mostWorkUs} from './bounds.ts';

/**
 * `distanceUs`: the one-way time in µs from the capture point to each of two hosts. `exact`: whether the capture was taken on that host, so
 * that its times are the capture's.
 */
export type Bearing = {
  readonly distanceUs: readonly [number, number];
  readonly exact: readonly [boolean, boolean];
};

/** A host that answers at least this many times as fast as the other end is taken for the machine that captured. */
const clearly = 10;

/** Returns half of a time, rounded down so that nothing is answered before it has arrived. */
const half = (us: number): number => Math.floor(us / 2);

const reversed = ({distanceUs: [a, b], exact: [c, d]}: Bearing): Bearing => ({
  distanceUs: [b, a],
  exact: [d, c],
});

/** Returns the one-way times from the capture point to two hosts, from the shortest round trip to each; undefined if these tell nothing. */
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

/** Deduces from all connections of a capture together on which host it was taken, and how far the hosts are. */
export class Vantage {
  /** The one-way times that each connection shows, by connection number. */
  readonly #told = new Map<number, {readonly ends: Ends; readonly bearing: Bearing}>();
  /** Counts for each host the connections that show that the capture was taken there. */
  readonly #votes = new Map<string, number>();
  /** The connections that show one-way times, by pair of hosts, each list in rising order. */
  readonly #pairs = new Map<string, number[]>();

  /** Sets the one-way times that a connection shows and replaces earlier ones; undefined if it shows none. */
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

  /** The host on which the capture was taken; undefined if no connection shows one or they disagree. */
  get host(): string | undefined {
    const [host] = this.#votes.keys();
    return this.#votes.size === 1 ? host : undefined;
  }

  /** Returns the one-way times that the first connection between two hosts shows; undefined if none does. */
  between(ends: Ends): Bearing | undefined {
    const [first = 0] = this.#pairs.get(pairOf(ends)) ?? [];
    const told = this.#told.get(first);
    return told && (told.ends[0] === ends[0] ? told.bearing : reversed(told.bearing));
  }

  /** Returns the one-way times with an end marked exact if all connections together show that the capture was taken there. */
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
