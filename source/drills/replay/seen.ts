// The segments of one TCP connection as they passed a point on its path, with numbers counted from each end's ISN (RFC 9293 §3.4).
import {capturedOf} from '../../observe/connections.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {IpPacket} from '../../wire/frame.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';

/** An end of a connection: 0 sent the first SYN, 1 is the other. */
export type Side = 0 | 1;

export const otherSide = (side: Side): Side => (side === 0 ? 1 : 0);

export type Seen = {
  /** The number of the segment's packet in the trace. */
  readonly packet: number;
  /** The time in µs at which the segment passed the capture point. */
  readonly atUs: number;
  readonly side: Side;
  /** The segment's sequence number counted from its sender's ISN; a SYN has 0. */
  readonly seq: number;
  /** The sequence number after the segment; equal to `seq` if it has no data, SYN or FIN. */
  readonly end: number;
  /** The acknowledgment number counted from the receiver's ISN; undefined without ACK, or if that ISN is not known yet. */
  readonly ack: number | undefined;
  readonly flags: number;
  /** How many octets of data the segment has, captured or not. */
  readonly length: number;
  /** The segment's octets of data that were captured; there may be fewer than `length`. */
  readonly bytes: Uint8Array;
  /** The window field of the TCP header, without window scaling. */
  readonly window: number;
  readonly options: readonly TcpOption[];
  /** The SACK blocks, counted from the ISN of the end that sent the acknowledged data. */
  readonly sack: readonly (readonly [left: number, right: number])[];
  /** The identification of the IPv4 header; 0 with IPv6, which has none. */
  readonly ipId: number;
  /** Whether the segment arrived or was lost, as far as later packets show; undefined if they do not. */
  readonly known: 'came' | 'lost' | undefined;
  /** How much longer than the shortest way the segment's way after the capture point was, in µs; absent if nothing is known. */
  readonly lateUs?: number | undefined;
  /** How much longer than the shortest way the segment's way before the capture point was, in µs. */
  readonly heldUs?: number | undefined;
};

/**
 * A segment that the far end sent and the path lost before the capture point; if `end` equals `seq`, a pure acknowledgment. `beforePacket`
 * is the captured packet before which it would have passed.
 */
export type Missing = {
  readonly side: Side;
  readonly seq: number;
  readonly end: number;
  readonly ack?: number | undefined;
  readonly beforePacket: number;
};

export type End = {readonly host: string; readonly ip: string; readonly port: number; readonly isn: Seq};

export type SeenConnection = {
  readonly ends: readonly [End, End];
  /** False if the end that did not open the connection never sent a segment. */
  readonly answered: boolean;
  readonly segments: readonly Seen[];
};

/** Why a trace has no connection to read: it has no TCP segment, or its connection began before the capture. */
export type Unseen = 'no-connection' | 'begins-before';

export const hasFlags = ({flags}: {readonly flags: number}, wanted: number): boolean =>
  (flags & wanted) === wanted;

export const finOf = ({segments}: SeenConnection, side: Side): Seen | undefined =>
  segments.find((each) => each.side === side && hasFlags(each, TcpFlag.FIN) && !hasFlags(each, TcpFlag.RST));

/**
 * Returns a key that is equal for a segment and its retransmissions. In a simultaneous open, a SYN,ACK is another segment than the SYN of
 * the same end (RFC 9293 §3.5).
 */
export const transmissionOf = ({side, seq, flags}: Seen): string =>
  `${side} ${seq}${seq === 0 && hasFlags({flags}, TcpFlag.ACK) ? ' answer' : ''}`;

export const spaceOf = ({seq, end}: Seen): number => end - seq;

type Raw = {readonly record: PacketRecord; readonly ip: IpPacket; readonly segment: TcpSegment};

const segmentsOf = (trace: Trace): readonly Raw[] => {
  const found: Raw[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const record = trace.packet(id);
    const ip = record.frame?.payload.kind === 'ip' ? record.frame.payload.packet : undefined;
    if (ip?.transport.kind === 'tcp') found.push({record, ip, segment: ip.transport.segment});
  }
  return found;
};

const isFrom = ({ip, segment}: Raw, first: Raw): boolean =>
  ip.src === first.ip.src &&
  segment.srcPort === first.segment.srcPort &&
  ip.dst === first.ip.dst &&
  segment.dstPort === first.segment.dstPort;

const isTo = ({ip, segment}: Raw, first: Raw): boolean =>
  ip.src === first.ip.dst &&
  segment.srcPort === first.segment.dstPort &&
  ip.dst === first.ip.src &&
  segment.dstPort === first.segment.srcPort;

const sackIn = (segment: TcpSegment, isn: Seq): Seen['sack'] =>
  segment.options.flatMap((option) =>
    option.kind === 'sack'
      ? option.blocks.map(({left, right}) => [seqDiff(left, isn), seqDiff(right, isn)] as const)
      : [],
  );

const knownOf = ({deduced}: PacketRecord): Seen['known'] => {
  if (deduced?.what === 'unknown') return undefined;
  return deduced?.what === 'lost' ? 'lost' : 'came';
};

const seenOf = (raw: Raw, {side, own, peer, atUs}: {side: Side; own: Seq; peer: Seq; atUs: number}): Seen => {
  const {record, ip, segment} = raw;
  const {flags, window, options, payload} = segment;
  const seq = seqDiff(segment.seq, own);
  const space = payload.length + (flags & TcpFlag.SYN ? 1 : 0) + (flags & TcpFlag.FIN ? 1 : 0);
  return {
    packet: record.id,
    atUs,
    side,
    seq,
    end: seq + space,
    ack: flags & TcpFlag.ACK ? seqDiff(segment.ack, peer) : undefined,
    flags,
    length: payload.length,
    bytes: capturedOf(record, payload),
    window,
    options,
    sack: sackIn(segment, peer),
    ipId: ip.version === 4 ? ip.id : 0,
    known: knownOf(record),
  };
};

const opens = ({segment}: Raw): boolean => (segment.flags & (TcpFlag.SYN | TcpFlag.ACK)) === TcpFlag.SYN;

/**
 * Returns the ISN of the end that did not open the connection, from its SYN, or else the sequence number of its first segment; undefined if
 * it sent none.
 */
const farIsn = (raws: readonly Raw[], first: Raw): Seq | undefined => {
  const syn = raws.find((raw) => isTo(raw, first) && raw.segment.flags & TcpFlag.SYN);
  if (syn) return syn.segment.seq;
  return raws.find((raw) => isTo(raw, first))?.segment.seq;
};

/**
 * Returns the segments of the trace's first connection, which has to begin with its SYN, or why there is none to read. `passes` returns
 * when a packet passed the observation point; undefined if it never did.
 */
export const seenConnection = (
  trace: Trace,
  passes: (record: PacketRecord, side: Side) => number | undefined = ({capturedUs, sentUs}) =>
    capturedUs ?? sentUs,
): SeenConnection | Unseen => {
  const raws = segmentsOf(trace);
  const [begins] = raws;
  if (!begins) return 'no-connection';
  const first = raws.find(opens);
  if (!first || !(isFrom(begins, first) && opens(begins))) return 'begins-before';
  const own = first.segment.seq;
  const far = farIsn(raws, first);
  const peer = far ?? own;
  const segments = raws.flatMap((raw): readonly Seen[] => {
    const side = isFrom(raw, first) ? 0 : isTo(raw, first) ? 1 : undefined;
    if (side === undefined) return [];
    const atUs = passes(raw.record, side);
    if (atUs === undefined) return [];
    return [seenOf(raw, side === 0 ? {side, own, peer, atUs} : {side, own: peer, peer: own, atUs})];
  });
  const {src, dst} = first.ip;
  const {srcPort, dstPort} = first.segment;
  return {
    ends: [
      {host: first.record.from, ip: src, port: srcPort, isn: own},
      {host: first.record.to, ip: dst, port: dstPort, isn: peer},
    ],
    answered: far !== undefined,
    segments,
  };
};
