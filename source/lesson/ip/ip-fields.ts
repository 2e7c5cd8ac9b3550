// Fields of frames, IP, ICMP and UDP by their Wireshark names (wireshark.org/docs/dfref).
import type {PacketRecord} from '../../sim/trace.ts';
import type {IcmpMessage, IpPacket, UdpDatagram} from '../../wire/frame.ts';
import {ipPacketLength} from '../../wire/ip-packet.ts';
import {type FieldReader, type FieldValue, number, text} from '../field-value.ts';

/** Returns a link-layer address as the value of a field; no value if the link has no addresses. */
const addresses = (address: string | undefined): readonly FieldValue[] =>
  address === undefined || address === '' ? [] : text(address);

export const frameFields = {
  'frame.number': (_, record) => number(record.id),
  'frame.len': (_, record) => number(record.originalLength),
  'eth.src': (_, {frame}) => addresses(frame?.src),
  'eth.dst': (_, {frame}) => addresses(frame?.dst),
} satisfies {readonly [field: string]: FieldReader<PacketRecord>};

type Reader = FieldReader<IpPacket>;

const only =
  (version: 4 | 6, read: (packet: IpPacket) => readonly FieldValue[]): Reader =>
  (packet) =>
    packet.version === version ? read(packet) : [];

const udp =
  (read: (datagram: UdpDatagram) => readonly FieldValue[]): Reader =>
  ({transport}) =>
    transport.kind === 'udp' ? read(transport.datagram) : [];

const icmp =
  (kind: 'icmp' | 'icmpv6', read: (message: IcmpMessage) => readonly FieldValue[]): Reader =>
  ({transport}) =>
    transport.kind === kind ? read(transport.message) : [];

const udpHeaderBytes = 8;

export const ipFields = {
  'ip.src': only(4, ({src}) => text(src)),
  'ip.dst': only(4, ({dst}) => text(dst)),
  'ip.addr': only(4, ({src, dst}) => text(src, dst)),
  'ip.ttl': only(4, ({ttl}) => number(ttl)),
  'ip.id': only(4, ({id}) => number(id)),
  'ip.len': only(4, (packet) => number(ipPacketLength(packet))),
  'ip.flags.df': only(4, ({dontFragment}) => number(dontFragment ? 1 : 0)),
  'ip.dsfield.ecn': only(4, ({trafficClass}) => number(trafficClass & 3)),
  'ipv6.src': only(6, ({src}) => text(src)),
  'ipv6.dst': only(6, ({dst}) => text(dst)),
  'ipv6.addr': only(6, ({src, dst}) => text(src, dst)),
  'ipv6.hlim': only(6, ({ttl}) => number(ttl)),
  'icmp.type': icmp('icmp', ({type}) => number(type)),
  'icmp.code': icmp('icmp', ({code}) => number(code)),
  'icmpv6.type': icmp('icmpv6', ({type}) => number(type)),
  'icmpv6.code': icmp('icmpv6', ({code}) => number(code)),
  'udp.srcport': udp(({srcPort}) => number(srcPort)),
  'udp.dstport': udp(({dstPort}) => number(dstPort)),
  'udp.port': udp(({srcPort, dstPort}) => number(srcPort, dstPort)),
  'udp.length': udp(({payload}) => number(udpHeaderBytes + payload.length)),
} satisfies {readonly [field: string]: Reader};
