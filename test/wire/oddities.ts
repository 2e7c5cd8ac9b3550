// Frames that the recorded captures have none of: padding, trailers, tags in tags, rare messages, damaged headers.
import {encodeFrame, type Frame, type Transport} from '../../source/wire/frame.ts';
import {encodeIpPacket, type IpPacket} from '../../source/wire/ip-packet.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpOption, TcpSegment} from '../../source/wire/tcp.ts';
import {httpOddities} from './oddities-http.ts';

export type Oddity = {
  readonly name: string;
  readonly linkType: number;
  readonly bytes: Uint8Array;
  readonly originalLength?: number;
  /** Names where Wireshark prints something else on purpose, and so do we. */
  readonly except?: readonly string[];
};

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const text = (value: string) => ropeFromBytes(Uint8Array.from(Buffer.from(value)));

export const segment = (changes: Partial<TcpSegment> = {}): TcpSegment => ({
  srcPort: 40_000,
  dstPort: 8000,
  seq: seq(0xfffffff0),
  ack: seq(17),
  flags: 0x18,
  window: 502,
  urgent: 0,
  options: [],
  payload: text('hello'),
  ...changes,
});

export const packet = (transport: Transport, changes: Partial<IpPacket> = {}): IpPacket => ({
  version: 4,
  src: '192.0.2.1',
  dst: '192.0.2.2',
  ttl: 64,
  id: 0x1234,
  dontFragment: true,
  trafficClass: 0,
  transport,
  ...changes,
});

const packet6 = (transport: Transport, changes: Partial<IpPacket> = {}): IpPacket =>
  packet(transport, {version: 6, src: 'fe80::1', dst: '2001:db8::2', id: 0, dontFragment: false, ...changes});

export const frame = (payload: Frame['payload'], vlan?: Frame['vlan']): Frame => ({
  src: '02:00:00:00:00:01',
  dst: '02:00:00:00:00:02',
  payload,
  ...(vlan && {vlan}),
});

const ip = (one: IpPacket): Uint8Array => encodeFrame(frame({kind: 'ip', packet: one}));
const tcp = (changes: Partial<TcpSegment> = {}): Transport => ({kind: 'tcp', segment: segment(changes)});
const options = (...list: readonly TcpOption[]): Uint8Array => ip(packet(tcp({options: list})));
const udp = (value: string): Transport => ({
  kind: 'udp',
  datagram: {srcPort: 40_001, dstPort: 40_002, payload: text(value)},
});
const icmp = (type: number, code: number, rest: number, payload: Uint8Array): Uint8Array =>
  ip(packet({kind: 'icmp', message: {type, code, rest, payload: ropeFromBytes(payload)}}));
const icmpv6 = (type: number, code: number, rest: number, payload: Uint8Array): Uint8Array =>
  ip(packet6({kind: 'icmpv6', message: {type, code, rest, payload: ropeFromBytes(payload)}}));
const raw = (etherType: number, bytes: Uint8Array, vlan?: Frame['vlan']): Uint8Array =>
  encodeFrame(frame({kind: 'raw', etherType, bytes: ropeFromBytes(bytes)}, vlan));

const arp: Frame['payload'] = {
  kind: 'arp',
  message: {
    operation: 2,
    senderMac: '02:00:00:00:00:01',
    senderIp: '192.0.2.1',
    targetMac: '02:00:00:00:00:02',
    targetIp: '192.0.2.2',
  },
};

/** A copy with the octets at `at` replaced; checksums stay as they were. */
const spoilt = (bytes: Uint8Array, at: number, octets: string): Uint8Array => {
  const copy = bytes.slice();
  copy.set(hex(octets), at);
  return copy;
};

const plain = ip(packet(tcp()));
const quotedUdp = encodeIpPacket(packet(udp('payload of the quoted datagram')));
const quotedTcp = encodeIpPacket(packet(tcp())).subarray(0, 28);
const ping = hex('000102030405060708090a0b0c0d0e0f');
const md5: TcpOption = {kind: 'raw', type: 19, data: new Uint8Array(16).fill(7)};
const sack: TcpOption = {
  kind: 'sack',
  blocks: [
    {left: seq(100), right: seq(200)},
    {left: seq(0xfffffff0), right: seq(5)},
  ],
};
const extension = (type: number, octets: string) => ({type, bytes: hex(octets)});

const link = {vlan: {priority: 5, dei: 1, id: 100}};

const ethernet: Readonly<Record<string, Uint8Array>> = {
  'ARP padded to 60 octets': join(encodeFrame(frame(arp)), new Uint8Array(18)),
  'ARP padded beyond the minimum': join(encodeFrame(frame(arp)), new Uint8Array(21)),
  'TCP padded': join(ip(packet(tcp({payload: text('')}))), new Uint8Array(6)),
  'short frame with a trailer that is not zero': join(
    ip(packet(udp('x'))),
    hex('000001000000000000000000000000'),
  ),
  'long frame with a trailer': join(ip(packet(udp('x'.repeat(80)))), hex('0102')),
  'tagged, padded': join(encodeFrame(frame(arp, link.vlan)), new Uint8Array(14)),
  'tagged, trailer': join(encodeFrame(frame(arp, link.vlan)), hex('ff'.repeat(30))),
  'ARP for another protocol': raw(
    0x0806,
    hex(`0001 88f7 06 02 0001 ${'11'.repeat(6)} 1234 ${'00'.repeat(6)} 5678`),
  ),
  'tag in a tag': raw(0x88a8, join(hex('6007 8100 2064 0800'), encodeIpPacket(packet(tcp())))),
  'IEEE 802.3 length': raw(3, hex('42 42 03')),
  'ARP with eight-octet hardware addresses': raw(
    0x0806,
    hex(`0018 0800 08 04 0001 ${'11'.repeat(8)} c0000201 ${'00'.repeat(8)} c0000202`),
  ),
  'echo request': icmp(8, 0, 0x12340001, ping),
  'echo reply': icmp(0, 0, 0x12340001, ping),
  'fragmentation needed': icmp(3, 4, 1400, quotedUdp),
  'port unreachable': icmp(3, 3, 0, quotedUdp),
  redirect: icmp(5, 1, 0xc0000203, quotedTcp),
  'time exceeded': icmp(11, 0, 0, quotedTcp),
  'parameter problem': icmp(12, 0, 0x05000000, quotedTcp),
  timestamp: icmp(13, 0, 0x00010002, hex('00000001 00000002 00000003')),
  'ICMP of an unknown type': icmp(99, 1, 2, ping),
  'IPv6 echo': icmpv6(128, 0, 0xabcd0007, ping),
  'IPv6 unreachable': icmpv6(1, 4, 0, encodeIpPacket(packet6(udp('quoted')))),
  'packet too big': icmpv6(2, 0, 1280, encodeIpPacket(packet6(udp('quoted')))),
  'IPv6 parameter problem': icmpv6(4, 1, 40, encodeIpPacket(packet6(udp('quoted')))),
  'router advertisement': icmpv6(
    134,
    0,
    0x40c00708,
    hex('00000001 00000002 0101020000000001 0501000000000578'),
  ),
  'router solicitation': icmpv6(133, 0, 0, hex('0101020000000001')),
  'IPv6 first fragment': ip(packet6(tcp(), {extensions: [extension(44, '0000 0001 deadbeef')]})),
  'IPv6 later fragment': ip(packet6(tcp(), {extensions: [extension(44, '0000 0028 deadbeef')]})),
  'IPv6 extension headers': ip(
    packet6(tcp(), {
      flowLabel: 0xbeef5,
      trafficClass: 0xb9,
      extensions: [extension(0, '0000 0502 0000 0100'), extension(60, '0000 0104 0000 0000')],
    }),
  ),
  'IPv6 routing header': ip(packet6(tcp(), {extensions: [extension(43, '0000 fe00 0000 0000')]})),
  'SYN with the usual options': options(
    {kind: 'mss', mss: 1460},
    {kind: 'sackPermitted'},
    {kind: 'timestamps', val: 0xffffffff, ecr: 0},
    {kind: 'nop'},
    {kind: 'windowScale', shift: 14},
  ),
  'every known option': options({kind: 'mss', mss: 1460}, {kind: 'windowScale', shift: 15}, sack, {
    kind: 'eol',
  }),
  'options unknown here': options(md5, {kind: 'raw', type: 200, data: hex('010203')}),
  'option length 0': spoilt(options({kind: 'mss', mss: 1460}), 55, '00'),
  'option beyond the header': spoilt(options({kind: 'mss', mss: 1460}), 55, '05'),
  'header length under 20': spoilt(plain, 46, '40'),
  'header length beyond the packet': spoilt(plain, 46, 'f0'),
  'all flags': spoilt(plain, 46, '5ffb'),
  'UDP without checksum': spoilt(ip(packet(udp('x'))), 40, '0000'),
  'UDP with a wrong checksum': spoilt(ip(packet(udp('x'))), 40, '1111'),
  'TCP with a wrong checksum': spoilt(plain, 50, '1111'),
  'IP with a wrong checksum': spoilt(plain, 24, '1111'),
  'UDP shorter than IP says': spoilt(ip(packet(udp('xyz'))), 38, '0009'),
  'IPv4 options': ip(packet(tcp(), {options: hex('01070704 00000000')})),
  'IPv4 length 0, as segmentation offload leaves it': spoilt(plain, 16, '0000'),
  'reserved IP flag': spoilt(plain, 20, 'c0'),
  'IPv4 first fragment': ip(packet(udp('first'), {dontFragment: false, fragment: {offset: 0, more: true}})),
  'unknown protocol': ip(packet({kind: 'raw', protocol: 253, payload: text('data')})),
};

const cooked = (head: string, tail: Uint8Array): Uint8Array => join(hex(head), tail);
const ipv4Packet = encodeIpPacket(packet(tcp()));
const ipv6Packet = encodeIpPacket(packet6(tcp()));

const others: readonly Oddity[] = [
  {
    name: 'cooked, IPv4 address',
    linkType: 113,
    bytes: cooked('0000 0300 0004 c000020100000000 0800', ipv4Packet),
  },
  {
    name: 'cooked, eight octets',
    linkType: 113,
    bytes: cooked('0000 0001 0008 0102030405060708 0800', ipv4Packet),
  },
  {
    name: 'cooked, no address',
    linkType: 113,
    bytes: cooked('0000 0304 0000 0000000000000000 86dd', ipv6Packet),
  },
  {
    name: 'cooked v2',
    linkType: 276,
    bytes: cooked('86dd 0000 00000003 0304 00 06 0000000000000000', ipv6Packet),
  },
  {
    name: 'cooked, IEEE 802.2',
    linkType: 113,
    bytes: cooked('0000 0001 0006 0102030405060000 0004', hex('424203')),
  },
  {
    name: 'cooked, trailer',
    linkType: 113,
    bytes: join(cooked('0000 0001 0006 0102030405060000 0800', ipv4Packet), hex('ffee')),
  },
  {name: 'raw IPv6', linkType: 101, bytes: ipv6Packet},
  {name: 'raw IPv4 by its own number', linkType: 228, bytes: ipv4Packet},
  {name: 'raw IPv6 by its own number', linkType: 229, bytes: ipv6Packet},
  {name: 'loopback of a big-endian machine', linkType: 0, bytes: cooked('0000001e', ipv6Packet)},
  {name: 'loopback in network order', linkType: 108, bytes: cooked('00000002', ipv4Packet)},
];

/** One snapped frame for each place to cut that matters. */
const snapped: readonly Oddity[] = [10, 30, 34, 36, 50, 56, 64, 70].map((length) => ({
  name: `cut after ${length} octets`,
  linkType: 1,
  bytes: options({kind: 'mss', mss: 1460}, {kind: 'nop'}, {kind: 'windowScale', shift: 7}).slice(0, length),
  originalLength: 67,
}));

const http: readonly Oddity[] = Object.entries(httpOddities).map(([name, {payload, from, except}], index) => {
  const [client, server] = [50_000 + index, 80];
  const ports = from === 'server' ? {srcPort: server, dstPort: client} : {srcPort: client, dstPort: server};
  const segmentOf = tcp({...ports, payload: ropeFromBytes(Uint8Array.from(Buffer.from(payload, 'latin1')))});
  return {name, linkType: 1, bytes: ip(packet(segmentOf)), ...(except && {except})};
});

const exceptions: Readonly<Record<string, readonly string[]>> = {
  // RFC 768: the datagram ends where its length says; Wireshark's payload goes on to the end of the packet.
  'UDP shorter than IP says': ['udp.payload'],
  // Wireshark prints the length that it takes the packet to have; we print the octets.
  'IPv4 length 0, as segmentation offload leaves it': ['ip.len'],
};

export const oddities: readonly Oddity[] = [
  ...Object.entries(ethernet).map(([name, bytes]) => ({
    name,
    linkType: 1,
    bytes,
    ...(exceptions[name] && {except: exceptions[name]}),
  })),
  ...others,
  ...http,
  ...snapped.filter(({bytes, originalLength}) => bytes.length <= (originalLength ?? 0)),
];
