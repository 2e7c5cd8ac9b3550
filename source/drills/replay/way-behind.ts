// How long each segment took from the capture point to the end that answers it, as the answers tell: they leave as it comes. What
// waits for company does so for 40 ms at least, and only where nothing comes after it (RFC 9293 §3.8.6.3).
import {TcpFlag} from '../../wire/tcp.ts';
import {type Fates, reached} from './fates.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** TCP_DELACK_MIN less what clocks and paths are wrong by. */
const leastWaitUs = 35_000;

/** No path is exact: a segment may take so much of the usual way. */
const leastWay = 0.7;

type Range = readonly [number, number];

/** A D-SACK, if there is one (RFC 2883 §4), and what is beyond a gap. */
const blocksOf = ({ack = 0, sack: [first, ...others]}: Seen): {twice?: Range; beyond: readonly Range[]} => {
  if (!first) return {beyond: []};
  const isTwice = first[0] < ack || others.some(([left, right]) => left <= first[0] && first[1] <= right);
  return isTwice ? {twice: first, beyond: others} : {beyond: [first, ...others]};
};

type Walk = {
  readonly late: Map<number, number>;
  readonly distanceUs: number;
  /** Not heard of yet, as they left. */
  waiting: readonly Seen[];
  /** When the last one came, and when the newest answer left, which tells of all that had come. */
  lastUs: number;
  answeredUs: number;
  /** The first numbers of what is known to have come. */
  readonly told: Set<number>;
  /** The newest answer told of one. */
  gap: boolean;
};

const dueUs = ({distanceUs, lastUs, answeredUs}: Walk, {atUs}: Seen): number =>
  Math.max(atUs + distanceUs, lastUs, answeredUs + 1);

/** What an answer says has come: of several copies the first, until a D-SACK tells of another. */
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

/** What one answer tells of: it came together, just before it left, or one or two waited for company. */
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
    // Nobody waits who has a gap, or had one until now (RFC 5681 §4.2); a program answers when it likes.
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

/** By packet, in µs beyond the shortest way; of one direction. */
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
  // One that was overtaken tells nothing new.
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
