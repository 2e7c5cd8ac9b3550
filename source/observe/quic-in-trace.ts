// Reads the QUIC in a Trace of a capture: what each packet contains of it, if the trace has QUIC keys.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {grownPer, oncePer} from '../wire/once-per.ts';
import type {QuicFrame} from '../wire/quic/frame.ts';
import {framesIn} from '../wire/quic/frame.ts';
import type {QuicKeys} from '../wire/quic/packet-protection.ts';
import {endpointText} from './capture-inspector.ts';
import {type Connection, capturedOf, type End} from './connections.ts';
import type {Http3Told} from './http3-connection.ts';
import {QuicReading, speaksHttp3} from './quic-captured.ts';
import type {QuicConnection} from './quic-connection.ts';
import {QuicContents, type QuicPlace, type QuicStreamContent} from './quic-contents.ts';
import {openAgain, type QuicPacket} from './quic-packet.ts';

/** The QUIC packets in one UDP datagram, and their connection. */
export type QuicSeen = {readonly connection: QuicConnection; readonly packets: readonly QuicPacket[]};

/** Holds what was read of a trace's QUIC; for a capture that grows, reading continues in the same object. */
type QuicTrace = {
  /** The number of packets of the trace that were searched for QUIC. */
  taken: number;
  /** The keys and the key log with which QUIC was read; the log is replaced by a longer one when reading continues. */
  readonly keys: {crypto: QuicKeys['crypto']; log: QuicKeys['log']};
  readonly reading: QuicReading;
  readonly place: {now: QuicPlace};
  readonly seen: Map<number, QuicSeen>;
  readonly contents: QuicContents;
};

/** The highest number of packets of a trace that are searched for QUIC. */
const mostPackets = 200_000;

type Datagram = {readonly from: string; readonly to: string; readonly bytes: Uint8Array};

/** Returns the captured octets of a packet's UDP datagram with its ends; undefined if it is not UDP or its port is that of DNS. */
const datagramIn = (record: PacketRecord): Datagram | undefined => {
  const {frame} = record;
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip?.transport.kind !== 'udp') return undefined;
  const {srcPort, dstPort, payload} = ip.transport.datagram;
  if (srcPort === dnsPort || dstPort === dnsPort) return undefined;
  return {
    from: endpointText({address: ip.src, port: srcPort}),
    to: endpointText({address: ip.dst, port: dstPort}),
    bytes: capturedOf(record, payload),
  };
};

const nowhere: End = {host: '', port: 0};

const datagramPlace = ({from, to, sendEvent}: PacketRecord, datagram: Datagram): QuicPlace => {
  const end = (host: string, text: string): End => ({
    host,
    port: Number(text.slice(text.lastIndexOf(':') + 1)),
  });
  return {event: sendEvent, ends: [end(from, datagram.from), end(to, datagram.to)]};
};

const noneTold: readonly Http3Told[] = [];
const noStreams: readonly QuicStreamContent[] = [];

const begun = ({crypto, log}: QuicKeys): QuicTrace => {
  const place: QuicTrace['place'] = {now: {event: 0, ends: [nowhere, nowhere]}};
  const contents = new QuicContents(() => place.now);
  const keys = {crypto, log};
  return {taken: 0, keys, reading: new QuicReading(keys, contents), place, seen: new Map(), contents};
};

/** Tells whether a QUIC packet of the datagram stays encrypted. Retry and Version Negotiation packets are not encrypted. */
const isClosed = ({packets}: QuicSeen): boolean =>
  packets.some(
    ({header, opened}) => opened === undefined && ('numberAt' in header || header.kind === '1-RTT'),
  );

/** Tells whether reading of QUIC can continue. A longer key log may decrypt earlier packets; then everything is read again. */
const mayGoOn = ({keys, seen}: QuicTrace, {log}: QuicKeys): boolean =>
  keys.log.secrets.size === log.secrets.size || ![...seen.values()].some(isClosed);

/** Reads the QUIC datagrams that were added to the trace since. */
const takeMore = (quic: QuicTrace, trace: Trace): QuicTrace => {
  const {reading, place, seen} = quic;
  const last = Math.min(trace.packetCount, mostPackets);
  for (let id = quic.taken + 1; id <= last; id++) {
    const packet = trace.packet(id);
    const datagram = datagramIn(packet);
    if (datagram) place.now = datagramPlace(packet, datagram);
    const found = datagram && reading.connections.take({frame: id, atUs: packet.sentUs, ...datagram});
    if (found) seen.set(id, found);
  }
  quic.taken = Math.max(quic.taken, last);
  return quic;
};

const grownQuic = grownPer<Trace, QuicTrace | undefined>((trace, before) => {
  const {quic} = trace;
  if (!quic) return undefined;
  const known = before?.value;
  if (!known || !mayGoOn(known, quic)) return takeMore(begun(quic), trace);
  known.keys.log = quic.log;
  known.contents.moved(before.unchanged, (packet) => trace.packet(packet).sendEvent);
  return takeMore(known, trace);
});

/** Reads QUIC anew for a trace whose key log is not that of the reading shared by growing captures. */
const ownQuic = oncePer((trace: Trace) => trace.quic && takeMore(begun(trace.quic), trace));

const quicIn = (trace: Trace): QuicTrace | undefined => {
  if (!trace.quic) return undefined;
  const grown = grownQuic(trace);
  return grown?.keys.log.secrets.size === trace.quic.log.secrets.size ? grown : ownQuic(trace);
};

/** The lost QUIC packets by connection, for one reading of the capture; in the next one further ACKs may have come. */
const lostOf = oncePer((_: Trace) => new Map<QuicConnection, ReadonlyMap<number, number>>());

const lostOn = (trace: Trace, connection: QuicConnection): ReadonlyMap<number, number> => {
  const all = lostOf(trace);
  const lost =
    all.get(connection) ??
    new Map(([0, 1] as const).flatMap((side) => [...connection.acks.lostToldIn(side)]));
  all.set(connection, lost);
  return lost;
};

export type QuicPacketSeen = {
  readonly packet: QuicPacket;
  /** The decrypted payload of the QUIC packet; undefined if the packet stays encrypted. */
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

/**
 * Returns the QUIC packets in a packet of the trace, with what was decrypted; undefined if it contains no QUIC or the trace has no QUIC
 * keys.
 */
export const quicOf = (trace: Trace, packet: number): QuicDatagramSeen | undefined => {
  const found = quicIn(trace)?.seen.get(packet);
  const bytes = found && datagramIn(trace.packet(packet))?.bytes;
  if (!found || !bytes) return undefined;
  const packets = found.packets.map((each) => {
    const payload = openAgain(each, bytes);
    return {packet: each, payload, frames: payload ? framesIn(payload).frames : []};
  });
  const http3 = quicIn(trace)?.reading.http3Of(found.connection)?.told.get(packet) ?? noneTold;
  return {connection: found.connection, bytes, packets, http3, speaksHttp3: speaksHttp3(found.connection)};
};

/** Returns the QUIC streams of a trace that were decrypted, with their contents; empty if there are none. */
export const quicStreamsIn = (trace: Trace): readonly QuicStreamContent[] =>
  quicIn(trace)?.contents.all ?? noStreams;

/**
 * Returns the decrypted QUIC stream with this connection number, which is negative; undefined for TCP connections, whose numbers are
 * positive.
 */
export const quicContentOf = (trace: Trace, {id}: Pick<Connection, 'id'>): QuicStreamContent | undefined =>
  id < 0 ? quicIn(trace)?.contents.all[-1 - id] : undefined;

/**
 * Returns the packet that contains the first ACK for a QUIC packet of this datagram (RFC 9000 §13.1); undefined if there is none or it
 * could not be decrypted.
 */
export const quicNamedIn = (trace: Trace, packet: number): number | undefined =>
  quicIn(trace)?.seen.get(packet)?.connection.acks.namedIn.get(packet);

/** Returns the packet whose ACK shows that a QUIC packet of this datagram is lost (RFC 9002 §6.1.1); undefined if none does. */
export const quicLostIn = (trace: Trace, packet: number): number | undefined => {
  const connection = quicIn(trace)?.seen.get(packet)?.connection;
  return connection && lostOn(trace, connection).get(packet);
};

/** Returns the QUIC connection of a packet; undefined if the packet is not QUIC. */
export const quicConnectionOf = (trace: Trace, packet: number): QuicConnection | undefined =>
  quicIn(trace)?.seen.get(packet)?.connection;

/** Returns the first QUIC stream of which the packet carries octets; undefined if it carries none that were decrypted. */
export const quicStreamOf = (trace: Trace, packet: number): QuicStreamContent | undefined =>
  quicIn(trace)?.contents.byPacket.get(packet);
