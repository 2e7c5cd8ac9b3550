// Aligns the packets of two runs by what they are rather than by their numbers, keeping the order of both runs.

import type {Frame, Transport} from '../wire/frame.ts';
import {bisect} from '../wire/growing-list.ts';
import {segLen, TcpFlag, type TcpSegment} from '../wire/tcp.ts';
import {sameFrame} from './event-difference.ts';
import type {EventOf, Trace, TraceEvent} from './trace.ts';

/** Whether a packet or state is equal in both runs (=), different (≠), only in the right one (+) or only in the left one (−). */
export type Relation = '=' | '≠' | '+' | '−';

export type PacketRow = {
  /** The packet's number in the left run, and in the right run; at least one of them is defined. */
  readonly left: number | undefined;
  readonly right: number | undefined;
  readonly relation: Relation;
  /**
   * The number that a packet without a partner in its row has in the other run, where it has another place; undefined if the other run does
   * not have it.
   */
  readonly elsewhere: number | undefined;
};

/** A packet with all events on its way. */
type Sent = {readonly send: EventOf<'send'>; readonly way: TraceEvent[]};

/** Returns the packets of a run in order of their numbers, packet 1 first. */
const packetsOf = (trace: Trace): readonly Sent[] => {
  const packets: Sent[] = [];
  for (const event of trace.events()) {
    if (event.kind !== 'send' && event.kind !== 'arrive' && event.kind !== 'drop') continue;
    if (event.packet <= 0) continue;
    if (event.kind === 'send' && event.hop === 0) packets[event.packet - 1] = {send: event, way: []};
    else packets[event.packet - 1]?.way.push(event);
  }
  return packets;
};

const segmentKey = (segment: TcpSegment): string => {
  const {srcPort, dstPort, seq, ack, flags} = segment;
  const length = segLen(segment);
  // PSH is left out of the key, because it only marks where a SEND ended. A segment without sequence numbers is identified by its
  // acknowledgment number.
  const rest = length === 0 ? `ack ${ack}` : `len ${length}`;
  return `${srcPort} ${dstPort} ${seq} ${flags & ~TcpFlag.PSH} ${rest}`;
};

const transportKey = (transport: Transport): string => {
  if (transport.kind === 'tcp') return segmentKey(transport.segment);
  if (transport.kind === 'udp')
    return `udp ${transport.datagram.srcPort} ${transport.datagram.dstPort} ${transport.datagram.payload.length}`;
  if (transport.kind === 'raw') return `raw ${transport.protocol} ${transport.payload.length}`;
  const {type, code, rest} = transport.message;
  return `${transport.kind} ${type} ${code} ${rest}`;
};

const frameKey = (frame: Frame | undefined): string => {
  if (frame?.payload.kind === 'raw') return `type ${frame.payload.etherType}`;
  if (frame?.payload.kind === 'arp') {
    const {operation, senderIp, targetIp} = frame.payload.message;
    return `arp ${operation} ${senderIp} ${targetIp}`;
  }
  if (!frame) return '';
  const {src, dst, transport} = frame.payload.packet;
  return `${src} ${dst} ${transportKey(transport)}`;
};

/**
 * Returns a key for each packet of a run by which it is found in the other run. It includes how often the same packet was sent before, so
 * it is unique in its run.
 */
const keysOf = (packets: readonly Sent[]): readonly string[] => {
  const counts = new Map<string, number>();
  return packets.map(({send}) => {
    const key = `${send.host} ${frameKey(send.frame)}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return `${key} #${nth}`;
  });
};

/** Returns for each key on the left the index of the same key on the right, or −1 if there is none. */
export const pairsOf = (left: readonly string[], right: readonly string[]): Int32Array => {
  const places = new Map(right.map((key, index) => [key, index]));
  return Int32Array.from(left, (key) => places.get(key) ?? -1);
};

/** Returns the pairs of the longest subsequence that rises on both sides, by patience sorting in O(n log n); the others become −1. */
export const risingOnly = (pairs: Int32Array): Int32Array => {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, place] of pairs.entries()) {
    if (place < 0) continue;
    const pile = bisect(tops.length, (each) => (pairs[tops[each] ?? 0] ?? 0) >= place);
    before[index] = tops[pile - 1] ?? -1;
    tops[pile] = index;
  }
  const kept = new Int32Array(pairs.length).fill(-1);
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) kept[at] = pairs[at] ?? -1;
  return kept;
};

/**
 * Returns a key that is equal for two packets which may be paired although their numbers differ: the same hosts, flags, length and kind.
 */
const likeness = ({send}: Sent): string => {
  const payload = send.frame?.payload;
  const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
  const kind =
    transport?.kind === 'tcp'
      ? `${transport.segment.flags & ~TcpFlag.PSH} ${transport.segment.payload.length}`
      : transport?.kind;
  return `${send.host} ${send.to} ${send.retransmission} ${kind}`;
};

const sameWay = (a: readonly TraceEvent[], b: readonly TraceEvent[]): boolean =>
  a.length === b.length &&
  a.every((left, index) => {
    const right = b[index];
    if (left.kind !== right?.kind || left.atUs !== right.atUs || left.host !== right.host) return false;
    if (left.connection !== right.connection) return false;
    if (left.kind === 'drop' && right.kind === 'drop') return left.reason === right.reason;
    if (left.kind === 'arrive' && right.kind === 'arrive') return sameFrame(left.altered, right.altered);
    return left.kind === 'send' && right.kind === 'send' && left.lost === right.lost;
  });

const isSame = (a: Sent, b: Sent): boolean =>
  a.send.atUs === b.send.atUs &&
  a.send.dueUs === b.send.dueUs &&
  a.send.lost === b.send.lost &&
  a.send.retransmission === b.send.retransmission &&
  a.send.faults.join() === b.send.faults.join() &&
  sameWay(a.way, b.way) &&
  sameFrame(a.send.frame, b.send.frame);

/** The packets of two runs, and for each packet the index of the equal one in the other run, or −1. */
type Sides = {
  readonly left: readonly Sent[];
  readonly right: readonly Sent[];
  readonly leftPairs: Int32Array;
  readonly rightPairs: Int32Array;
};

type Place = readonly [left: number, right: number];

/** Pairs packets that have no equal in the other run, between two places, if they are of the same kind; keeps the order of both sides. */
const alike = (sides: Sides, from: Place, to: Place): readonly Place[] => {
  const waiting = new Map<string, number[]>();
  for (let j = to[1] - 1; j >= from[1]; j--) {
    const packet = sides.right[j];
    if (!packet || (sides.rightPairs[j] ?? -1) >= 0) continue;
    const key = likeness(packet);
    const queue = waiting.get(key);
    if (queue) queue.push(j);
    else waiting.set(key, [j]);
  }
  const pairs: Place[] = [];
  let last = -1;
  for (let i = from[0]; i < to[0] && waiting.size > 0; i++) {
    const packet = sides.left[i];
    if (!packet || (sides.leftPairs[i] ?? -1) >= 0) continue;
    const queue = waiting.get(likeness(packet));
    while (queue && (queue.at(-1) ?? last) < last) queue.pop();
    const j = queue?.pop();
    if (j === undefined) continue;
    pairs.push([i, j]);
    last = j;
  }
  return pairs;
};

const pairRow = ({left, right}: Sides, i: number, j: number): PacketRow => {
  const [a, b] = [left[i], right[j]];
  const same = a !== undefined && b !== undefined && isSame(a, b);
  return {left: i + 1, right: j + 1, relation: same ? '=' : '≠', elsewhere: undefined};
};

/** Adds rows for packets without a partner, between two places of both runs, in the order of sending. */
const addAlone = (rows: PacketRow[], sides: Sides, from: Place, to: Place): void => {
  let [i, j] = from;
  const other = (index = -1): number | undefined => (index < 0 ? undefined : index + 1);
  while (i < to[0] || j < to[1]) {
    const leftUs = i < to[0] ? (sides.left[i]?.send.atUs ?? 0) : Number.POSITIVE_INFINITY;
    const rightUs = j < to[1] ? (sides.right[j]?.send.atUs ?? 0) : Number.POSITIVE_INFINITY;
    if (leftUs <= rightUs) {
      rows.push({left: i + 1, right: undefined, relation: '−', elsewhere: other(sides.leftPairs[i])});
      i++;
    } else {
      rows.push({left: undefined, right: j + 1, relation: '+', elsewhere: other(sides.rightPairs[j])});
      j++;
    }
  }
};

const inverted = (pairs: Int32Array, length: number): Int32Array => {
  const result = new Int32Array(length).fill(-1);
  for (const [index, place] of pairs.entries()) if (place >= 0) result[place] = index;
  return result;
};

const sidesOf = (leftTrace: Trace, rightTrace: Trace): Sides => {
  const [left, right] = [packetsOf(leftTrace), packetsOf(rightTrace)];
  const leftPairs = pairsOf(keysOf(left), keysOf(right));
  return {left, right, leftPairs, rightPairs: inverted(leftPairs, right.length)};
};

/** Returns rows in which every packet of both runs occurs exactly once, in its own run's order. */
export const alignPackets = (leftTrace: Trace, rightTrace: Trace): readonly PacketRow[] => {
  const sides = sidesOf(leftTrace, rightTrace);
  const rows: PacketRow[] = [];
  let at: Place = [0, 0];
  const join = (i: number, j: number): void => {
    addAlone(rows, sides, at, [i, j]);
    rows.push(pairRow(sides, i, j));
    at = [i + 1, j + 1];
  };
  const stretch = (to: Place): void => {
    for (const [i, j] of alike(sides, at, to)) join(i, j);
    addAlone(rows, sides, at, to);
    at = to;
  };
  for (const [i, j] of risingOnly(sides.leftPairs).entries()) {
    if (j < 0) continue;
    stretch([i, j]);
    join(i, j);
  }
  stretch([sides.left.length, sides.right.length]);
  return rows;
};
