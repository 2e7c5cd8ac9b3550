// Where a capture was taken, and how far each end is from there. What answers at once is near; half of the way there and back
// is the way there, which holds where both ways take equally long.
import {mostWorkUs} from './bounds.ts';

/** `distanceUs`: one way, from the capture point to each of two ends. `exact`: that end's times are those of the capture. */
export type Bearing = {
  readonly distanceUs: readonly [number, number];
  readonly exact: readonly [boolean, boolean];
};

/** An end that answers so many times as fast as the other is the machine that captured: only its own work takes time. */
const clearly = 10;

/** Not more than half: nothing is answered before it has come. */
const half = (us: number): number => Math.floor(us / 2);

const reversed = ({distanceUs: [a, b], exact: [c, d]}: Bearing): Bearing => ({
  distanceUs: [b, a],
  exact: [d, c],
});

/** From the shortest ways to each end and back; undefined: nothing can be said. */
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

/** What the connections of a capture tell together. */
export class Vantage {
  /** By connection: what it tells. */
  readonly #told = new Map<number, {readonly ends: Ends; readonly bearing: Bearing}>();
  /** How many connections tell of a host that the capture was taken on it. */
  readonly #votes = new Map<string, number>();
  /** By two hosts: the connections that tell of them, the first one first. */
  readonly #pairs = new Map<string, number[]>();

  /** What a connection tells, in the place of what it told before; undefined: nothing. */
  hear(connection: number, ends: Ends, bearing: Bearing | undefined): void {
    this.#vote(connection, -1);
    const pair = pairOf(ends);
    const told = this.#pairs.get(pair) ?? [];
    this.#pairs.set(pair, told);
    // The newest is heard of most.
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

  /** The host on which the capture was taken, where all that tell of one agree. */
  get host(): string | undefined {
    const [host] = this.#votes.keys();
    return this.#votes.size === 1 ? host : undefined;
  }

  /** What a connection between two hosts told, the first that tells anything. */
  between(ends: Ends): Bearing | undefined {
    const [first = 0] = this.#pairs.get(pairOf(ends)) ?? [];
    const told = this.#told.get(first);
    return told && (told.ends[0] === ends[0] ? told.bearing : reversed(told.bearing));
  }

  /** With what the other connections know: an end at which the capture was taken is not a guess. */
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
