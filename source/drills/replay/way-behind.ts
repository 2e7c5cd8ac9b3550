// Deduces how long each segment took from the capture point to the end that answers it, because an answer is sent when the segment arrives.
// A delayed answer waits at least 40 ms, and only if nothing arrives after the segment (RFC 9293 §3.8.6.3).
import {TcpFlag} from '../../wire/tcp.ts';
import {type Fates, reached} from './fates.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** An answer that waited at least this many µs may be a delayed ACK: TCP_DELACK_MIN of Linux, less the errors of clocks and paths. */
const leastWaitUs = 35_000;

/** The least time that a segment takes to the far end, as a share of the usual time, because paths vary. */
const leastWay = 0.7;

type Range = readonly [number, number];

/** Returns the ranges in an ACK's SACK option: a D-SACK (RFC 2883 §4), if there is one, and the blocks beyond a gap. */
const blocksOf = ({ack = 0, sack: [first, ...others]}: Seen): {twice?: Range; beyond: readonly Range[]} => {
  if (!first) return {beyond: []};
  const isTwice = first[0] < ack || others.some(([left, right]) => left <= first[0] && first[1] <= right);
  return isTwice ? {twice: first, beyond: others} : {beyond: [first, ...others]};
};

type Walk = {
  readonly late: Map<number, number>;
  readonly distanceUs: number;
  /** The segments without an answer yet, in the order of sending. */
  waiting: readonly Seen[];
  /**
   * When the latest segment with a known arrival arrived, in µs. `answeredUs` is when the newest answer was sent, which covers all that had
   * arrived.
   */
  lastUs: number;
  answeredUs: number;
  /** The sequence numbers of the segments that are known to have arrived. */
  readonly told: Set<number>;
  /** True if the newest answer reported a gap by SACK blocks. */
  gap: boolean;
};

const dueUs = ({distanceUs, lastUs, answeredUs}: Walk, {atUs}: Seen): number =>
  Math.max(atUs + distanceUs, lastUs, answeredUs + 1);

/** Returns the segments whose arrival an answer shows. Of several transmissions it is the first, until a D-SACK reports another. */
const heardBy = (walk: Walk, answer: Seen, leftUs: number): readonly Seen[] => {
  const {ack = 0} = answer;
  const {twice, beyond} = blocksOf(answer);
  const within = ({seq, end}: Seen, [left, right]: Range): boolean => left <= seq && end <= right;
  const isHeard = (segment: Seen): boolean => {
    if (segment.packet > answer.packet) return false;
    if (leftUs - segment.atUs < leastWay * walk.distanceUs - 60) return false;
    if (walk.told.has(segment.seq)) return twice !== undefined && within(segment, twice);
    return segment.end <= ack || beyond.some((block) => within(segment, block));
  };
  const heard: Seen[] = [];
  for (const segment of walk.waiting)
    if (isHeard(segment)) {
      heard.push(segment);
      walk.told.add(segment.seq);
    }
  return heard;
};

/** The segments that one answer shows to have arrived: just before it was sent, or up to two of them earlier if it may be a delayed ACK. */
type Told = {readonly heard: readonly Seen[]; readonly mayWait: boolean};

const placeAll = (walk: Walk, {heard, mayWait}: Told, leftUs: number): void => {
  for (const segment of heard) {
    const due = dueUs(walk, segment);
    place(walk, segment, mayWait && leftUs - due >= leastWaitUs ? due : Math.max(due, leftUs));
  }
  walk.waiting = walk.waiting.filter((segment) => !heard.includes(segment));
};

const isAlone = ({waiting}: Walk, newest: Seen): boolean => {
  const next = waiting.find(({packet, end}) => packet > newest.packet && end > newest.end);
  return next === undefined || next.atUs - newest.atUs >= leastWaitUs;
};

const hear = (walk: Walk, answer: Seen, returnUs: number): void => {
  const leftUs = answer.atUs - (answer.heldUs ?? 0) - returnUs;
  const heard = heardBy(walk, answer, leftUs);
  const hadGap = walk.gap;
  walk.gap = blocksOf(answer).beyond.length > 0;
  const newest = heard.at(-1);
  if (newest) {
    // A receiver with a gap, now or until now, acknowledges at once (RFC 5681 §4.2); an answer with data is sent when the program writes.
    const isPure = spaceOf(answer) === 0;
    const mayWait = !isPure || (!hadGap && !walk.gap && heard.length < 3 && isAlone(walk, newest));
    placeAll(walk, {heard, mayWait}, isPure ? leftUs : Number.POSITIVE_INFINITY);
  }
  walk.answeredUs = Math.max(walk.answeredUs, leftUs);
};

const place = (walk: Walk, {packet, atUs}: Seen, cameUs: number): void => {
  walk.late.set(packet, cameUs - atUs - walk.distanceUs);
  walk.lastUs = Math.max(walk.lastUs, cameUs);
};

/** Returns for each packet of one direction by how many µs its way after the capture point was longer than the shortest one. */
export const lateBehind = (
  {segments}: SeenConnection,
  {distanceUs}: Vantage,
  {fates, side}: {readonly fates: Fates; readonly side: Side},
): ReadonlyMap<number, number> => {
  const far = otherSide(side);
  const returnUs = distanceUs[far];
  const waiting = segments.filter(
    (each) =>
      each.side === side &&
      spaceOf(each) > 0 &&
      fates.of.get(each.packet) === undefined &&
      reached(fates, each),
  );
  const walk: Walk = {
    ...{late: new Map(), distanceUs: returnUs, waiting},
    ...{lastUs: Number.NEGATIVE_INFINITY, answeredUs: Number.NEGATIVE_INFINITY},
    ...{told: new Set(), gap: false},
  };
  // Acknowledgments that were overtaken are skipped, because they show nothing new.
  for (const answer of segments)
    if (
      answer.side === far &&
      answer.ack !== undefined &&
      !hasFlags(answer, TcpFlag.RST) &&
      fates.of.get(answer.packet)?.kind !== 'late'
    )
      hear(walk, answer, returnUs);
  return walk.late;
};
