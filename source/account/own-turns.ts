// Finds the turns of a host that the learner plays: whether it is the learner's turn, the segment that calls for an answer, how a
// chosen segment differs from the stack's, and numbers worth trying.

import type {OwnSegment} from '../sim/own-segment.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seq, seqAdd} from '../wire/seq.ts';
import {flagNames, flagOrder, hasFlag, segEnd, type TcpSegment} from '../wire/tcp.ts';
import {entriesOf, worldAt} from './entries.ts';
import {packetOf, segmentOf} from './packet.ts';

/** Tells whether the run waits for the next segment of the learner, who plays a host. */
export const isTurnOpen = (trace: Trace): boolean =>
  trace.header.byHand !== undefined && worldAt(trace, trace.length)?.hand?.open !== undefined;

/** Writes a TCP segment in the notation of labels: `SYN,ACK seq=9000 ack=1001 len=0`. */
export const segmentText = (segment: TcpSegment): string =>
  [
    flagNames(segment).join(',') || '-',
    `seq=${segment.seq}`,
    ...(hasFlag(segment, 'ACK') ? [`ack=${segment.ack}`] : []),
    ...(segment.payload.length > 0 ? [`len=${segment.payload.length}`] : []),
  ].join(' ');

/** Writes a segment that the learner has chosen and not sent yet, in the notation of labels. */
export const ownSegmentText = ({flags, seq: own, ack, length = 0}: OwnSegment): string =>
  [
    flagOrder.filter((name) => flags.includes(name)).join(',') || '-',
    `seq=${own}`,
    ...(flags.includes('ACK') ? [`ack=${ack}`] : []),
    ...(length > 0 ? [`len=${length}`] : []),
  ].join(' ');

export type OwnField = 'flags' | 'seq' | 'ack' | 'len';

/** A segment that the learner sent, the one that the stack would have sent at this turn, and the fields in which they differ. */
export type Verdict = {
  readonly packet: number;
  readonly own: TcpSegment;
  readonly real: TcpSegment;
  readonly differs: readonly OwnField[];
};

/** PSH is not compared, because a stack sets it as it likes (RFC 9293 §3.9.1.2). */
const told = (segment: TcpSegment): string =>
  flagNames(segment)
    .filter((name) => name !== 'PSH')
    .join();

const differences = (own: TcpSegment, real: TcpSegment): readonly OwnField[] => [
  ...(told(own) === told(real) ? [] : ['flags' as const]),
  ...(own.seq === real.seq ? [] : ['seq' as const]),
  // Without the ACK flag the acknowledgment number means nothing.
  ...(own.ack === real.ack || !hasFlag(own, 'ACK') || !hasFlag(real, 'ACK') ? [] : ['ack' as const]),
  ...(own.payload.length === real.payload.length ? [] : ['len' as const]),
];

const verdictsIn = oncePer((trace: Trace): ReadonlyMap<number, Verdict> => {
  const found = new Map<number, Verdict>();
  if (trace.header.byHand === undefined) return found;
  for (const {packet, hop, inPlaceOf: real} of entriesOf(trace, 'send')) {
    const own = real && hop === 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    if (real && own) found.set(packet, {packet, own, real, differs: differences(own, real)});
  }
  return found;
});

/** Returns the comparison of a segment that the learner has sent with the stack's; undefined for every other packet. */
export const verdictOn = (trace: Trace, packet: number): Verdict | undefined => verdictsIn(trace).get(packet);

/** Returns the comparisons of the learner's segments up to event `n` with the stack's, in order. */
export const verdictsTo = (trace: Trace, n: number): readonly Verdict[] =>
  [...verdictsIn(trace).values()].filter(({packet}) => packetOf(trace, packet).sendEvent <= n);

/** Returns the segment that last reached the host that the learner plays, by event `n`; undefined if none has. */
const heardLast = (trace: Trace, n: number): TcpSegment | undefined => {
  let last: EventOf<'arrive'> | undefined;
  for (const event of entriesOf(trace, 'arrive'))
    if (event.n <= n && event.host === trace.header.byHand && event.packet > 0) last = event;
  return last && segmentOf(packetOf(trace, last.packet));
};

/** The facts that the learner sees at his turn: the peer's last segment, and numbers worth trying, in ascending order. */
export type Turn = {
  readonly heard: TcpSegment | undefined;
  readonly seqs: readonly Seq[];
  readonly acks: readonly Seq[];
};

const ascending = (numbers: readonly Seq[]): readonly Seq[] => [...new Set(numbers)].sort((a, b) => a - b);

/**
 * Returns what the learner sees at event `n`, at his turn. None of the numbers is marked as right: each right one has its neighbours beside
 * it.
 */
export const turnAt = (trace: Trace, n: number): Turn => {
  const {byHand = '', setNumbers} = trace.header;
  const heard = heardLast(trace, n);
  const sent = verdictsTo(trace, n).at(-1)?.own;
  const begun = setNumbers?.get(byHand) ?? [];
  const own = [
    ...(sent ? [sent.seq, segEnd(sent)] : begun),
    ...(heard && hasFlag(heard, 'ACK') ? [heard.ack] : []),
  ];
  const peer = heard ? [heard.seq, segEnd(heard)] : [];
  return {
    heard,
    seqs: ascending([seq(0), ...own, ...own.map((each) => seqAdd(each, 1)), ...peer.slice(0, 1)]),
    acks: ascending([seq(0), ...peer, ...peer.map((each) => seqAdd(each, 1)), ...own.slice(0, 1)]),
  };
};
