// Looks up packets of a Trace, which are remembered for a while; also a packet's contents, the host with an address, and the packet's
// connection.

import {dnsRoleOn} from '../sim/dns-apps.ts';
import type {EventOf, PacketRecord, Trace, TraceHeader} from '../sim/trace.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import {dnsIn} from '../wire/dns/carried.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {type IcmpMessage, type IpPacket, segmentIn} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {entriesOf, worldAt} from './entries.ts';

/** Tells whether a run is only about DNS over UDP: no packet is TCP, so it is not worth telling that its DNS servers also listen on TCP. */
export const isDnsAlone = oncePer((trace: Trace): boolean => {
  const world = trace.stateAt(0);
  if (world === undefined) return false;
  // Most runs begin with a TCP segment, so this loop ends soon.
  for (let id = 1; id <= trace.packetCount; id++) if (segmentOf(packetOf(trace, id))) return false;
  return Object.values(world.hosts).some((host) => dnsRoleOn(host) !== undefined);
});

/** The number of packets that are remembered, because drawing asks for the same few hundred again and again. */
const kept = 1000;

const known = new WeakMap<Trace, Map<number, PacketRecord>>();

export const packetOf = (trace: Trace, id: number): PacketRecord => {
  const packets = known.get(trace) ?? new Map<number, PacketRecord>();
  const before = packets.get(id);
  if (before) return before;
  if (packets.size >= kept) packets.clear();
  const packet = trace.packet(id);
  known.set(trace, packets.set(id, packet));
  return packet;
};

/** Returns the host with this address; a capture names hosts by their addresses. */
export const ownerOf = ({header}: Pick<Trace, 'header'>, address: string): string | undefined =>
  header.hosts.find(({ip}) => ip.includes(address))?.name;

export type Framed = Pick<PacketRecord, 'frame'>;

export const ipPacketOf = ({frame}: Framed): IpPacket | undefined =>
  frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;

export const segmentOf = ({frame}: Framed): TcpSegment | undefined => frame && segmentIn(frame);

/** Returns the ICMP message of a packet, of either version. */
export const icmpMessageOf = (framed: Framed): IcmpMessage | undefined => {
  const transport = ipPacketOf(framed)?.transport;
  return transport?.kind === 'icmp' || transport?.kind === 'icmpv6' ? transport.message : undefined;
};

export type Sent = {
  readonly connection?: string | undefined;
  readonly n: number;
  readonly sinceUs?: number;
};

/** Yields the segments that a TCP connection has sent from the time `sinceUs` on and before event `n`, as they left their host. */
export function* sentOn(
  trace: Trace,
  {connection, n, sinceUs = 0}: Sent,
): Generator<{readonly send: EventOf<'send'>; readonly segment: TcpSegment}, void> {
  for (const send of entriesOf(trace, 'send')) {
    if (send.n >= n) return;
    if (send.connection !== connection || send.atUs < sinceUs || send.packet < 1 || send.hop > 0) continue;
    const segment = segmentOf(packetOf(trace, send.packet));
    if (segment) yield {send, segment};
  }
}

export const carriesData = (trace: Trace, {packet}: {readonly packet: number}): boolean =>
  packet > 0 && (segmentOf(packetOf(trace, packet))?.payload.length ?? 0) > 0;

export const dnsMessagesOf = (framed: Framed): readonly DnsMessage[] => {
  const transport = ipPacketOf(framed)?.transport;
  return transport ? dnsIn(transport) : [];
};

/** Returns the TCP connection of a host that receives a segment, by its ports, as it is after event `n`; undefined if there is none. */
export const connectionFor = (
  trace: Trace,
  {n, host}: {readonly n: number; readonly host: string},
  {srcPort, dstPort}: TcpSegment,
): Connection | undefined =>
  [...(worldAt(trace, n)?.hosts[host]?.tcp.connections.values() ?? [])].find(
    ({local, remote}) => local.port === dstPort && remote.port === srcPort,
  );

/** Tells whether two segments have the same source port and the same destination port. */
export const isSameWay = (one: TcpSegment | undefined, other: TcpSegment | undefined): boolean =>
  one?.srcPort === other?.srcPort && one?.dstPort === other?.dstPort;

/** Yields the segments that the sender of this segment has sent before between the same ports, the last one first. */
export function* sentBefore(
  trace: Trace,
  packet: number,
): Generator<{readonly id: number; readonly segment: TcpSegment; readonly sentUs: number}, void> {
  const {from, frame} = packetOf(trace, packet);
  const own = segmentOf({frame});
  for (let id = packet - 1; own && id > 0; id -= 1) {
    const earlier = packetOf(trace, id);
    const segment = earlier.from === from ? segmentOf(earlier) : undefined;
    if (segment && isSameWay(segment, own)) yield {id, segment, sentUs: earlier.sentUs};
  }
}

/** Tells whether the last ACK that the sender of this segment sent before has the same acknowledgment number. */
export const saidBefore = (trace: Trace, packet: number): boolean => {
  const ack = segmentOf(packetOf(trace, packet))?.ack;
  for (const {segment} of sentBefore(trace, packet)) if (hasFlag(segment, 'ACK')) return segment.ack === ack;
  return false;
};

/**
 * Returns the sign that tells one of several conversations in a capture from the others, as `inspect` and the picker write it: `#2` for
 * TCP, `u3` for UDP; undefined if it is neither or the only one of its kind.
 */
export const conversationSign = (
  {conversations}: TraceHeader,
  conversation: number | undefined,
): string | undefined => {
  if (conversations === undefined || conversation === undefined) return undefined;
  if (conversation > 0) return conversations.tcp > 1 ? `#${conversation}` : undefined;
  return conversations.udp > 1 ? `u${-conversation}` : undefined;
};

/** Returns the sign of the connection in a capture whose state an event tells, such as `#2`; undefined in a simulated run. */
export const connectionSign = (header: TraceHeader, connection: string | undefined): string | undefined =>
  connection === undefined || header.conversations === undefined
    ? undefined
    : conversationSign(header, Number(connection));
