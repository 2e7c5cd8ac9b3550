// Reads the timestamps of a far end's segments (RFC 7323 §3, §4): how long each was delayed before the capture point, and which
// acknowledgments had not arrived at the far end, because it echoes the newest timestamp that had.
import {TcpFlag} from '../../wire/tcp.ts';
import {stampOf} from './ends-answered.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** The length of a timestamp tick in Linux and most other systems, in µs. */
const tickUs = 1000;

type Stamped = {readonly segment: Seen; readonly val: number; readonly ecr: number};

/**
 * Returns the segments that have timestamps, with ticks counted from the first value of each end, because a timestamp clock may start
 * anywhere.
 */
const stampedOf = (segments: readonly Seen[]): readonly Stamped[] => {
  const firsts = new Map<string, number>();
  const since = (clock: string, ticks: number): number => {
    const first = firsts.get(clock) ?? ticks;
    firsts.set(clock, first);
    return (ticks - first) | 0;
  };
  return segments.flatMap((segment) => {
    const stamp = stampOf(segment);
    if (!stamp || hasFlags(segment, TcpFlag.RST)) return [];
    const ecr = hasFlags(segment, TcpFlag.ACK) ? since(`${otherSide(segment.side)}`, stamp.ecr) : 0;
    return [{segment, val: since(`${segment.side}`, stamp.val), ecr}];
  });
};

/**
 * Returns for each packet of an end by how many µs its way to the capture point was longer than the shortest one, as its timestamp shows.
 */
const heldOf = (stamped: readonly Stamped[], side: Side): ReadonlyMap<number, number> => {
  const own = stamped.filter(({segment}) => segment.side === side);
  const aheadUs = ({segment, val}: Stamped): number => segment.atUs - val * tickUs;
  const leastUs = own.reduce((least, each) => Math.min(least, aheadUs(each)), Number.POSITIVE_INFINITY);
  return new Map(
    own.map((each) => [each.segment.packet, Math.max(0, aheadUs(each) - leastUs - tickUs)] as const),
  );
};

/**
 * An acknowledgment that came too late to stop a timer of the far end is assumed to arrive within this many µs after the segment that the
 * timer sent.
 */
const timerUs = 8000;

/**
 * Returns by packet how late acknowledgments of the near end arrived at the far end, in µs. One is late if the far end sent a segment that
 * does not echo it although it should have arrived; it then arrived before the first segment that echoes it.
 */
const lateOf = (
  stamped: readonly Stamped[],
  held: ReadonlyMap<number, number>,
  roundUs: number,
): ReadonlyMap<number, number> => {
  const late = new Map<number, number>();
  const far = stamped.filter(({segment}) => held.has(segment.packet));
  const leftUs = ({segment}: Stamped): number => segment.atUs - (held.get(segment.packet) ?? 0);
  for (const {segment, val} of stamped) {
    if (held.has(segment.packet) || spaceOf(segment) > 0) continue;
    const without = far.findLast((each) => each.segment.packet > segment.packet && each.ecr < val);
    if (!without) continue;
    const told = far.find((each) => each.segment.packet > without.segment.packet);
    const restUs = told ? (leftUs(told) - leftUs(without)) / 2 : timerUs;
    const lateUs = leftUs(without) - segment.atUs - roundUs;
    if (lateUs > tickUs) late.set(segment.packet, lateUs + Math.max(0, Math.min(restUs, timerUs)));
  }
  return late;
};

/** Returns a captured connection with the delays of its segments that the timestamps of the end at `side` show. */
export const clocked = (seen: SeenConnection, {distanceUs}: Vantage, side: Side): SeenConnection => {
  const stamped = stampedOf(seen.segments);
  const held = heldOf(stamped, side);
  const late = lateOf(stamped, held, 2 * distanceUs[side]);
  return {
    ...seen,
    segments: seen.segments.map((each) => ({
      ...each,
      heldUs: held.get(each.packet) ?? each.heldUs,
      lateUs: late.get(each.packet) ?? each.lateUs,
    })),
  };
};
