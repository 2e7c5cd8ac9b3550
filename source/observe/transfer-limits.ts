// Tells what limited the speed of one direction of a connection, if it carried enough data to tell.
import type {Limit, TransferPace, Wait} from './transfer-pace.ts';

export type Limited = {readonly by: Limit; readonly wait: Wait};

export type Transfer = {
  readonly bytes: number;
  readonly us: number;
  readonly bitsPerSecond: number;
  /**
   * Names what the sender waited for, by time lost, at most two limits: none if waiting took little of the time, one if the second was much
   * weaker.
   */
  readonly limits: readonly Limited[];
};

/** A transfer with fewer bytes and fewer segments than these is too short for anything to limit it. */
const leastBytes = 10_000;
const leastSegments = 20;
/**
 * The least share of all waiting time that a second limit needs to be named, and the least share of the transfer time that waiting needs.
 */
const alsoShare = 0.3;
const worthShare = 0.2;

const kinds: readonly Limit[] = ['window', 'program', 'nagle', 'stall', 'loss', 'path'];

/** Returns the speed and the limits of one direction of a connection; undefined if it carried too little data. */
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
