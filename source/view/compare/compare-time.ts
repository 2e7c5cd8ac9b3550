// The common time of two compared runs: the times at which stepping stops, the idle times that are shortened, and the scale of their
// timeline.

import {fateOf} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {oncePer} from '../../wire/once-per.ts';

export type CompareTimes = {
  /**
   * The times in µs of each row of two compared runs: when its packet is first sent in either run (`startUs`), and when it has arrived or
   * was lost in both (`endUs`).
   */
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /**
   * The times in µs, increasing, at which a packet is sent, arrives or is lost in either of two compared runs; stepping stops at each of
   * them.
   */
  readonly stops: Float64Array;
  /** The place of each stop on the timeline of two compared runs; on the timeline no idle time is longer than `capUs`. */
  readonly scale: Float64Array;
  readonly capUs: number;
};

const leastCapUs = 300_000;
const endOf = (trace: Trace, id: number): number => {
  const packet = packetOf(trace, id);
  return fateOf(trace, packet)?.atUs ?? packet.dueUs;
};

type Span = {readonly startUs: number; readonly endUs: number};

/** Returns, for each of two runs that has the packet of a row, when the packet was sent and when it arrived or was lost. */
const spansOf = ({left, right}: Comparison, row: PacketRow): readonly Span[] => {
  const span = (trace: Trace, id: number): Span => ({
    startUs: packetOf(trace, id).sentUs,
    endUs: endOf(trace, id),
  });
  return [
    ...(row.left === undefined ? [] : [span(left, row.left)]),
    ...(row.right === undefined ? [] : [span(right, row.right)]),
  ];
};

const capOf = ({left}: Comparison): number =>
  Math.max(leastCapUs, 3 * left.header.links.reduce((sum, {delayUs}) => sum + 2 * delayUs, 0));

export const compareTimes = oncePer((comparison: Comparison): CompareTimes => {
  const {rows, left, right} = comparison;
  const startUs = new Float64Array(rows.length);
  const endUs = new Float64Array(rows.length);
  const all = new Set<number>([0, Math.max(left.durationUs, right.durationUs)]);
  for (const [index, row] of rows.entries()) {
    const spans = spansOf(comparison, row);
    startUs[index] = Math.min(...spans.map((span) => span.startUs));
    endUs[index] = Math.max(...spans.map((span) => span.endUs));
    for (const span of spans) all.add(span.startUs).add(span.endUs);
  }
  const stops = Float64Array.from(all).sort();
  const capUs = capOf(comparison);
  const scale = new Float64Array(stops.length);
  for (let i = 1; i < stops.length; i++)
    scale[i] = (scale[i - 1] ?? 0) + Math.min(capUs, (stops[i] ?? 0) - (stops[i - 1] ?? 0));
  const times = {startUs, endUs, stops, scale, capUs};
  return times;
});

/** Returns the index of the last time to stop at that is not after `us`. */
const stopAt = ({stops}: CompareTimes, us: number): number =>
  Math.max(0, bisect(stops.length, (index) => (stops[index] ?? 0) > us) - 1);

/** Returns the place of a time on the timeline, as a share from 0 to 1. */
export const compareShare = (times: CompareTimes, us: number): number => {
  const {stops, scale} = times;
  const total = scale.at(-1) ?? 0;
  if (total === 0) return 0;
  const at = stopAt(times, us);
  const [from = 0, to = from] = [stops[at], stops[at + 1]];
  const within = to > from ? Math.min(1, (us - from) / (to - from)) : 0;
  const [low = 0, high = low] = [scale[at], scale[at + 1]];
  return Math.min(1, (low + within * (high - low)) / total);
};

/**
 * Returns the time in µs of the next or the previous stop of two compared runs. After the last stop it is `us` itself, before the first one
 * 0.
 */
export const nextStop = (times: CompareTimes, us: number, by: 1 | -1): number => {
  const at = stopAt(times, us);
  if (by > 0) return times.stops[at + 1] ?? us;
  return (times.stops[at] ?? 0) < us ? (times.stops[at] ?? 0) : (times.stops[at - 1] ?? 0);
};

/** Returns the times in two compared runs in which nothing happens for longer than `capUs`; the timeline shortens them. */
export const skippedStretches = ({stops, capUs}: CompareTimes): readonly {fromUs: number; toUs: number}[] => {
  const found: {fromUs: number; toUs: number}[] = [];
  for (let i = 1; i < stops.length; i++) {
    const [fromUs = 0, toUs = 0] = [stops[i - 1], stops[i]];
    if (toUs - fromUs > capUs) found.push({fromUs, toUs});
  }
  return found;
};
