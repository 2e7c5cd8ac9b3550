// Finds places in a run where the protocol alone decides which end of a connection sends next: one end has to wait and the other owes an
// acknowledgment (RFC 9293 §3.8).
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, mostShift, segLen, type TcpSegment} from '../wire/tcp.ts';
import {type Sent, segmentsOf} from './segments.ts';

/** The reason why the sender of the last segment has to wait for the other end. */
export type Waits =
  /** The sender's SYN has not been answered yet (§3.5). */
  | {readonly kind: 'syn'}
  /** The sender's SYN-ACK has to be acknowledged before the sender may send data (§3.10.2). */
  | {readonly kind: 'syn-ack'}
  /** The sender has sent its FIN, after which it sends nothing more (§3.6). */
  | {readonly kind: 'fin'}
  /** The sender's data have filled the window that the other end last offered (§3.8.6). */
  | {readonly kind: 'window'; readonly ack: Seq; readonly bytes: number}
  /** The sender's segment is a keep-alive probe: it begins before the expected number, so the other end answers it at once (§3.10.7.4). */
  | {readonly kind: 'probe'};

export type Turn = {
  /** The segment whose sender has to wait, after up to two earlier segments of its connection. */
  readonly shown: readonly Sent[];
  readonly next: Sent;
  readonly waits: Waits;
};

type End = {
  /** The sequence number after the highest one that this end of a connection has used; absent before its first segment. */
  next?: Seq;
  /** The last acknowledgment number that this end sent, and the window in that segment, in bytes. */
  acked?: Seq;
  window?: number;
  /** The window scale (shift) that this end's SYN announced; absent if it announced none. */
  shift?: number;
  finished: boolean;
};

const endOf = ({seq}: TcpSegment, length: number): Seq => seqAdd(seq, length);

/** Returns the segments of each connection in packet order. A SYN with another number begins a new connection. */
const conversations = oncePer((trace: Trace): readonly (readonly Sent[])[] => {
  const found: Sent[][] = [];
  const latest = new Map<string, {readonly sent: Sent[]; readonly isn: Seq | undefined}>();
  for (const each of segmentsOf(trace).sent.toSorted((a, b) => a.event.packet - b.event.packet)) {
    const {flow, back, segment} = each;
    const opens = hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');
    const known = latest.get(flow);
    if (known && !(opens && known.isn !== segment.seq && known.sent[0]?.flow === flow)) {
      known.sent.push(each);
      continue;
    }
    const begun = {sent: [each], isn: opens ? segment.seq : undefined};
    found.push(begun.sent);
    latest.set(flow, begun).set(back, begun);
  }
  return found;
});

const note = (own: End, segment: TcpSegment): void => {
  const end = endOf(segment, segLen(segment));
  if (own.next === undefined || seqDiff(end, own.next) > 0) own.next = end;
  if (hasFlag(segment, 'FIN')) own.finished = true;
  if (hasFlag(segment, 'SYN')) {
    const scale = segment.options.find((option) => option.kind === 'windowScale');
    if (scale?.kind === 'windowScale') own.shift = scale.shift;
  }
  if (!hasFlag(segment, 'ACK')) return;
  own.acked = segment.ack;
};

/**
 * Returns the window of a TCP segment in bytes; undefined if the connection's SYN was not captured, so that its scale is unknown
 * (RFC 7323 §2.2).
 */
const windowOf = (segment: TcpSegment, own: End, other: End, isWhole: boolean): number | undefined => {
  if (!isWhole) return undefined;
  const scaled = own.shift !== undefined && other.shift !== undefined && !hasFlag(segment, 'SYN');
  return segment.window << (scaled ? Math.min(own.shift ?? 0, mostShift) : 0);
};

type Before = {readonly next: Seq | undefined; readonly finished: boolean};

const waitsAfter = (segment: TcpSegment, before: Before, own: End, other: End): Waits | undefined => {
  const length = segLen(segment);
  const fresh = length > 0 && (before.next === undefined || before.next === segment.seq);
  if (hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK'))
    return fresh && before.next === undefined && other.next === undefined && length === 1
      ? {kind: 'syn'}
      : undefined;
  // The sender may still owe an acknowledgment, or the capture lacks segments of the other end, so the protocol does not decide who is
  // next.
  if (other.next === undefined || own.acked !== other.next) return undefined;
  if (hasFlag(segment, 'SYN')) return fresh && before.next === undefined ? {kind: 'syn-ack'} : undefined;
  if (before.next === undefined) return undefined;
  if (fresh && hasFlag(segment, 'FIN') && !before.finished) return {kind: 'fin'};
  const probes = segment.seq === seqAdd(before.next, -1) && segment.payload.length <= 1 && !before.finished;
  if (probes && other.acked === before.next) return {kind: 'probe'};
  const {acked, window = 0} = other;
  if (!fresh || acked === undefined || window === 0 || own.next !== seqAdd(acked, window)) return undefined;
  return {kind: 'window', ack: acked, bytes: window};
};

const shownBefore = 3;

const turnsIn = (segments: readonly Sent[]): readonly Turn[] => {
  const found: Turn[] = [];
  const ends = new Map<string, End>();
  const endAt = (flow: string): End => {
    const end = ends.get(flow) ?? {finished: false};
    ends.set(flow, end);
    return end;
  };
  const first = segments[0]?.segment;
  const isWhole = first !== undefined && hasFlag(first, 'SYN') && !hasFlag(first, 'ACK');
  for (const [index, sent] of segments.entries()) {
    const {segment, flow, back} = sent;
    if (hasFlag(segment, 'RST')) break;
    const [own, other] = [endAt(flow), endAt(back)];
    const before = {next: own.next, finished: own.finished};
    note(own, segment);
    const window = windowOf(segment, own, other, isWhole);
    if (window === undefined) delete own.window;
    else if (hasFlag(segment, 'ACK')) own.window = window;
    const waits = waitsAfter(segment, before, own, other);
    const next = segments[index + 1];
    const arrived =
      next?.flow === back &&
      hasFlag(next.segment, 'ACK') &&
      own.next !== undefined &&
      next.segment.ack === own.next;
    if (waits && next && arrived)
      found.push({shown: segments.slice(Math.max(0, index + 1 - shownBefore), index + 1), next, waits});
  }
  return found;
};

/**
 * Returns the places of a capture at which the protocol decides who sends next: a segment whose sender must wait, and the other end's reply
 * to it.
 */
export const turnsOf = oncePer((trace: Trace): readonly Turn[] => conversations(trace).flatMap(turnsIn));
