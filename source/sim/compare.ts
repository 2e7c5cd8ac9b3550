// Two runs beside each other: packet by packet, state by state, and the first event at which they part.
import {compareHosts, type HostComparison} from './compare-hosts.ts';
import {alignPackets, type PacketRow} from './compare-packets.ts';
import {type Difference, eventDifferences} from './event-difference.ts';
import type {Trace, TraceEvent} from './trace.ts';

/** `n` counts events; undefined on a side whose run is over by then. */
export type FirstDifference = {
  readonly n: number;
  readonly left: TraceEvent | undefined;
  readonly right: TraceEvent | undefined;
  /** Empty where one side has no event. */
  readonly what: readonly Difference[];
};

export type Comparison = HostComparison & {
  readonly left: Trace;
  readonly right: Trace;
  readonly rows: readonly PacketRow[];
  /** undefined: event by event the same. */
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

/** Takes time and memory in proportion to both runs (packets by bisection: n log n). */
export const compareTraces = (left: Trace, right: Trace): Comparison => ({
  left,
  right,
  rows: alignPackets(left, right),
  first: firstDifference(left, right),
  ...compareHosts(left, right),
});

/** Rows that are not equal: what “next difference” walks through. */
export const differingRows = ({rows}: Comparison): readonly number[] =>
  rows.flatMap(({relation}, index) => (relation === '=' ? [] : [index]));
