// Finds segments that are retransmitted although they were not lost. Their sender cannot see that, but an observer of both ends can (RFC
// 4015 §1).
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Refusal} from '../../stack/refusal.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {segLen, type TcpSegment} from '../../wire/tcp.ts';
import {sackBlocksOf} from '../../wire/tcp-options.ts';
import {connectionAt, entriesOf, entryAt, instantOf} from '../entries.ts';
import {packetOf, type Sent, segmentOf, sentBefore, sentOn} from '../packet.ts';
import {wordOf} from '../reason.ts';
import {beganUs} from './began.ts';
import {numbered, thingOf} from './packet-name.ts';
import {checks, isAnswerTo, thrownAway} from './thrown-away.ts';

/**
 * Why a retransmission is needless: the original is still on its way (`late`); it has arrived and a sufficient ACK is on its way
 * (`acknowledged`); its ACK was discarded (`thrown`); or its ACK has not arrived (`unheard`).
 */
export type Needless = 'late' | 'acknowledged' | 'thrown' | 'unheard';

export type Late = {readonly packet: number; readonly byTimer: boolean};

type Range = {readonly seq: Seq; readonly bytes: number};

/** Tells whether parts of the sequence space together cover the whole range. */
const isCovered = (range: Range, parts: readonly Range[]): boolean => {
  let reached = 0;
  for (const part of parts.toSorted((a, b) => seqDiff(a.seq, b.seq))) {
    const from = seqDiff(part.seq, range.seq);
    if (from <= reached) reached = Math.max(reached, from + part.bytes);
  }
  return reached >= range.bytes;
};

/**
 * The numbers of the events that drop a packet, by packet and instant, because a copy may be discarded although the packet itself was
 * accepted.
 */
const thrown = oncePer(
  (trace: Trace): ReadonlyMap<string, number> =>
    new Map([...entriesOf(trace, 'drop')].map(({n, packet, instant}) => [`${packet} ${instant}`, n])),
);

type End = {
  readonly packet: number;
  /** The event at which the segment arrives; Infinity if the run ends before that. */
  readonly event: number;
  readonly segment: TcpSegment;
  /** The number of the event by which the receiver discards the segment; undefined if it does not. */
  readonly thrown: number | undefined;
};

const rangeOf = ({segment}: {readonly segment: TcpSegment}): Range => ({
  seq: segment.seq,
  bytes: segLen(segment),
});

/** Tells whether a fault will change a packet that has not arrived by the end of the run. */
const isToBeAltered = ({faults}: EventOf<'send'>): boolean =>
  faults.some((fault) => /^(?:edit|corrupt)\b/.test(fault));

/**
 * Returns the arrivals, present or future, of the segments that a connection has sent from a time on and before this event; only of those
 * that arrive as they were sent.
 */
const endsOf = (trace: Trace, sent: Sent): readonly End[] =>
  [...sentOn(trace, sent)].flatMap(({send, segment}) => {
    const record = packetOf(trace, send.packet);
    if (record.endEvent === undefined)
      return record.lost || isToBeAltered(send)
        ? []
        : [{packet: send.packet, event: Number.POSITIVE_INFINITY, segment, thrown: undefined}];
    const end = entryAt(trace, record.endEvent);
    if (end.kind !== 'arrive' || end.altered) return [];
    const drop = thrown(trace).get(`${send.packet} ${end.instant}`);
    return [{packet: send.packet, event: end.n, segment, thrown: drop}];
  });

/** Tells whether a receiver has the whole range of data, in order or kept after a gap, after event `n`. */
const isHad = (trace: Trace, {n, host, connection}: Omit<EventOf<'send'>, 'kind'>, range: Range): boolean => {
  const tcb = connectionAt(trace, n, {host, connection});
  if (!tcb) return false;
  const before = {seq: seqAdd(tcb.rcv.nxt, -range.bytes), bytes: range.bytes};
  const kept = tcb.reassembly.map(({seq, data}) => ({seq, bytes: data.length}));
  return seqDiff(tcb.rcv.nxt, seqAdd(range.seq, range.bytes)) >= 0 || isCovered(range, [before, ...kept]);
};

/**
 * Tells whether a SACK block of the segment covers the range, as it does with data after a gap, before the ACK number can (RFC 2018 §3).
 */
const isNamed = ({options}: TcpSegment, {seq, bytes}: Range): boolean =>
  sackBlocksOf(options).some(
    ({left, right}) => seqDiff(seq, left) >= 0 && seqDiff(right, seqAdd(seq, bytes)) >= 0,
  );

/** The reasons for discarding a segment that is old, or for which no connection or listener waits. */
const heard = [
  ...(['duplicate', 'below', 'afterFin', 'noConnection', 'listener', 'synFin'] as const),
  ...(['no listener', 'no connection'] as const),
] satisfies Refusal[];

/** The reasons for discarding a segment so that it counts as if it had not arrived. */
const unheard = ['ack', 'noAck', 'oldAck', 'bad ack', 'old', 'window'] as const satisfies Refusal[];

/**
 * Tells whether the receiver accepted an ACK, or discarded it for one of the reasons in `heard`. A segment that comes late may be old by
 * then.
 */
const isHeard = (trace: Trace, {thrown}: End): boolean =>
  thrown === undefined || wordOf(trace, thrown, 'refusal', heard) !== undefined;

/**
 * Tells whether a connection has sent a suitable answer before this event that is still on its way, whether it arrives later or is lost.
 */
const isUnderWay = (trace: Trace, sent: Sent, isAck: (answer: TcpSegment) => boolean): boolean =>
  [...sentOn(trace, sent)].some(
    ({send, segment}) =>
      isAck(segment) && (packetOf(trace, send.packet).endEvent ?? Number.POSITIVE_INFINITY) > sent.n,
  );

/**
 * Returns which of several earlier copies with all the data arrives first, and whether a timer has just sent it; undefined if there are no
 * several copies or none is on its way.
 */
export const underWayOf = (trace: Trace, send: EventOf<'send'>): Late | undefined => {
  const segment = segmentOf(packetOf(trace, send.packet));
  if (!segment) return undefined;
  const sinceUs = beganUs(trace, send);
  const isWhole = (each: {readonly segment: TcpSegment}): boolean =>
    isCovered(rangeOf({segment}), [rangeOf(each)]);
  const all = [...sentBefore(trace, send.packet)].filter((each) => each.sentUs >= sinceUs && isWhole(each));
  const [first] = endsOf(trace, {...send, sinceUs})
    .filter((end) => end.event > send.n && end.thrown === undefined && isWhole(end))
    .toSorted((a, b) => a.event - b.event);
  if (all.length < 2 || !first) return undefined;
  const {sendEvent, sentUs} = packetOf(trace, first.packet);
  const fires = instantOf(trace, sendEvent).some(
    (event) => event.kind === 'timer' && event.op === 'fire' && event.connection === send.connection,
  );
  return {packet: first.packet, byTimer: fires && sentUs === send.atUs};
};

export const needlessOf = (trace: Trace, send: EventOf<'send'>): Needless | undefined => {
  const {n, packet, connection = ''} = send;
  const {to} = packetOf(trace, packet);
  const segment = segmentOf(packetOf(trace, packet));
  if (!segment || !numbered.has(thingOf(trace, packet).what)) return undefined;
  const range = rangeOf({segment});
  const far = farEndOf(connection);
  // An earlier connection may have had the same ports and the same sequence numbers.
  const since = {n, sinceUs: beganUs(trace, send)};
  const ends = endsOf(trace, {...since, connection}).filter((end) => end.thrown === undefined);
  const isIn = (wanted: (event: number) => boolean): boolean =>
    isCovered(range, ends.filter(({event}) => wanted(event)).map(rangeOf));
  if (isIn((event) => event > n)) return 'late';
  if (!isIn((event) => event < n)) return undefined;
  if (!isHad(trace, {...send, host: to, connection: far}, range)) return undefined;
  const isAck = (answer: TcpSegment): boolean => isAnswerTo(segment)(answer) || isNamed(answer, range);
  const answers = endsOf(trace, {...since, connection: far});
  if (answers.some((end) => end.event > n && isHeard(trace, end) && isAck(end.segment)))
    return 'acknowledged';
  // An ACK that named the segment was accepted and had no effect: a gap before it is not filled, though the sender of the ACK believes so.
  if (answers.some((end) => end.event < n && end.thrown === undefined && isAck(end.segment)))
    return undefined;
  const [begun] = ends.filter((end) => isCovered({seq: range.seq, bytes: 1}, [rangeOf(end)]));
  const sinceUs = begun ? entryAt(trace, begun.event).atUs : send.atUs;
  return thrownAway(trace, send, {sinceUs, isAnswer: isAnswerTo(segment)}) ? 'thrown' : 'unheard';
};

/**
 * The packets that carried an ACK of a segment, and how they ended; `coming` is true if another one is on its way and will be discarded,
 * too.
 */
export type Bearers = {
  readonly packets: readonly number[];
  readonly ended: 'lost' | 'thrown' | 'either';
  readonly coming: boolean;
};

/**
 * Returns the packets of the other end that carried an ACK of the segment and that were lost or discarded; undefined for a single one
 * without data or FIN, because then only the ACK is missing.
 */
export const bearersOf = (trace: Trace, send: EventOf<'send'>): Bearers | undefined => {
  const segment = segmentOf(packetOf(trace, send.packet));
  if (!segment) return undefined;
  const isAck = isAnswerTo(segment);
  const far = farEndOf(send.connection ?? '');
  const sinceUs = beganUs(trace, send);
  const ended = [...entriesOf(trace, 'drop')].flatMap(({n, packet, host, reason}) => {
    if (n >= send.n || packet < 1) return [];
    const {sendEvent, frame, sentUs} = packetOf(trace, packet);
    const answer = sentUs < sinceUs ? undefined : segmentOf({frame});
    if (!answer || entryAt(trace, sendEvent).connection !== far || !isAck(answer)) return [];
    const isThrown = host === send.host && (checks.has(reason) || reason === 'discarded');
    return [{packet, answer, ended: isThrown ? ('thrown' as const) : ('lost' as const)}];
  });
  const [first] = ended;
  const packets = [...new Set(ended.map(({packet}) => packet))];
  const coming = isUnderWay(trace, {connection: far, n: send.n, sinceUs}, isAck);
  const isAlone = thingOf(trace, send.packet).what === 'SYN' || (first && segLen(first.answer) === 0);
  if (!coming && (!first || (packets.length === 1 && isAlone))) return undefined;
  return {
    packets: packets.toSorted((a, b) => a - b),
    ended: first && ended.every((each) => each.ended === first.ended) ? first.ended : 'either',
    coming,
  };
};

/** Tells whether a drop treats its segment as if it had not arrived, whether or not the host still answers such segments (RFC 5961 §7). */
const isUnheard = (trace: Trace, drop: number): boolean =>
  wordOf(trace, drop, 'refusal', unheard) !== undefined || wordOf(trace, drop, 'else', unheard) !== undefined;

/** Tells whether the last copy of the segment's data that arrived was discarded, and not because the data had come before. */
export const wasRefused = (trace: Trace, send: EventOf<'send'>): boolean => {
  const segment = segmentOf(packetOf(trace, send.packet));
  if (!segment || segment.payload.length === 0) return false;
  const sinceUs = beganUs(trace, send);
  const last = [...sentOn(trace, {...send, sinceUs})].findLast((each) =>
    isCovered(rangeOf({segment}), [rangeOf(each)]),
  )?.send;
  const {endEvent, to} = last ? packetOf(trace, last.packet) : {endEvent: undefined, to: undefined};
  if (!last || endEvent === undefined || endEvent > send.n) return false;
  return instantOf(trace, endEvent).some(
    (event) =>
      event.kind === 'drop' && event.packet === last.packet && event.host === to && isUnheard(trace, event.n),
  );
};
