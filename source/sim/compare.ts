// Compares two runs: packet by packet, state by state, and the first event at which they differ.
import {compareHosts, type HostComparison} from './compare-hosts.ts';
import {alignPackets, type PacketRow} from './compare-packets.ts';
import {type Difference, eventDifferences} from './event-difference.ts';
import type {Trace, TraceEvent} from './trace.ts';

/** The first event at which two runs differ. `n` is its number in both; `left` or `right` is undefined if that run is already over. */
export type FirstDifference = {
  readonly n: number;
  readonly left: TraceEvent | undefined;
  readonly right: TraceEvent | undefined;
  /** The fields in which the two events differ; empty if one of the runs has no such event. */
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

/** Compares two runs: packets, states and the first difference. The time grows with their length n, for packets with n log n. */
export const compareTraces = (left: Trace, right: Trace): Comparison => ({
  left,
  right,
  rows: alignPackets(left, right),
  first: firstDifference(left, right),
  ...compareHosts(left, right),
});

/** Returns the indexes of the rows in which the two runs differ, for the command “next difference”. */
export const differingRows = ({rows}: Comparison): readonly number[] =>
  rows.flatMap(({relation}, index) => (relation === '=' ? [] : [index]));
