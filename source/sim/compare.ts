// Compares two runs: packet by packet, state by state, and the first event at which they differ.
import {compareHosts, type HostComparison} from './compare-hosts.ts';
import {alignPackets, type PacketRow} from './compare-packets.ts';
import {type Difference, eventDifferences} from './event-difference.ts';
import type {Trace, TraceEvent} from './trace.ts';

/** The first difference. `n` counts events; an event is undefined if its run is already over. */
export type FirstDifference = {
  readonly n: number;
  readonly left: TraceEvent | undefined;
  readonly right: TraceEvent | undefined;
  /** The fields that differ; empty if one side has no event. */
  readonly what: readonly Difference[];
};

export type Comparison = HostComparison & {
  readonly left: Trace;
  readonly right: Trace;
  readonly rows: readonly PacketRow[];
  /** The first difference; undefined if the runs are the same event by event. */
  readonly first: FirstDifference | undefined;
};

export const firstDifference = (left: Trace, right: Trace): FirstDifference | undefined => {
  const most = Math.max(left.length, right.length);
  for (let n = 1; n <= most; n++) {
    const a = n <= left.length ? left.event(n) : undefined;
    const b = n <= right.length ? right.event(n) : undefined;
    const what = a && b ? eventDifferences(a, b) : [];
    if (what.length > 0 || !a || !b) return {n, left: a, right: b, what};
  }
  return undefined;
};

/** Compares two runs. Time and memory are proportional to their length (n log n for packets, because of bisection). */
export const compareTraces = (left: Trace, right: Trace): Comparison => ({
  left,
  right,
  rows: alignPackets(left, right),
  first: firstDifference(left, right),
  ...compareHosts(left, right),
});

/** Returns the indexes of rows that are not equal, through which “next difference” steps. */
export const differingRows = ({rows}: Comparison): readonly number[] =>
  rows.flatMap(({relation}, index) => (relation === '=' ? [] : [index]));
