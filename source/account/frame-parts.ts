// Tells what one frame says by itself: flags and numbers, the message in it, or the number of a protocol that is not decoded.
import {isGroupAddress} from '../observe/group-address.ts';
import {datagramName} from '../observe/unread-frames.ts';
import {dhcpPorts, leasedIn, readDhcp} from '../wire/dhcp.ts';
import {dnsIn} from '../wire/dns/carried.ts';
import type {Frame, IpPacket, UdpDatagram} from '../wire/frame.ts';
import {ropeToBytes} from '../wire/rope.ts';
import {flagNames, hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {dnsParts} from './dns-parts.ts';
import type {Part, TlsPart} from './part.ts';
import {segmentTlsParts} from './tls-parts.ts';

/** Returns the parts of a TCP segment: its numbers, and the TLS that begins in it. */
export const segmentParts = (
  segment: TcpSegment,
  tls: readonly TlsPart[] = segmentTlsParts(segment),
): readonly Part[] => {
  const {seq, ack, payload} = segment;
  return [
    {kind: 'flags', flags: flagNames(segment)},
    {kind: 'number', field: 'seq', value: seq},
    ...(hasFlag(segment, 'ACK') ? [{kind: 'number', field: 'ack', value: ack} as const] : []),
    ...(payload.length > 0 ? [{kind: 'length', octets: payload.length} as const] : []),
    ...tls,
  ];
};

const datagramPart = ({srcPort, dstPort, payload}: UdpDatagram, hops: number | undefined): Part => {
  const bytes = ropeToBytes(payload);
  const ports = [srcPort, dstPort] as const;
  const dhcp = ports.every((port) => dhcpPorts.includes(port)) ? readDhcp(bytes) : undefined;
  if (dhcp) return {kind: 'dhcp', type: dhcp.type, address: leasedIn(dhcp)};
  const carries = datagramName(ports, bytes, payload.length);
  return {kind: 'udp', srcPort, dstPort, octets: payload.length, hops, carries};
};

/** The highest TTL at which a packet may be a probe: most systems send with 64 or more, and few paths have half as many routers. */
const mostOfProbe = 30;

/**
 * Returns the packet's TTL if it is so low that it may be meant to expire; undefined otherwise and for a packet to a group, whose TTL is
 * often low anyway.
 */
const fewHops = ({ttl, dst}: IpPacket): number | undefined =>
  ttl > mostOfProbe || isGroupAddress(dst) ? undefined : ttl;

const echoRequest = {icmp: 8, icmpv6: 128} as const;

const packetParts = (packet: IpPacket): readonly Part[] => {
  const {transport} = packet;
  switch (transport.kind) {
    case 'tcp':
      return segmentParts(transport.segment);
    case 'udp': {
      const [message] = dnsIn(transport);
      return message ? dnsParts(message) : [datagramPart(transport.datagram, fewHops(packet))];
    }
    case 'icmp':
    case 'icmpv6': {
      const {kind, message} = transport;
      const {type, code} = message;
      return [{kind, type, code, hops: type === echoRequest[kind] ? fewHops(packet) : undefined}];
    }
    case 'raw':
      return [{kind: 'protocol', protocol: transport.protocol}];
  }
};

export const frameParts = ({payload}: Frame): readonly Part[] => {
  if (payload.kind === 'ip') return packetParts(payload.packet);
  if (payload.kind === 'raw') return [{kind: 'ether-type', etherType: payload.etherType}];
  const {operation, senderIp, targetIp, senderMac} = payload.message;
  return operation === 1
    ? [{kind: 'arp', asks: true, target: targetIp, sender: senderIp}]
    : [{kind: 'arp', asks: false, sender: senderIp, mac: senderMac}];
};
