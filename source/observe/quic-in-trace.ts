// The QUIC in a Trace of a capture: what each packet has of it, by whoever has the means to open it.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {oncePer} from '../wire/once-per.ts';
import type {QuicFrame} from '../wire/quic/frame.ts';
import {framesIn} from '../wire/quic/frame.ts';
import {ropeToBytes} from '../wire/rope.ts';
import {endpointText} from './capture-inspector.ts';
import type {Connection, End} from './connections.ts';
import type {Http3Told} from './http3-connection.ts';
import {QuicReading, speaksHttp3} from './quic-captured.ts';
import type {QuicConnection} from './quic-connection.ts';
import {QuicContents, type QuicPlace, type QuicStreamContent} from './quic-contents.ts';
import {openAgain, type QuicPacket} from './quic-packet.ts';

/** The packets of QUIC in one datagram. */
export type QuicSeen = {readonly connection: QuicConnection; readonly packets: readonly QuicPacket[]};

type QuicTrace = {
  readonly seen: ReadonlyMap<number, QuicSeen>;
  readonly http3: (connection: QuicConnection, packet: number) => readonly Http3Told[];
  readonly contents: QuicContents;
  /** Packets that ACKs show to be lost, with the one that shows it last. */
  readonly lost: ReadonlyMap<number, number>;
};

/** As of other streams. */
const mostPackets = 200_000;

type Datagram = {readonly from: string; readonly to: string; readonly bytes: Uint8Array};

/** What was captured of it; undefined: no UDP, or a name server's. */
const datagramIn = ({frame, originalLength, bytes: captured}: PacketRecord): Datagram | undefined => {
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip?.transport.kind !== 'udp') return undefined;
  const {srcPort, dstPort, payload} = ip.transport.datagram;
  if (srcPort === dnsPort || dstPort === dnsPort) return undefined;
  const missing = Math.max(0, originalLength - captured.length);
  const bytes = ropeToBytes(payload);
  return {
    from: endpointText({address: ip.src, port: srcPort}),
    to: endpointText({address: ip.dst, port: dstPort}),
    bytes: bytes.subarray(0, Math.max(0, bytes.length - missing)),
  };
};

const nowhere: End = {host: '', port: 0};

const placeOf = ({from, to, sendEvent}: PacketRecord, datagram: Datagram): QuicPlace => {
  const end = (host: string, text: string): End => ({
    host,
    port: Number(text.slice(text.lastIndexOf(':') + 1)),
  });
  return {event: sendEvent, ends: [end(from, datagram.from), end(to, datagram.to)]};
};

const noneTold: readonly Http3Told[] = [];
const noStreams: readonly QuicStreamContent[] = [];

const quicIn = oncePer((trace: Trace): QuicTrace | undefined => {
  if (!trace.quic) return undefined;
  let place: QuicPlace = {event: 0, ends: [nowhere, nowhere]};
  const contents = new QuicContents(() => place);
  const reading = new QuicReading(trace.quic, contents);
  const seen = new Map<number, QuicSeen>();
  for (let id = 1; id <= Math.min(trace.packetCount, mostPackets); id++) {
    const packet = trace.packet(id);
    const datagram = datagramIn(packet);
    if (datagram) place = placeOf(packet, datagram);
    const found = datagram && reading.connections.take({frame: id, atUs: packet.sentUs, ...datagram});
    if (found) seen.set(id, found);
  }
  const http3 = (connection: QuicConnection, packet: number): readonly Http3Told[] =>
    reading.http3Of(connection)?.told.get(packet) ?? noneTold;
  const lost = new Map(
    [...new Set([...seen.values()].map(({connection}) => connection))].flatMap(({acks}) =>
      ([0, 1] as const).flatMap((side) => [...acks.lostToldIn(side)]),
    ),
  );
  return {seen, http3, contents, lost};
});

export type QuicPacketSeen = {
  readonly packet: QuicPacket;
  /** undefined: closed. */
  readonly payload: Uint8Array | undefined;
  readonly frames: readonly QuicFrame[];
};

export type QuicDatagramSeen = {
  readonly connection: QuicConnection;
  readonly bytes: Uint8Array;
  readonly packets: readonly QuicPacketSeen[];
  readonly http3: readonly Http3Told[];
  readonly speaksHttp3: boolean;
};

/** undefined: none, or nobody has the means to look. */
export const quicOf = (trace: Trace, packet: number): QuicDatagramSeen | undefined => {
  const found = quicIn(trace)?.seen.get(packet);
  const bytes = found && datagramIn(trace.packet(packet))?.bytes;
  if (!found || !bytes) return undefined;
  const packets = found.packets.map((each) => {
    const payload = openAgain(each, bytes);
    return {packet: each, payload, frames: payload ? framesIn(payload).frames : []};
  });
  const http3 = quicIn(trace)?.http3(found.connection, packet) ?? noneTold;
  return {connection: found.connection, bytes, packets, http3, speaksHttp3: speaksHttp3(found.connection)};
};

/** Streams of QUIC that were opened, with what they carried. */
export const quicStreamsIn = (trace: Trace): readonly QuicStreamContent[] =>
  quicIn(trace)?.contents.all ?? noStreams;

/** undefined: the connection is one of TCP. */
export const quicContentOf = (trace: Trace, {id}: Pick<Connection, 'id'>): QuicStreamContent | undefined =>
  id < 0 ? quicIn(trace)?.contents.all[-1 - id] : undefined;

/** The packet whose ACK names one of this datagram (RFC 9000 §13.1); undefined: there is none, or it could not be opened. */
export const quicNamedIn = (trace: Trace, packet: number): number | undefined =>
  quicIn(trace)?.seen.get(packet)?.connection.acks.namedIn.get(packet);

/** The packet whose ACK shows that this one is lost (RFC 9002 §6.1.1); undefined: none does. */
export const quicLostIn = (trace: Trace, packet: number): number | undefined =>
  quicIn(trace)?.lost.get(packet);

/** undefined: the packet is none of QUIC. */
export const quicConnectionOf = (trace: Trace, packet: number): QuicConnection | undefined =>
  quicIn(trace)?.seen.get(packet)?.connection;

/** The first one that the packet brings something of. */
export const quicStreamOf = (trace: Trace, packet: number): QuicStreamContent | undefined =>
  quicIn(trace)?.contents.byPacket.get(packet);
