// The TCP connections of a Trace and what each direction carried: as it was sent, and as it arrived, in order (RFC 9293 §3.4).
// Simulated runs and captures alike; of a capture what was seen counts as arrived.
import type {PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import type {IpPacket} from '../wire/frame.ts';
import {finalDestination} from '../wire/ip-packet.ts';
import {oncePer} from '../wire/once-per.ts';
import {ropeToBytes} from '../wire/rope.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {type Arrival, finishStream, newStream, type Piece, receive, type Stream} from './reassembly.ts';

/** 0: from the end that opened the connection, or that was seen to speak first; 1: from the other. */
export type Side = 0 | 1;

/** A piece of a stream and the event from which on it can be read. `frame` of the piece is the packet. */
export type Told = {readonly side: Side; readonly piece: Piece; readonly event: number};

export type End = {readonly host: string; readonly port: number};

export type Connection = {
  /** From 1, in the order in which they are seen. */
  readonly id: number;
  readonly ends: readonly [End, End];
  /** In the order of events. */
  readonly sent: readonly Told[];
  readonly arrived: readonly Told[];
};

/** What each direction carried, whoever the ends are. */
export type Streams = Pick<Connection, 'sent' | 'arrived'>;

/** Where a packet belongs, and where its data lie in the stream of their direction; `start` is `end` where it has none. */
export type Carried = {
  readonly connection: Connection;
  readonly side: Side;
  readonly start: number;
  readonly end: number;
};

export type Connections = {
  readonly all: readonly Connection[];
  readonly carriedBy: (packet: number) => Carried | undefined;
  /** Packets that were looked at: of a very long trace not all. */
  readonly packetsRead: number;
};

/** Bounds on what is kept: packets, and bytes of streams. */
const mostPackets = 200_000;
const mostBytes = 1 << 26;

const other = (side: Side): Side => (side === 0 ? 1 : 0);

type Flow = {base: Seq | undefined; sent: Stream; arrived: Stream};

type Growing = Connection & {
  readonly sent: Told[];
  readonly arrived: Told[];
  readonly flows: readonly [Flow, Flow];
};

type Placed = {readonly connection: Growing; readonly side: Side};

const newFlow = (): Flow => ({base: undefined, sent: newStream, arrived: newStream});

const keyOf = (packet: IpPacket, {srcPort, dstPort}: TcpSegment, back = false): string => {
  const [src, dst] = [packet.src, finalDestination(packet)];
  return back ? `${dst} ${dstPort} ${src} ${srcPort}` : `${src} ${srcPort} ${dst} ${dstPort}`;
};

/** Which side sends, as far as one segment tells: a SYN,ACK comes from the end that was called, so do the well-known ports. */
const sideOf = (segment: TcpSegment): Side => {
  if (hasFlag(segment, 'SYN')) return hasFlag(segment, 'ACK') ? 1 : 0;
  return segment.srcPort < segment.dstPort && segment.srcPort < 1024 ? 1 : 0;
};

const dataSeq = (segment: TcpSegment): Seq => seqAdd(segment.seq, hasFlag(segment, 'SYN') ? 1 : 0);

type Segment = {readonly ip: IpPacket; readonly segment: TcpSegment};

const segmentIn = (frame: PacketRecord['frame']): Segment | undefined => {
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  return ip?.transport.kind === 'tcp' ? {ip, segment: ip.transport.segment} : undefined;
};

/** What of the payload was captured: a snapped frame has its last bytes missing. */
const arrivalOf = (packet: PacketRecord, segment: TcpSegment): Arrival => {
  const bytes = ropeToBytes(segment.payload);
  const missing = Math.max(0, packet.originalLength - packet.bytes.length);
  return {
    frame: packet.id,
    seq: segment.seq,
    syn: hasFlag(segment, 'SYN'),
    fin: hasFlag(segment, 'FIN'),
    bytes: missing === 0 ? bytes : bytes.subarray(0, Math.max(0, bytes.length - missing)),
    length: bytes.length,
  };
};

const tell = (flow: Flow, way: 'sent' | 'arrived', arrival: Arrival): readonly Piece[] => {
  const {base} = flow;
  if (base === undefined) return [];
  const before = flow[way].next ? flow[way] : {...flow[way], next: {seq: base, offset: 0}};
  const {stream, pieces} = receive(before, arrival);
  flow[way] = stream;
  return pieces;
};

class Index {
  readonly all: Growing[] = [];
  readonly #open = new Map<string, Placed>();
  readonly #places = new Map<number, Carried>();
  #bytes = 0;

  get full(): boolean {
    return this.#bytes > mostBytes;
  }

  carriedBy(packet: number): Carried | undefined {
    return this.#places.get(packet);
  }

  send(packet: PacketRecord): void {
    const found = segmentIn(packet.frame);
    if (!found) return;
    const {ip, segment} = found;
    const placed = this.#placed(packet, ip, segment);
    const flow = placed.connection.flows[placed.side];
    flow.base ??= dataSeq(segment);
    const start = seqDiff(dataSeq(segment), flow.base);
    this.#places.set(packet.id, {...placed, start, end: start + segment.payload.length});
    this.#bytes += segment.payload.length;
    const pieces = tell(flow, 'sent', arrivalOf(packet, segment));
    for (const piece of pieces)
      placed.connection.sent.push({side: placed.side, piece, event: packet.sendEvent});
  }

  /** `frame`: as it arrived. */
  arrive(packet: PacketRecord, frame: PacketRecord['frame'], event: number): void {
    const placed = this.#places.get(packet.id);
    const connection = placed && this.all[placed.connection.id - 1];
    const found = segmentIn(frame);
    if (!placed || !connection || !found) return;
    // A translator has given it other addresses: what answers it goes to those.
    const {ip, segment} = found;
    const key = keyOf(ip, segment);
    if (!this.#open.has(key)) this.#name(key, keyOf(ip, segment, true), {connection, side: placed.side});
    const pieces = tell(connection.flows[placed.side], 'arrived', arrivalOf(packet, segment));
    for (const piece of pieces) connection.arrived.push({side: placed.side, piece, event});
  }

  /** Nothing comes any more: what a capture has not seen is a hole. */
  finish(event: number): void {
    for (const {flows, sent, arrived} of this.all)
      for (const side of [0, 1] as const) {
        for (const piece of finishStream(flows[side].sent)) sent.push({side, piece, event});
        for (const piece of finishStream(flows[side].arrived)) arrived.push({side, piece, event});
      }
  }

  #name(key: string, back: string, {connection, side}: Placed): void {
    this.#open.set(key, {connection, side});
    this.#open.set(back, {connection, side: other(side)});
  }

  #placed({from, to}: PacketRecord, ip: IpPacket, segment: TcpSegment): Placed {
    const key = keyOf(ip, segment);
    const before = this.#open.get(key);
    // Another SYN begins another connection between the same ports.
    const base = before?.connection.flows[before.side].base;
    const opens = hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');
    if (before && !(opens && base !== undefined && base !== dataSeq(segment))) return before;
    const side = sideOf(segment);
    const own: End = {host: from, port: segment.srcPort};
    const far: End = {host: to, port: segment.dstPort};
    const connection: Growing = {
      id: this.all.length + 1,
      ends: side === 0 ? [own, far] : [far, own],
      sent: [],
      arrived: [],
      flows: [newFlow(), newFlow()],
    };
    this.all.push(connection);
    this.#name(key, keyOf(ip, segment, true), {connection, side});
    return {connection, side};
  }
}

type Step = {readonly event: number; readonly packet: number; readonly arrives: boolean};

/** Sendings and arrivals in the order in which they happened. */
const stepsOf = (trace: Trace, packets: number): readonly Step[] => {
  const steps: Step[] = [];
  for (let id = 1; id <= packets; id++) {
    const {sendEvent, endEvent} = trace.packet(id);
    steps.push({event: sendEvent, packet: id, arrives: false});
    if (endEvent !== undefined) steps.push({event: endEvent, packet: id, arrives: true});
  }
  return steps.sort((a, b) => a.event - b.event);
};

/** Its receiver looked at it and did not take it: what it carried has not come. */
const wasThrownAway = (
  trace: Trace,
  {n, packet, instant}: TraceEvent & {readonly packet: number},
): boolean => {
  for (let next = n + 1; next <= trace.length; next++) {
    const event = trace.event(next);
    if (event.instant !== instant) return false;
    if (event.kind === 'drop' && event.packet === packet) return true;
  }
  return false;
};

/** Of a run that is over, or of a capture; read once. */
export const connectionsIn = oncePer((trace: Trace): Connections => {
  const index = new Index();
  const steps = stepsOf(trace, Math.min(trace.packetCount, mostPackets));
  let packetsRead = 0;
  for (const {event, packet, arrives} of steps) {
    if (index.full) break;
    const record = trace.packet(packet);
    if (!arrives) {
      index.send(record);
      packetsRead = Math.max(packetsRead, packet);
      continue;
    }
    const end = trace.event(event);
    if (end.kind === 'arrive' && !wasThrownAway(trace, end))
      index.arrive(record, end.altered ?? record.frame, event);
  }
  if (trace.stateAt(0) === undefined) index.finish(trace.length);
  return {all: index.all, carriedBy: (packet) => index.carriedBy(packet), packetsRead};
});

/** False: nothing on the packet's connection is what anybody here reads, so that its streams need not be put together. */
export const mayBeRead = (trace: Trace, packet: number): boolean =>
  trace.connectionPackets?.mayBeRead(packet) ?? true;
