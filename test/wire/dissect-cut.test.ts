// Frames cut at each octet, as a short snap length leaves them: the header that is not whole is named, nothing behind the last header
// is missed. Oracle: the sizes of headers in IEEE 802.3, RFC 826, RFC 791, RFC 8200, RFC 9293, RFC 768, RFC 792.
import {expect, test} from 'vitest';
import {dissect} from '../../source/wire/dissect.ts';
import {encodeFrame, type Frame, type Transport} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {frame, packet, segment} from './oddities.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const rope = (text: string) => ropeFromBytes(hex(text));

const tagged = {vlan: {priority: 5, dei: 0, id: 100}}.vlan;
const raw = (etherType: number, octets: string, vlan?: Frame['vlan']): Uint8Array =>
  encodeFrame(frame({kind: 'raw', etherType, bytes: rope(octets)}, vlan));
const ip = (transport: Transport, vlan?: Frame['vlan']): Uint8Array =>
  encodeFrame(frame({kind: 'ip', packet: packet(transport)}, vlan));

const ports = {srcPort: 40_001, dstPort: 40_002};
const tcp = segment({options: [{kind: 'mss', mss: 1460}], payload: rope('6162')});
const addresses6 = `fe80${'00'.repeat(13)}01 20010db8${'00'.repeat(11)}02`;
const arp = `0001 0800 06 04 0001 ${'11'.repeat(6)} c0000201 ${'00'.repeat(6)} c0000202`;

type Header = readonly [protocol: string, size: number];

test.each<[string, Uint8Array, readonly Header[]]>([
  [
    'TCP with an option',
    ip({kind: 'tcp', segment: tcp}),
    [
      ['eth', 14],
      ['ip', 20],
      ['tcp', 24],
    ],
  ],
  [
    'tagged UDP',
    ip({kind: 'udp', datagram: {...ports, payload: rope('6162')}}, tagged),
    [
      ['eth', 14],
      ['vlan', 4],
      ['ip', 20],
      ['udp', 8],
    ],
  ],
  [
    'ICMP',
    ip({kind: 'icmp', message: {type: 8, code: 0, rest: 0, payload: rope('6162')}}),
    [
      ['eth', 14],
      ['ip', 20],
      ['icmp', 8],
    ],
  ],
  [
    'IPv4 with options',
    raw(0x0800, `47000020 12344000 40fd0000 c0000201 c0000202 94040000 01010100 61626364`),
    [
      ['eth', 14],
      ['ip', 28],
    ],
  ],
  [
    'IPv6, hop-by-hop options, ICMPv6',
    raw(0x86dd, `60000000 0012 00 40 ${addresses6} 3a00010400000000 8000 1234 00010001 6162`),
    [
      ['eth', 14],
      ['ipv6', 48],
      ['icmpv6', 8],
    ],
  ],
  [
    'IPv6 without next header',
    raw(0x86dd, `60000000 0002 fd 40 ${addresses6} 6162`),
    [
      ['eth', 14],
      ['ipv6', 40],
    ],
  ],
  [
    'ARP',
    raw(0x0806, arp),
    [
      ['eth', 14],
      ['arp', 28],
    ],
  ],
  [
    'tagged ARP',
    raw(0x0806, arp, tagged),
    [
      ['eth', 14],
      ['vlan', 4],
      ['arp', 28],
    ],
  ],
])('%s', (_name, bytes, headers) => {
  // Without its first octet the version is not known.
  const expected = headers.flatMap(([protocol, size]) =>
    Array.from({length: size}, (_, at) => `${protocol === 'ipv6' && at === 0 ? 'ip' : protocol}:short`),
  );
  const found = Array.from(
    {length: bytes.length + 1},
    (_, size) => dissect(bytes.subarray(0, size), 1, bytes.length).problem,
  );
  expect(found).toEqual([
    ...expected,
    ...Array.from({length: bytes.length + 1 - expected.length}, () => undefined),
  ]);
  // Of what is cut the whole headers before it are told.
  const whole = dissect(bytes, 1).layers;
  for (const {start, protocol} of whole.filter((each) => headers.some(([name]) => name === each.protocol))) {
    const {layers} = dissect(bytes.subarray(0, start + 1), 1, bytes.length);
    expect(layers.at(-1)).toMatchObject({protocol, start, end: start + 1});
    expect(layers.slice(0, -1)).toEqual(whole.filter(({end}) => end <= start));
  }
});

// RFC 4861 §4.4, RFC 3810 §5.2: behind the first eight octets their fields have fixed places.
test.each([
  ['a neighbour advertisement', '8800 0000 e0000000 20010db8000000000000000000000002 0201 0200000000bb'],
  ['a report of MLDv2', '8f00 0000 0000 0001'],
])('%s that is cut anywhere has no field behind its end', (_name, message) => {
  const size = hex(message).length;
  const bytes = raw(
    0x86dd,
    `60000000 00${size.toString(16).padStart(2, '0')} 3a ff ${addresses6} ${message}`,
  );
  const fieldsOf = (length: number) =>
    dissect(bytes.subarray(0, length), 1, bytes.length).layers.flatMap(({fields}) => fields);
  expect(fieldsOf(bytes.length).some(({end}) => end === bytes.length)).toBe(true);
  for (let length = bytes.length - size; length < bytes.length; length += 1)
    expect(fieldsOf(length).filter(({end}) => end > length)).toEqual([]);
});

test.each([
  [
    'an IPv4 header of 4 words',
    0x0800,
    '44000018 12344000 40fd0000 c0000201 c0000202 61626364',
    'ip:ip.hdr_len',
  ],
  ['IPv4 below its header', 0x0800, '45000013 12344000 40fd0000 c0000201 c0000202', 'ip:ip.len'],
  ['IPv4 of its header', 0x0800, '45000014 12344000 40fd0000 c0000201 c0000202', undefined],
  ['neither IPv4 nor IPv6', 0x0800, '55000014 12344000 40fd0000 c0000201 c0000202', 'ip:ip.version'],
  ['IPv6 chain beyond packet', 0x86dd, `60000000 0000 00 40 ${addresses6}`, 'ipv6:ipv6.nxt'],
  [
    'a data offset of 4 words',
    0x0800,
    `45000028 12344000 40060000 c0000201 c0000202 9c409c41 00000001 00000002 4018ffff 00000000`,
    'tcp:tcp.hdr_len',
  ],
  [
    'data offset too far',
    0x0800,
    `45000028 12344000 40060000 c0000201 c0000202 9c409c41 00000001 00000002 6018ffff 00000000`,
    'tcp:tcp.hdr_len',
  ],
  [
    'a UDP length below 8',
    0x0800,
    `4500001c 12344000 40110000 c0000201 c0000202 9c419c42 0007 0000`,
    'udp:udp.length',
  ],
  ['a UDP length of 8', 0x0800, `4500001c 12344000 40110000 c0000201 c0000202 9c419c42 0008 0000`, undefined],
  [
    'a UDP length beyond the packet',
    0x0800,
    `4500001c 12344000 40110000 c0000201 c0000202 9c419c42 0009 0000`,
    'udp:udp.length',
  ],
])('what cannot be: %s', (_name, etherType, octets, problem) => {
  expect(dissect(raw(etherType, octets), 1).problem).toBe(problem);
});

/** A packet that ends within a message, and a frame that goes on as the message would: what is behind the packet is none of it. */
const query = '1234 0100 0001 0000 0000 0000 03777777 0161 0474657374 00 0001 0001';
const hello = `1603030031 0100002d 0303 ${'11'.repeat(32)} 00 0002 1301 0100 0002 0017 0000`;
const request = Buffer.from('GET / HTTP/1.1\r\nHost: a.test\r\nAccept: x\r\n\r\n').toString('hex');
const preface = `${Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n').toString('hex')} 000006 04 00 00000000 0003 00000064`;
const dhcp = `01010600 00000001 ${'00'.repeat(228)} 63825363 350101 3204c0000205 ff`;

const overTcp = (srcPort: number, payload: Uint8Array): Transport => ({
  kind: 'tcp',
  segment: segment({srcPort, dstPort: 40_002, payload: ropeFromBytes(payload)}),
});
const overUdp = (srcPort: number, payload: Uint8Array): Transport => ({
  kind: 'udp',
  datagram: {srcPort, dstPort: 40_002, payload: ropeFromBytes(payload)},
});

test.each<[string, string, (payload: Uint8Array) => Transport]>([
  ['HTTP', request, (payload) => overTcp(80, payload)],
  ['HTTP/2', preface, (payload) => overTcp(80, payload)],
  ['TLS', hello, (payload) => overTcp(443, payload)],
  ['DNS over TCP', `0018 ${query}`, (payload) => overTcp(53, payload)],
  ['DNS', query, (payload) => overUdp(53, payload)],
  ['DHCP', dhcp, (payload) => overUdp(67, payload)],
  [
    'ICMP',
    `4500001c 12344000 40110000 c0000201 c0000202 9c419c42 0008 0000`,
    (payload) => ({
      kind: 'icmp',
      message: {type: 3, code: 3, rest: 0, payload: ropeFromBytes(payload)},
    }),
  ],
])('%s: octets behind the packet are none of its message', (_name, message, transport) => {
  const octets = hex(message);
  for (let size = 0; size <= octets.length; size += 1) {
    const own = ip(transport(octets.subarray(0, size)));
    const longer = Uint8Array.from(Buffer.concat([own, octets.subarray(size), octets]));
    const [, ...layers] = dissect(longer, 1).layers;
    expect(layers, `${size}`).toEqual(dissect(own, 1).layers.slice(1));
  }
});
