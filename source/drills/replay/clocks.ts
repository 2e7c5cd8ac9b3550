// What the clocks in the timestamps of a far end tell of the way (RFC 7323 §3, §4): when a segment left there, however long it queued on
// its way here; which acknowledgements had not come there by then, for each segment echoes the newest that had.
import {TcpFlag} from '../../wire/tcp.ts';
import {stampOf} from './ends-answered.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** What the clock of Linux, and of most others, counts. */
const tickUs = 1000;

type Stamped = {readonly segment: Seen; readonly val: number; readonly ecr: number};

/** From the first one on, which may stand at any number of 32 bits. */
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

/** By packet: how much later than by the shortest way it got here, in µs, as far as its clock shows. */
const heldOf = (stamped: readonly Stamped[], side: Side): ReadonlyMap<number, number> => {
  const own = stamped.filter(({segment}) => segment.side === side);
  const aheadUs = ({segment, val}: Stamped): number => segment.atUs - val * tickUs;
  const leastUs = own.reduce((least, each) => Math.min(least, aheadUs(each)), Number.POSITIVE_INFINITY);
  return new Map(
    own.map((each) => [each.segment.packet, Math.max(0, aheadUs(each) - leastUs - tickUs)] as const),
  );
};

/** A timer that the acknowledgement came too late to stop fires by then, on the clock of a simulation, too. */
const timerUs = 8000;

/**
 * Acknowledgements of the near end: what left afar although it should have been there shows that it was not. It came soon after, and
 * before the first that echoes it left.
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

/** With what the clock of that end, which is far from the capture point, shows. */
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
