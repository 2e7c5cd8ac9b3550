// The sequence numbers that an end has received before each arriving segment, folded from the segments that arrived (RFC 9293 §3.4).
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqDiff, seqLe, seqMax} from '../wire/seq.ts';
import {hasFlag, segEnd} from '../wire/tcp.ts';
import {type Begun, withSegment} from './begun.ts';
import {segmentsOf} from './segments.ts';

/** A range of sequence numbers: the first one, and the one after the last. */
export type Range = readonly [from: Seq, to: Seq];

export type Received = Begun & {
  /** The next expected sequence number (RCV.NXT); undefined if nothing has arrived. */
  readonly next: Seq | undefined;
  /** Ranges of sequence numbers that have arrived beyond a gap, in order. */
  readonly held: readonly Range[];
};

const nothing: Received = {next: undefined, held: [], first: undefined, early: undefined, count: 0};

/** Returns RCV.NXT and the ranges beyond a gap after a segment with the numbers from `from` up to `to` has been added. */
export const takenIn = (
  next: Seq,
  held: readonly Range[],
  [from, to]: Range,
): Pick<Received, 'held'> & {readonly next: Seq} => {
  const ranges = [...held, [from, to] as const].toSorted((a, b) => seqDiff(a[0], b[0]));
  let upTo = next;
  const left: Range[] = [];
  for (const range of ranges) {
    if (seqLe(range[0], upTo)) upTo = seqMax(upTo, range[1]);
    else if (seqDiff(range[1], range[0]) > 0) left.push(range);
  }
  return {next: upTo, held: left};
};

/** Maps the number of each arrival event to what had been received before it. */
export const receivedBefore = oncePer((trace: Trace): ReadonlyMap<number, Received> => {
  const ends = new Map<string, Received>();
  const found = new Map<number, Received>();
  for (const {n, flow, segment} of segmentsOf(trace).arrived) {
    const opens = hasFlag(segment, 'SYN');
    const known = ends.get(flow) ?? nothing;
    const before = opens && known.first !== segment.seq ? nothing : known;
    found.set(n, before);
    const range = [segment.seq, segEnd(segment)] as const;
    const taken = takenIn(before.next ?? segment.seq, before.held, range);
    if (!hasFlag(segment, 'RST')) ends.set(flow, {...taken, ...withSegment(before, segment)});
  }
  return found;
});
