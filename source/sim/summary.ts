// One packet in a few words, equal in every language: `SYN,ACK seq=9000 ack=1001`.
import {dnsIn} from '../wire/dns/carried.ts';
import type {Frame, IpPacket, Transport} from '../wire/frame.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../wire/tcp.ts';
import {dnsWords} from './dns-words.ts';
import {tlsSummary} from './tls-words.ts';

/** In the order in which people say them. */
const spoken: readonly TcpFlagName[] = ['SYN', 'FIN', 'RST', 'PSH', 'URG', 'ACK', 'ECE', 'CWR'];

export const flagNames = (segment: TcpSegment): readonly TcpFlagName[] =>
  spoken.filter((name) => hasFlag(segment, name));

/** `SYN,ACK seq=9000 ack=1001`, as ladders label it. */
export const segmentText = (segment: TcpSegment): string => {
  const {seq, ack, payload} = segment;
  const parts = [flagNames(segment).join(',') || 'no flags', `seq=${seq}`];
  if (hasFlag(segment, 'ACK')) parts.push(`ack=${ack}`);
  if (payload.length > 0) parts.push(`len=${payload.length}`);
  return parts.join(' ');
};

/** A segment is told by its numbers, and by the TLS that begins in it. */
const segmentSummary = (segment: TcpSegment): string => {
  const tls = tlsSummary(segment);
  return `${segmentText(segment)}${tls === '' ? '' : `, ${tls}`}`;
};

const datagramSummary = (transport: Extract<Transport, {readonly kind: 'udp'}>): string => {
  const [message] = dnsIn(transport);
  if (message) {
    const {what, flags} = dnsWords(message);
    return ['DNS', what, ...flags].join(' ');
  }
  const {srcPort, dstPort, payload} = transport.datagram;
  return `UDP ${srcPort} > ${dstPort} len=${payload.length}`;
};

const packetSummary = ({transport}: IpPacket): string => {
  switch (transport.kind) {
    case 'tcp':
      return segmentSummary(transport.segment);
    case 'udp':
      return datagramSummary(transport);
    case 'icmp':
      return `ICMP type=${transport.message.type} code=${transport.message.code}`;
    case 'icmpv6':
      return `ICMPv6 type=${transport.message.type} code=${transport.message.code}`;
    case 'raw':
      return `IP protocol ${transport.protocol}`;
  }
};

export const summaryOf = ({payload}: Frame): string => {
  if (payload.kind === 'ip') return packetSummary(payload.packet);
  if (payload.kind === 'raw') return `type 0x${payload.etherType.toString(16).padStart(4, '0')}`;
  const {operation, senderIp, targetIp, senderMac} = payload.message;
  return operation === 1 ? `ARP who has ${targetIp}? tell ${senderIp}` : `ARP ${senderIp} is at ${senderMac}`;
};
