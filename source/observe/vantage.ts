// Where a capture was taken, and how far each end is from there. What answers at once is near; half of the way there and back
// is the way there, which holds where both ways take equally long.

/** `distanceUs`: one way, from the capture point to each of two ends. `exact`: that end's times are those of the capture. */
export type Bearing = {
  readonly distanceUs: readonly [number, number];
  readonly exact: readonly [boolean, boolean];
};

/** An end that answers so many times as fast as the other is the machine that captured: only its own work takes time. */
const clearly = 10;
/** Less than this, there and back by both ends, is the work of programs rather than a way. */
const leastRoundUs = 1000;

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
  if (near === undefined) return far < leastRoundUs ? undefined : distant;
  if (near * clearly <= far) return {...distant, exact: [true, false]};
  return near + far < leastRoundUs ? undefined : {distanceUs: [half(near), half(far)], exact: [false, false]};
};

type Ends = readonly [string, string];

/** What the connections of a capture tell together. */
export class Vantage {
  readonly #votes = new Set<string>();
  /** The first of two hosts, by their names in this order. */
  readonly #pairs = new Map<string, Bearing>();

  hear([a, b]: Ends, bearing: Bearing): void {
    for (const [index, host] of [a, b].entries()) if (bearing.exact[index]) this.#votes.add(host);
    if (a === b || this.#pairs.has(`${a} ${b}`)) return;
    this.#pairs.set(`${a} ${b}`, bearing);
    this.#pairs.set(`${b} ${a}`, reversed(bearing));
  }

  /** The host on which the capture was taken, where all that tell of one agree. */
  get host(): string | undefined {
    const [host] = this.#votes;
    return this.#votes.size === 1 ? host : undefined;
  }

  /** What other packets between two hosts told. */
  between([a, b]: Ends): Bearing | undefined {
    return this.#pairs.get(`${a} ${b}`);
  }

  /** With what the other connections know: an end at which the capture was taken is not a guess. */
  sharpened([a, b]: Ends, bearing: Bearing): Bearing {
    const {distanceUs, exact} = bearing;
    const isHere = [a === this.host, b === this.host] as const;
    return {
      distanceUs,
      exact: [exact[0] || (isHere[0] && distanceUs[0] === 0), exact[1] || (isHere[1] && distanceUs[1] === 0)],
    };
  }
}
