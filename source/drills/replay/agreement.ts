// Compares a capture with its simulation segment by segment, at the capture point. Segments with the same flags, numbers and length are
// alike; PSH is ignored, because it only marks the end of a write.

import {pairsOf, risingOnly} from '../../sim/compare-packets.ts';
import {formatFault} from '../../sim/fault-text.ts';
import type {Trace} from '../../sim/trace.ts';
import {byKey} from '../../wire/grouped.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {fatesOf} from './fates.ts';
import type {Replayed} from './from-capture.ts';
import {segmentBytesOf} from './host-settings.ts';
import {cut, joined} from './offload.ts';
import {type Seen, type Side, seenConnection} from './seen.ts';

export type Pair = {
  readonly capture: Seen | undefined;
  readonly simulated: Seen | undefined;
  readonly alike: boolean;
};

export type Agreement = {
  /** Rows of the comparison: each segment of the capture and of the simulation occurs once, in the order in which they passed. */
  readonly pairs: readonly Pair[];
  /** How many rows are alike. `captured` is the number of the capture's segments, without copies that the network made. */
  readonly alike: number;
  readonly captured: number;
  /** How many segments only the simulation has. */
  readonly extra: number;
};

const same = ({seq, end, ack, flags}: Seen): string => `${flags & ~TcpFlag.PSH} ${seq} ${end} ${ack ?? '-'}`;
/**
 * Returns a key of a segment's flags, numbers and length; a captured and a simulated segment with the same key are compared in one row even
 * if they acknowledge different numbers.
 */
const similar = ({seq, end, flags}: Seen): string => `${flags & ~TcpFlag.PSH} ${seq} ${end}`;

/**
 * Returns the simulation's segments with the times at which they passed the capture point, without those that the path had lost before it.
 */
const simulatedSeen = (trace: Trace, {vantage, faults}: Replayed): readonly Seen[] => {
  const before = new Map(
    faults.flatMap(({fault, seen}) => (seen ? [] : [[formatFault(fault), fault] as const])),
  );
  const seen = seenConnection(trace, (record, side) => {
    const send = trace.event(record.sendEvent);
    const met = send.kind === 'send' ? send.faults.flatMap((text) => before.get(text) ?? []) : [];
    if (met.some(({kind}) => kind === 'drop')) return undefined;
    let lateUs = 0;
    for (const fault of met)
      if (fault.kind === 'delay')
        lateUs = Math.max(lateUs + fault.byUs, (fault.untilUs ?? 0) - record.sentUs - vantage.delayUs);
    return record.sentUs + lateUs + vantage.distanceUs[side] - vantage.distanceUs[0];
  });
  return typeof seen === 'string'
    ? []
    : seen.segments.toSorted((a, b) => a.atUs - b.atUs || a.packet - b.packet);
};

/**
 * Returns for each segment on the left the index of its counterpart on the right, or −1. The n-th segment with a key is the counterpart of
 * the n-th with that key, and the order of both sides is kept.
 */
const matched = (
  left: readonly Seen[],
  right: readonly Seen[],
  key: (segment: Seen) => string,
): Int32Array => {
  const numbered = (segments: readonly Seen[]): readonly string[] => {
    const counts = new Map<string, number>();
    return segments.map((segment) => {
      const text = key(segment);
      const nth = (counts.get(text) ?? 0) + 1;
      counts.set(text, nth);
      return `${text} #${nth}`;
    });
  };
  return risingOnly(pairsOf(numbered(left), numbered(right)));
};

type Found = Map<Seen, {readonly other: Seen; readonly alike: boolean}>;

const pairUp = (found: Found, left: readonly Seen[], right: readonly Seen[]): void => {
  for (const key of [same, similar]) {
    const taken = new Set([...found.values()].map(({other}) => other));
    const [ones, others] = [
      left.filter((each) => !found.has(each)),
      right.filter((each) => !taken.has(each)),
    ];
    for (const [index, place] of matched(ones, others, key).entries()) {
      const [one, other] = [ones[index], others[place]];
      if (one && other) found.set(one, {other, alike: key === same});
    }
  }
};

/** Returns the rows of the comparison in the capture's order; segments that only the simulation has are placed by their time. */
const inOrder = (capture: readonly Seen[], simulated: readonly Seen[], found: Found): readonly Pair[] => {
  const taken = new Set([...found.values()].map(({other}) => other));
  const alone = simulated.filter((each) => !taken.has(each));
  const pairs: Pair[] = [];
  let next = 0;
  const addUntil = (atUs: number): void => {
    for (let each = alone[next]; each && each.atUs < atUs; each = alone[++next])
      pairs.push({capture: undefined, simulated: each, alike: false});
  };
  for (const segment of capture) {
    const like = found.get(segment);
    addUntil(Math.min(segment.atUs, like?.other.atUs ?? segment.atUs));
    pairs.push({capture: segment, simulated: like?.other, alike: like?.alike ?? false});
  }
  addUntil(Number.POSITIVE_INFINITY);
  return pairs;
};

/**
 * Makes one row of the comparison from the pieces of a captured segment that was larger than the path carries, at the place of the first
 * piece.
 */
const joinPieces = (pairs: readonly Pair[], uncut: ReadonlyMap<number, Seen>): readonly Pair[] => {
  const cut = pairs.filter(({capture}) => capture && uncut.has(capture.packet));
  const rows = byKey(cut, ({capture}) => capture?.packet);
  return pairs.flatMap((pair): readonly Pair[] => {
    const row = pair.capture && rows.get(pair.capture.packet);
    if (!row) return [pair];
    if (row[0] !== pair) return [];
    return [
      {
        capture: uncut.get(pair.capture?.packet ?? 0),
        simulated: joined(row.flatMap(({simulated}) => simulated ?? [])),
        alike: row.every(({alike}) => alike),
      },
    ];
  });
};

export const agreementOf = (replayed: Replayed, trace: Trace): Agreement => {
  const fates = fatesOf(replayed.seen, replayed.vantage);
  const capture = replayed.seen.segments.filter(({packet}) => fates.of.get(packet)?.kind !== 'copy');
  const simulated = simulatedSeen(trace, replayed);
  const found: Found = new Map();
  const uncut = new Map<number, Seen>();
  const pieces = capture.flatMap((segment) => {
    const cuts = cut(segment, segmentBytesOf(replayed.seen, segment.side));
    if (cuts.length > 1) uncut.set(segment.packet, segment);
    return cuts;
  });
  const of = (segments: readonly Seen[], side: Side) => segments.filter((each) => each.side === side);
  for (const side of [0, 1] as const) pairUp(found, of(pieces, side), of(simulated, side));
  const lastUs = capture.at(-1)?.atUs ?? 0;
  // Segments that the simulation sends after the end of the capture are left out, because there is nothing to compare them with.
  const pairs = joinPieces(inOrder(pieces, simulated, found), uncut).filter(
    (pair) => pair.capture !== undefined || (pair.simulated?.atUs ?? 0) < lastUs,
  );
  return {
    pairs,
    alike: pairs.filter(({alike}) => alike).length,
    captured: capture.length,
    extra: pairs.filter(({capture: seen}) => seen === undefined).length,
  };
};
