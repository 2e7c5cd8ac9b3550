// Deduces how long each segment took from the capture point to the end that answers it, because an answer is sent when the segment arrives.
// A delayed answer waits at least 40 ms, and only if nothing arrives after the segment (RFC 9293 §3.8.6.3).
import {TcpFlag} from '../../wire/tcp.ts';
import {type Fates, reached} from './fates.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** TCP_DELACK_MIN less the errors of clocks and paths. */
const leastWaitUs = 35_000;

/** The least share of the usual way that a segment may take, because paths vary. */
const leastWay = 0.7;

type Range = readonly [number, number];

/** Returns a D-SACK, if there is one (RFC 2883 §4), and the blocks beyond a gap. */
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
  /** The arrival of the last one, and the sending of the newest answer, which covers all that had arrived. */
  lastUs: number;
  answeredUs: number;
  /** The first numbers of what is known to have arrived. */
  readonly told: Set<number>;
  /** True if the newest answer reported a gap. */
  gap: boolean;
};

const dueUs = ({distanceUs, lastUs, answeredUs}: Walk, {atUs}: Seen): number =>
  Math.max(atUs + distanceUs, lastUs, answeredUs + 1);

/** Returns the segments whose arrival an answer shows: the first of several copies, until a D-SACK reports another. */
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

/** The segments that one answer shows: they arrived together just before it was sent, or one or two of them waited. */
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
    // An end with a gap, or one until now, does not wait (RFC 5681 §4.2); a program answers when it likes.
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

/** Returns the extra time of each packet of one direction beyond the shortest way, in µs. */
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
  // An answer that was overtaken shows nothing new.
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
