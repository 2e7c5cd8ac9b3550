// What a direction of a connection was limited by, and how fast it was, where it carried enough to tell.
import type {Limit, TransferPace, Wait} from './transfer-pace.ts';

export type Limited = {readonly by: Limit; readonly wait: Wait};

export type Transfer = {
  readonly bytes: number;
  readonly us: number;
  readonly bitsPerSecond: number;
  /** The strongest first; none: nothing made it wait. Two, where neither was much weaker. */
  readonly limits: readonly Limited[];
};

/** Less is over before anything can limit it. */
const leastBytes = 10_000;
const leastSegments = 20;
/** Shares of the time that was waited, and of all the time. */
const alsoShare = 0.3;
const worthShare = 0.2;

const kinds: readonly Limit[] = ['window', 'program', 'nagle', 'stall', 'loss', 'path'];

/** undefined: too little to tell. */
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
