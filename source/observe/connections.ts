// The TCP connections of a Trace and the streams that each direction carried, as they were sent and as they arrived, in order
// (RFC 9293 §3.4). It reads simulated runs and captures; in a capture, everything that was seen counts as arrived.

import type {PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import type {IpPacket} from '../wire/frame.ts';
import {finalDestination} from '../wire/ip-packet.ts';
import {grownPer, oncePer} from '../wire/once-per.ts';
import {type Rope, ropeToBytes} from '../wire/rope.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {passedOn} from './came.ts';
import {mayBeRead as beginsReadable} from './first-octets.ts';
import {type Arrival, finishStream, newStream, type Piece, receive, type Stream} from './reassembly.ts';
import {StepsBack} from './steps-back.ts';

/**
 * The direction of a stream, and its sender: 0 for the end that opened the connection (or is presumed to, if its SYN was not captured), 1
 * for the other end.
 */
export type Side = 0 | 1;

/** A piece of a TCP stream and the event from which on it can be read. The piece's `frame` is the number of the packet that carries it. */
export type Told = {readonly side: Side; readonly piece: Piece; readonly event: number};

export type End = {readonly host: string; readonly port: number};

export type Connection = {
  /** The number of the TCP connection, counted from 1 in the order in which connections are seen. */
  readonly id: number;
  readonly ends: readonly [End, End];
  /** The pieces of both directions' streams as they were sent, in the order of events; `arrived` are those as they arrived. */
  readonly sent: readonly Told[];
  readonly arrived: readonly Told[];
};

/** The streams of both directions of a TCP connection, without its number and ends. */
export type Streams = Pick<Connection, 'sent' | 'arrived'>;

/** The connection of a packet, and the place of its data in its direction's stream. `start` equals `end` if it carries no data. */
export type Carried = {
  readonly connection: Connection;
  readonly side: Side;
  readonly start: number;
  readonly end: number;
};

export type Connections = {
  readonly all: readonly Connection[];
  readonly carriedBy: (packet: number) => Carried | undefined;
  /** The number of packets of the trace that were read; a very long trace is not read to its end. */
  readonly packetsRead: number;
};

/** The most packets that are read of a trace, and the most bytes of TCP data that are kept. */
const mostPackets = 200_000;
const mostBytes = 1 << 26;

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

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

/** Guesses from one segment which side sends it: 1 (the server) for a SYN,ACK or if it comes from a well-known port, otherwise 0. */
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

/** Returns the part of a payload that was captured; the snap length may have cut a frame's last octets. */
export const capturedOf = (
  {originalLength, bytes}: Pick<PacketRecord, 'originalLength' | 'bytes'>,
  payload: Rope,
): Uint8Array => {
  const missing = Math.max(0, originalLength - bytes.length);
  return ropeToBytes(payload).subarray(0, Math.max(0, payload.length - missing));
};

const arrivalOf = (packet: PacketRecord, segment: TcpSegment): Arrival => ({
  frame: packet.id,
  seq: segment.seq,
  syn: hasFlag(segment, 'SYN'),
  fin: hasFlag(segment, 'FIN'),
  bytes: capturedOf(packet, segment.payload),
  length: segment.payload.length,
});

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
  packetsRead = 0;
  readonly #open = new Map<string, Placed>();
  readonly #places = new Map<number, Carried & {readonly connection: Growing}>();
  #bytes = 0;
  readonly #steps: StepsBack;
  /** The connections as the last call of `give` returned them. */
  #given: readonly Connection[] = [];
  /** The connections that have changed since the last call of `give`. */
  readonly #changed = new Set<Growing>();

  constructor(grows: boolean) {
    this.#steps = new StepsBack(grows);
  }

  get full(): boolean {
    return this.#bytes > mostBytes;
  }

  carriedBy(packet: number, given: readonly Connection[]): Carried | undefined {
    const carried = this.#places.get(packet);
    const connection = carried && given[carried.connection.id - 1];
    return connection && {...carried, connection};
  }

  /** Undoes what was read after an event, because a growing capture has changed there; returns false if that is too far back. */
  takeBack(event: number): boolean {
    return this.#steps.to(event);
  }

  send(packet: PacketRecord): void {
    const {id, sendEvent: event} = packet;
    const read = this.packetsRead;
    this.packetsRead = Math.max(read, id);
    this.#steps.did(event, () => {
      this.packetsRead = read;
    });
    const found = segmentIn(packet.frame);
    if (!found) return;
    const {ip, segment} = found;
    const {connection, side} = this.#placed(packet, ip, segment);
    const flow = connection.flows[side];
    this.#keep(connection, side, event);
    flow.base ??= dataSeq(segment);
    const start = seqDiff(dataSeq(segment), flow.base);
    const {length} = segment.payload;
    this.#places.set(id, {connection, side, start, end: start + length});
    this.#bytes += length;
    this.#steps.did(event, () => {
      this.#places.delete(id);
      this.#bytes -= length;
    });
    for (const piece of tell(flow, 'sent', arrivalOf(packet, segment)))
      connection.sent.push({side, piece, event});
  }

  /** Adds a packet's data to the stream that arrived. `frame` is the packet as it arrived, which may be altered. */
  arrive(packet: PacketRecord, frame: PacketRecord['frame'], event: number): void {
    const placed = this.#places.get(packet.id);
    const found = segmentIn(frame);
    if (!placed || !found) return;
    // If a NAT router gave the packet other addresses, answers will have those, so they belong to the same connection.
    const {ip, segment} = found;
    const {connection, side} = placed;
    const key = keyOf(ip, segment);
    if (!this.#open.has(key)) this.#name([key, keyOf(ip, segment, true)], {connection, side}, event);
    this.#keep(connection, side, event);
    for (const piece of tell(connection.flows[side], 'arrived', arrivalOf(packet, segment)))
      connection.arrived.push({side, piece, event});
  }

  /**
   * Returns the connections read so far. If `whole`, no packets follow, and octets that were not seen become holes, which belong to the
   * event `event`.
   */
  give(whole: boolean, event: number): readonly Connection[] {
    const given = this.#given.slice(0, this.all.length);
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const growing of changed) {
      const {id, ends, flows, sent, arrived} = growing;
      // The connection was undone by `takeBack` in the meantime.
      if (this.all[id - 1] !== growing) continue;
      const told = (way: 'sent' | 'arrived'): readonly Told[] =>
        !whole
          ? []
          : ([0, 1] as const).flatMap((side) =>
              finishStream(flows[side][way]).map((piece) => ({side, piece, event})),
            );
      const holes = {sent: told('sent'), arrived: told('arrived')};
      // The holes belong to the last event, so they are made anew when the capture has grown.
      if (holes.sent.length + holes.arrived.length > 0) this.#changed.add(growing);
      given[id - 1] = {id, ends, sent: [...sent, ...holes.sent], arrived: [...arrived, ...holes.arrived]};
    }
    this.#given = given;
    return given;
  }

  /** Notes how to restore a connection's streams as they are before an event, in case that event is undone. */
  #keep(connection: Growing, side: Side, event: number): void {
    const flow = connection.flows[side];
    const before = {...flow};
    const [sent, arrived] = [connection.sent.length, connection.arrived.length];
    this.#changed.add(connection);
    this.#steps.did(event, () => {
      Object.assign(flow, before);
      connection.sent.length = sent;
      connection.arrived.length = arrived;
      this.#changed.add(connection);
    });
  }

  #name([key, back]: readonly [string, string], {connection, side}: Placed, event: number): void {
    const before = [key, back].map((each) => [each, this.#open.get(each)] as const);
    this.#open.set(key, {connection, side});
    this.#open.set(back, {connection, side: other(side)});
    this.#steps.did(event, () => {
      for (const [each, placed] of before)
        if (placed) this.#open.set(each, placed);
        else this.#open.delete(each);
    });
  }

  #placed({from, to, sendEvent}: PacketRecord, ip: IpPacket, segment: TcpSegment): Placed {
    const key = keyOf(ip, segment);
    const before = this.#open.get(key);
    // A SYN with another sequence number begins another connection between the same ports.
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
    this.#steps.did(sendEvent, () => this.all.pop());
    this.#name([key, keyOf(ip, segment, true)], {connection, side}, sendEvent);
    return {connection, side};
  }
}

type Step = {readonly event: number; readonly packet: number; readonly arrives: boolean};

/** Returns the sendings and arrivals of a trace's packets in the order of events. */
const stepsOf = (trace: Trace, packets: number): readonly Step[] => {
  const steps: Step[] = [];
  for (let id = 1; id <= packets; id++) {
    const {sendEvent, endEvent} = trace.packet(id);
    steps.push({event: sendEvent, packet: id, arrives: false});
    if (endEvent !== undefined) steps.push({event: endEvent, packet: id, arrives: true});
  }
  return steps.sort((a, b) => a.event - b.event);
};

/** Yields the sendings and arrivals of a capture after an event. */
function* stepsBehind(trace: Trace, event: number): Generator<Step> {
  for (const each of trace.events(event + 1))
    if ((each.kind === 'send' || each.kind === 'arrive') && each.packet <= mostPackets)
      yield {event: each.n, packet: each.packet, arrives: each.kind === 'arrive'};
}

/** Tells whether the receiver discarded the packet when it arrived; then its data do not count as arrived. */
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

const take = (index: Index, trace: Trace, steps: Iterable<Step>): void => {
  for (const {event, packet, arrives} of steps) {
    if (index.full) break;
    const record = trace.packet(packet);
    if (!arrives) {
      index.send(record);
      continue;
    }
    const end = trace.event(event);
    if (end.kind === 'arrive' && !wasThrownAway(trace, end))
      index.arrive(record, end.altered ?? passedOn(trace, end) ?? record.frame, event);
  }
};

const indexOf = grownPer<Trace, {readonly index: Index; readonly connections: Connections}>(
  (trace, before) => {
    const goesOn = before?.value.index.takeBack(before.unchanged) ?? false;
    const index = before && goesOn ? before.value.index : new Index(trace.growth !== undefined);
    const steps =
      before && goesOn
        ? stepsBehind(trace, before.unchanged)
        : stepsOf(trace, Math.min(trace.packetCount, mostPackets));
    take(index, trace, steps);
    const all = index.give(trace.stateAt(0) === undefined, trace.length);
    const {packetsRead} = index;
    return {
      index,
      connections: {all, packetsRead, carriedBy: (packet) => index.carriedBy(packet, all)},
    };
  },
);

/**
 * Returns the TCP connections of a finished run or of a capture. A trace is read once; if a capture is still being written, reading
 * continues where it stopped.
 */
export const connectionsIn = (trace: Trace): Connections => indexOf(trace).connections;

const carriesReadable = (frame: PacketRecord['frame']): boolean => {
  const {segment} = segmentIn(frame) ?? {};
  if (!segment || segment.payload.length === 0) return false;
  const {srcPort, dstPort, payload} = segment;
  return srcPort === dnsPort || dstPort === dnsPort || beginsReadable(ropeToBytes(payload));
};

/**
 * Tells whether some connection of a simulated run carries a protocol that can be parsed; always true for a capture, which is checked per
 * connection.
 */
export const anyMayBeRead = oncePer((trace: Trace): boolean => {
  if (trace.stateAt(0) === undefined) return true;
  for (const event of trace.events()) {
    if (event.kind === 'tls' || event.kind === 'note') return true;
    if (event.kind === 'send' && event.hop === 0 && carriesReadable(event.frame)) return true;
    if (event.kind === 'arrive' && carriesReadable(event.altered)) return true;
  }
  return false;
});

/** Tells whether the packet's TCP connection carries a protocol that can be parsed; if not, its streams need not be reassembled. */
export const mayBeRead = (trace: Trace, packet: number): boolean =>
  trace.connectionPackets?.mayBeRead(packet) ?? anyMayBeRead(trace);
