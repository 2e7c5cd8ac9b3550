// Tells what limited one direction of a connection, and how fast it was, if it carried enough to tell.
import type {Limit, TransferPace, Wait} from './transfer-pace.ts';

export type Limited = {readonly by: Limit; readonly wait: Wait};

export type Transfer = {
  readonly bytes: number;
  readonly us: number;
  readonly bitsPerSecond: number;
  /** The limits, the strongest first: none if nothing made it wait, two if neither was much weaker. */
  readonly limits: readonly Limited[];
};

/** A transfer that is smaller than both of these is over before anything can limit it. */
const leastBytes = 10_000;
const leastSegments = 20;
/** The least share of the waiting time for a second limit, and the least share of the whole time that waiting must take. */
const alsoShare = 0.3;
const worthShare = 0.2;

const kinds: readonly Limit[] = ['window', 'program', 'nagle', 'stall', 'loss', 'path'];

/** Returns the speed and the limits of a direction; undefined if it carried too little. */
export const transferOf = (pace: TransferPace | undefined, bytes: number): Transfer | undefined => {
  if (!pace || (bytes < leastBytes && pace.segments < leastSegments)) return undefined;
  const us = pace.lastUs - pace.firstUs;
  if (us <= 0) return undefined;
  const waited = kinds.reduce((total, kind) => total + pace.waits[kind].us, 0);
  const limits =
    waited < worthShare * us
      ? []
      : kinds
          .map((by) => ({by, wait: pace.waits[by]}))
          .toSorted((a, b) => b.wait.us - a.wait.us)
          .filter(({wait}, index) => index < 2 && wait.us > (index === 0 ? 0 : alsoShare * waited));
  return {bytes, us, bitsPerSecond: Math.round((bytes * 8 * 1e6) / us), limits};
};
