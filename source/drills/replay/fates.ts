// Deduces what the path did to the segments of a captured connection: which it lost, duplicated or delayed, before the capture point or
// after it.
import {TcpFlag} from '../../wire/tcp.ts';
import {answersMissing, type Doubled, doubledOf} from './ends-answered.ts';
import {sentBefore} from './identified.ts';
import {
  hasFlags,
  type Missing,
  otherSide,
  type Seen,
  type SeenConnection,
  type Side,
  spaceOf,
  transmissionOf,
} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** The fate of a captured segment on its way. */
export type Fate =
  | {readonly kind: 'arrived'}
  /** The segment passed the capture point and was then lost. */
  | {readonly kind: 'lost'}
  /** Later segments overtook this one by `byUs`, after the capture point (`behind`) or before it. */
  | {readonly kind: 'late'; readonly byUs: number; readonly behind: boolean}
  /** The network delivered packet `of` twice; this is its second copy, `afterUs` after the first. */
  | {readonly kind: 'copy'; readonly of: number; readonly afterUs: number};

export type Fates = {
  /** The fate of each segment by packet number; a packet without one arrived. */
  readonly of: ReadonlyMap<number, Fate>;
  readonly missing: readonly Missing[];
  readonly doubled: Doubled;
};

const arrived: Fate = {kind: 'arrived'};

/**
 * Tells whether one captured segment is a copy of the other that the network made. A retransmission is no copy: it is another packet, with
 * another IP identification, and does not follow at once.
 */
const isCopy = (one: Seen, other: Seen, {delayUs}: Vantage): boolean =>
  one.side === other.side &&
  one.seq === other.seq &&
  one.end === other.end &&
  one.ack === other.ack &&
  one.flags === other.flags &&
  one.ipId === other.ipId &&
  JSON.stringify(one.options) === JSON.stringify(other.options) &&
  (one.ipId !== 0 || (spaceOf(one) > 0 && other.atUs - one.atUs < delayUs)) &&
  other.atUs - one.atUs < 100 * Math.max(delayUs, 1000);

type Course = {
  readonly segments: readonly Seen[];
  readonly vantage: Vantage;
  readonly fates: Map<number, Fate>;
  readonly missing: Missing[];
};

/** Returns a key of those fields of a segment that are equal in a copy made by the network. */
const alikeIn = ({side, seq, ack, ipId}: Seen): string => `${side} ${seq} ${ack} ${ipId}`;

const markCopies = ({segments, vantage, fates}: Course): void => {
  const firsts = new Map<string, Seen>();
  for (const segment of segments) {
    const key = alikeIn(segment);
    const first = firsts.get(key);
    if (first && isCopy(first, segment, vantage))
      fates.set(segment.packet, {kind: 'copy', of: first.packet, afterUs: segment.atUs - first.atUs});
    else firsts.set(key, segment);
  }
};

type Half = {
  /** The segments that this end has sent so far, each by its first sequence number. */
  readonly sent: Map<number, Seen>;
  /** The sequence numbers of this end that were captured so far, as disjoint ranges [from, to) in order. */
  seen: (readonly [number, number])[];
  /** The number before which this end has sent everything; a segment without data shows it by its sequence number. */
  sentTo: number;
};

const addRange = (half: Half, from: number, to: number): void => {
  const apart = half.seen.filter(([a, b]) => b < from || a > to);
  const joined = half.seen.filter(([a, b]) => b >= from && a <= to);
  const start = Math.min(from, ...joined.map(([a]) => a));
  const end = Math.max(to, ...joined.map(([, b]) => b));
  half.seen = [...apart, [start, end] as const].sort(([a], [b]) => a - b);
};

const isSeen = ({seen}: Half, from: number, to: number): boolean =>
  seen.some(([a, b]) => a <= from && to <= b);

const highest = ({seen}: Half): number => seen.at(-1)?.[1] ?? 0;

/**
 * Judges a segment that fills a gap in the captured sequence numbers: either it was delayed, or it is the retransmission of one that was
 * lost before the capture point, which is added to the missing ones.
 */
const judgeHole = ({segments, vantage, fates, missing}: Course, segment: Seen): void => {
  const beyond = segments.find(
    (each) =>
      each.side === segment.side &&
      each.seq >= segment.end &&
      !hasFlags(each, TcpFlag.RST) &&
      each.packet < segment.packet,
  );
  const sinceUs = segment.atUs - (beyond?.atUs ?? segment.atUs);
  const [a, b] = vantage.distanceUs;
  // A retransmission cannot come sooner, because the receiver first has to report the gap to the sender.
  const isSoon = sinceUs < 0.8 * 2 * (a + b);
  if (((beyond && sentBefore(segment, beyond)) || (isSoon ? -1 : 1)) < 0) {
    fates.set(segment.packet, {kind: 'late', byUs: sinceUs + 1, behind: false});
    return;
  }
  missing.push({
    side: segment.side,
    seq: segment.seq,
    end: segment.end,
    beforePacket: beyond?.packet ?? segment.packet,
  });
};

/** Tells whether a retransmission passed the capture point before the original segment, as their IP identifications show. */
export const overtook = (repeat: Seen, segment: Seen): boolean =>
  repeat.packet < segment.packet &&
  spaceOf(segment) > 0 &&
  repeat.seq === segment.seq &&
  transmissionOf(repeat) === transmissionOf(segment) &&
  sentBefore(segment, repeat) < 0;

const take = (course: Course, halves: readonly [Half, Half], segment: Seen): void => {
  if (hasFlags(segment, TcpFlag.RST)) return;
  const half = halves[segment.side];
  half.sentTo = Math.max(half.sentTo, segment.seq);
  if (spaceOf(segment) === 0) return;
  const before = half.sent.get(segment.seq);
  const again = before && transmissionOf(before) === transmissionOf(segment) && before.end <= segment.end;
  if (before && overtook(before, segment)) {
    course.fates.set(segment.packet, {kind: 'late', byUs: segment.atUs - before.atUs, behind: false});
    // The segment that now appears was only delayed, so it is removed from the missing ones.
    const at = course.missing.findIndex(({side, seq}) => side === segment.side && seq === segment.seq);
    if (at >= 0) course.missing.splice(at, 1);
  }
  if (!again && segment.seq < Math.max(highest(half), half.sentTo) && !isSeen(half, segment.seq, segment.end))
    judgeHole(course, segment);
  half.sent.set(segment.seq, segment);
  addRange(half, segment.seq, segment.end);
};

/** The time in µs that an end may need to answer, in addition to the round trip. */
const workUs = 1000;

const covers = ({ack = 0, sack}: Seen, {seq, end}: Seen): boolean =>
  ack >= end || sack.some(([left, right]) => left <= seq && end <= right);

/**
 * Tells whether a segment with an unknown fate was lost, rather than its answer. It is taken for lost if it was retransmitted, unless the
 * answer came so soon that it must or may belong to this transmission; and so is an acknowledgment.
 */
const isLikelierLost = ({segments, vantage}: Course, segment: Seen): boolean => {
  if (spaceOf(segment) === 0) return true;
  const later = segments.filter(({packet}) => packet > segment.packet);
  const copies = later.filter(
    (each) => each.side === segment.side && each.seq <= segment.seq && segment.end <= each.end,
  );
  if (copies.length === 0) return false;
  const answer = later.find((each) => each.side !== segment.side && covers(each, segment));
  if (answer === undefined) return true;
  const roundUs = 2 * vantage.distanceUs[otherSide(segment.side)];
  const isCopys = copies.some(({atUs}) => answer.atUs - atUs >= roundUs);
  return isCopys && answer.atUs - segment.atUs >= 1.5 * roundUs + workUs;
};

/** Marks as lost all segments that were sent more than once and after which nothing of the other end was captured. */
const judgeLast = ({segments, fates}: Course): void => {
  const heard = ([0, 1] as const).map((side) => segments.findLast((each) => each.side !== side)?.packet ?? 0);
  const numbered = segments.filter((each) => spaceOf(each) > 0 && !hasFlags(each, TcpFlag.RST));
  const times = new Map<string, number>();
  for (const each of numbered) times.set(transmissionOf(each), (times.get(transmissionOf(each)) ?? 0) + 1);
  for (const each of numbered)
    if ((times.get(transmissionOf(each)) ?? 0) > 1 && (heard[each.side] ?? 0) < each.packet)
      fates.set(each.packet, {kind: 'lost'});
};

/**
 * Marks data segments as delayed after the capture point that the receiver reported missing by SACK and later acknowledged without a
 * retransmission.
 */
const judgeOvertaken = ({segments, vantage, fates}: Course, sent: readonly Seen[]): void => {
  for (const segment of sent) {
    if (fates.has(segment.packet) || segment.length === 0) continue;
    const again = segments.some(
      (each) =>
        each.side === segment.side &&
        each.seq <= segment.seq &&
        each.end >= segment.end &&
        each.packet !== segment.packet,
    );
    const answers = segments.filter((each) => each.side !== segment.side && each.packet > segment.packet);
    const missed = answers.some(
      ({ack, sack}) => ack === segment.seq && sack.some(([left]) => left >= segment.end),
    );
    const came = answers.find(({ack = 0}) => ack >= segment.end);
    if (again || !missed || !came) continue;
    const byUs = came.atUs - segment.atUs - 2 * vantage.distanceUs[segment.side === 0 ? 1 : 0];
    if (byUs > 0) fates.set(segment.packet, {kind: 'late', byUs, behind: true});
  }
};

/**
 * Marks acknowledgments of one end as overtaken if a higher one passed before them, because acknowledgment numbers only grow
 * (RFC 9293 §3.4).
 */
const judgeAcknowledgements = ({segments, fates}: Course, side: Side): void => {
  const rises: {readonly ack: number; readonly atUs: number}[] = [];
  for (const {packet, side: from, ack = 0, atUs, flags} of segments) {
    if (from !== side || flags & TcpFlag.RST) continue;
    const newest = rises.at(-1)?.ack ?? 0;
    const overtaker = newest > ack ? rises.find((rise) => rise.ack > ack) : undefined;
    if (overtaker && !fates.has(packet))
      fates.set(packet, {kind: 'late', byUs: atUs - overtaker.atUs + 1, behind: false});
    if (newest < ack) rises.push({ack, atUs});
  }
};

export const fatesOf = ({segments: all}: SeenConnection, vantage: Vantage): Fates => {
  const fates = new Map<number, Fate>();
  const missing: Missing[] = [];
  markCopies({segments: all, vantage, fates, missing});
  const segments = all.filter(({packet}) => fates.get(packet)?.kind !== 'copy');
  const course: Course = {segments, vantage, fates, missing};
  const halves = [
    {sent: new Map(), seen: [], sentTo: 0},
    {sent: new Map(), seen: [], sentTo: 0},
  ] as const satisfies readonly [Half, Half];
  for (const segment of segments) take(course, halves, segment);
  const doubled = new Set([...fates.values()].flatMap((fate) => (fate.kind === 'copy' ? [fate.of] : [])));
  for (const segment of segments) {
    const {packet, known} = segment;
    if (fates.has(packet) || doubled.has(packet)) continue;
    if (known === 'lost' || (known === undefined && isLikelierLost(course, segment)))
      fates.set(packet, {kind: 'lost'});
  }
  judgeLast(course);
  for (const side of [0, 1] as const) judgeAcknowledgements(course, side);
  for (const {sent} of halves) judgeOvertaken(course, [...sent.values()]);
  return {
    of: fates,
    missing: [...missing, ...answersMissing(segments, vantage)],
    doubled: doubledOf(segments, vantage),
  };
};

export const fateOf = ({of}: Fates, {packet}: Seen): Fate => of.get(packet) ?? arrived;

/** Tells whether a captured segment, or a copy of it, reached the other end, as far as its fate is known. */
export const reached = (fates: Fates, segment: Seen): boolean => fateOf(fates, segment).kind !== 'lost';
