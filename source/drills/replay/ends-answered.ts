// Finds which SYNs, FINs and other segments of a capture the path duplicated, because they were answered twice, and which SYNs it lost,
// because an answer is missing.
import {TcpFlag} from '../../wire/tcp.ts';
import {hasFlags, type Missing, otherSide, type Seen, type Side, spaceOf} from './seen.ts';
import {isFar, type Vantage} from './vantage.ts';

/**
 * If a second answer follows the first within this many µs, no retransmission timer caused it, because the first wait is a second
 * (RFC 6298 §2.1).
 */
const soonUs = 900_000;

/** The packets that the path duplicated after the capture point, each with the µs between the arrivals of the two copies. */
export type Doubled = ReadonlyMap<number, number>;

export const stampOf = ({options}: Pick<Seen, 'options'>) =>
  options.find((option) => option.kind === 'timestamps');

const isAnswer = (asked: Seen, {side, ack, seq, end, flags, sack}: Seen): boolean =>
  side !== asked.side &&
  !hasFlags({flags}, TcpFlag.RST) &&
  ack === asked.end &&
  (asked.seq === 0
    ? seq === 0 && end > 0
    : (end === seq || hasFlags({flags}, TcpFlag.FIN)) && sack.length === 0);

/**
 * Returns how many µs after the first answer to a segment a second one came: a repeated SYN,ACK (RFC 9293 §3.10.7.4), or an ACK of
 * TIME-WAIT. Undefined if there was only one, or if a retransmission or timer explains the second.
 */
const answeredTwice = (segments: readonly Seen[], asked: Seen): number | undefined => {
  const [first, second] = segments.filter((each) => each.packet > asked.packet && isAnswer(asked, each));
  // If the first answer was the end's own FIN, the second has the number after it.
  const isSame =
    second && first?.window === second.window && first.end === second.seq && spaceOf(second) === 0;
  const isSyn = second && first?.seq === 0 && second.seq === 0 && first.window === second.window;
  if (!first || !(isSame || isSyn)) return undefined;
  const between = segments.some(
    (each) => each.side === asked.side && each !== asked && spaceOf(each) > 0 && each.seq === asked.seq,
  );
  const afterUs = second.atUs - first.atUs;
  return between || afterUs >= soonUs ? undefined : afterUs;
};

const isEnd = ({side, flags}: Seen): boolean =>
  !hasFlags({flags}, TcpFlag.RST) &&
  (hasFlags({flags}, TcpFlag.FIN) || (side === 0 && hasFlags({flags}, TcpFlag.SYN)));

/**
 * Returns the segment that was captured once and that the answer's D-SACK reports as arrived twice (RFC 2883 §4, RFC 3708), with the µs
 * between the copies; empty if there is none.
 */
const saidTwice = (segments: readonly Seen[], {distanceUs}: Vantage, answer: Seen): [number, number][] => {
  const {ack = 0, sack} = answer;
  const [first, second] = sack;
  const isTwice = first && (first[1] <= ack || (second && second[0] <= first[0] && first[1] <= second[1]));
  if (!first || !isTwice) return [];
  const sent = segments.filter(
    ({side, seq, end}) => side !== answer.side && seq < first[1] && first[0] < end,
  );
  const [only] = sent;
  if (!only || sent.length > 1 || only.seq !== first[0] || only.end !== first[1]) return [];
  const afterUs = answer.atUs - only.atUs - 2 * distanceUs[answer.side];
  return [[only.packet, Math.max(1, afterUs)]];
};

/** Tells whether an acknowledgment repeats an earlier one although nothing with sequence numbers arrived that it could answer. */
const isUnasked = (segments: readonly Seen[], roundUs: number, answer: Seen): boolean => {
  const {side, packet, atUs, seq, end, ack, window, flags, sack} = answer;
  if (end > seq || sack.length > 0 || (flags & ~TcpFlag.PSH) !== TcpFlag.ACK) return false;
  const before = segments.filter((each) => each.packet < packet);
  const own = before.filter((each) => each.side === side);
  if (!own.some((each) => each.end === seq && each.ack === ack && each.window === window)) return false;
  if (own.some((each) => each.end > seq || (each.ack ?? 0) > (ack ?? 0))) return false;
  return !before.some(
    (each) => each.side !== side && spaceOf(each) > 0 && Math.abs(atUs - roundUs - each.atUs) < soonAfterUs,
  );
};

/** A segment is answered within this many µs, besides the round trip. */
const soonAfterUs = 10_000;

/**
 * Returns the acknowledgment that the path delivered a second time, with the µs between the copies: PAWS refuses the copy, which comes
 * after newer segments, and answers it (RFC 7323 §5.3). Empty if the answer shows none.
 */
const refusedTwice = (segments: readonly Seen[], {distanceUs}: Vantage, answer: Seen): [number, number][] => {
  const roundUs = 2 * distanceUs[answer.side];
  const recent = stampOf(answer)?.ecr;
  if (recent === undefined || !isUnasked(segments, roundUs, answer)) return [];
  const came = segments.filter(
    (each) => each.side !== answer.side && each.atUs < answer.atUs - roundUs && each.flags === TcpFlag.ACK,
  );
  const newest = came.at(-1)?.ack ?? 0;
  const old = came.findLast(
    (each) => spaceOf(each) === 0 && (each.ack ?? 0) < newest && recent - (stampOf(each)?.val ?? recent) > 1,
  );
  return old ? [[old.packet, answer.atUs - roundUs - old.atUs]] : [];
};

export const doubledOf = (segments: readonly Seen[], vantage: Vantage): Doubled => {
  const doubled = new Map<number, number>();
  for (const segment of segments) {
    if (isFar(vantage, otherSide(segment.side)) && isEnd(segment)) {
      const afterUs = answeredTwice(segments, segment);
      if (afterUs !== undefined) doubled.set(segment.packet, afterUs);
    }
    if (!isFar(vantage, segment.side)) continue;
    for (const [packet, afterUs] of saidTwice(segments, vantage, segment)) doubled.set(packet, afterUs);
    for (const [packet, afterUs] of refusedTwice(segments, vantage, segment)) doubled.set(packet, afterUs);
  }
  return doubled;
};

/**
 * Returns the SYN,ACKs that were lost before the capture point: if a repeated SYN is answered with the timestamp of an earlier one (RFC
 * 7323 §3.2), the earlier one had arrived, and each answer in between was lost.
 */
export const answersMissing = (segments: readonly Seen[], vantage: Vantage): readonly Missing[] => {
  const side: Side = 1;
  const answer = segments.find((each) => each.side === side && each.seq === 0 && each.end > 0);
  const echoed = answer && stampOf(answer)?.ecr;
  if (!answer || !echoed || !isFar(vantage, side)) return [];
  const calls = segments.filter(
    (each) => each.side === otherSide(side) && each.seq === 0 && each.end > 0 && each.packet < answer.packet,
  );
  const came = calls.findIndex((each) => stampOf(each)?.val === echoed);
  const lost = came < 0 ? [] : calls.slice(came + 1);
  return lost.map(() => ({side, seq: 0, end: answer.end, beforePacket: answer.packet}));
};
