// Oracles: dissect, which tshark vouches for, before and after; decodeFrame, which verifies every checksum.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dissect} from '../../source/wire/dissect.ts';
import {fieldEdit, flipBit} from '../../source/wire/field-edit.ts';
import {decodeFrame, encodeFrame, type Transport} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import type {TcpOption} from '../../source/wire/tcp.ts';
import {runs} from '../helpers/seeds.ts';
import {readCapture} from './captures.ts';
import {frame, oddities, packet, segment} from './oddities.ts';
import {dnsOddities} from './oddities-dns.ts';
import {fieldNames} from './tshark.ts';

const syn: readonly TcpOption[] = [
  {kind: 'mss', mss: 1460},
  {kind: 'timestamps', val: 7, ecr: 0},
];
const ethernet = (transport: Transport): Uint8Array =>
  encodeFrame(frame({kind: 'ip', packet: packet(transport)}));
const tcpFrame = ethernet({kind: 'tcp', segment: segment({options: syn})});
const udpFrame = ethernet({
  kind: 'udp',
  datagram: {srcPort: 1, dstPort: 2, payload: ropeFromBytes(Uint8Array.of(1, 2, 3))},
});

const shownValue = (bytes: Uint8Array, name: string, linkType = 1): string | undefined =>
  dissect(bytes, linkType)
    .layers.flatMap(({fields}) => fields)
    .find((field) => field.name === name)?.value;

const edited = (
  bytes: Uint8Array,
  name: string,
  value: number,
  fixChecksums = true,
  linkType = 1,
): Uint8Array => {
  const result = fieldEdit(bytes, linkType, name, value, {fixChecksums});
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

test.each([
  ['tcp.srcport', 1, '1'],
  ['tcp.seq_raw', 0xffffffff, '4294967295'],
  ['tcp.ack_raw', 500, '500'],
  ['tcp.window_size_value', 0, '0'],
  ['tcp.urgent_pointer', 9, '9'],
  ['tcp.flags', 0x12, '0x0012'],
  ['tcp.flags.syn', 1, '1'],
  ['tcp.flags.ack', 0, '0'],
  ['tcp.options.mss_val', 536, '536'],
  ['tcp.options.timestamp.tsecr', 0xfffffffe, '4294967294'],
  ['ip.ttl', 1, '1'],
  ['ip.id', 0xabcd, '0xabcd'],
  ['ip.dsfield.ecn', 3, '3'],
  ['ip.flags.df', 0, '0'],
  ['ip.dsfield', 0xb8, '0xb8'],
])('%s becomes %i, and every checksum is right again', (name, value, shown) => {
  const bytes = edited(tcpFrame, name, value);
  expect(shownValue(bytes, name)).toBe(shown);
  expect(decodeFrame(bytes).ok).toBe(true);
  expect(decodeFrame(edited(tcpFrame, name, value, false)).ok).toBe(false);
});

describe('DNS (RFC 1035 §4.1.1)', () => {
  const dnsFrame = (name: string): Uint8Array =>
    dnsOddities.find((oddity) => oddity.name === name)?.bytes ?? new Uint8Array(0);

  test.each([
    ['dns.id', 1, '0x0001'],
    ['dns.flags', 0x8183, '0x8183'],
    ['dns.flags.response', 1, '1'],
    ['dns.flags.truncated', 1, '1'],
    ['dns.flags.opcode', 2, '2'],
    ['dns.count.answers', 2, '2'],
    ['dns.qry.type', 28, '28'],
  ])('%s becomes %i over UDP and TCP, and every checksum is right again', (name, value, shown) => {
    for (const bytes of [dnsFrame('DNS: a question without AD'), dnsFrame('DNS over TCP')]) {
      expect(shownValue(bytes, name)).not.toBe(shown);
      const changed = edited(bytes, name, value);
      expect(shownValue(changed, name)).toBe(shown);
      expect(decodeFrame(changed).ok).toBe(true);
      expect(decodeFrame(edited(bytes, name, value, false)).ok).toBe(false);
    }
  });

  test('the RCODE and the TTL of a response', () => {
    const response = dnsFrame('DNS: PTR');
    expect(shownValue(edited(response, 'dns.flags.rcode', 3), 'dns.flags')).toBe('0x8403');
    expect(shownValue(edited(response, 'dns.resp.ttl', 7), 'dns.resp.ttl')).toBe('7');
  });
});

test('over a header that was cut nothing is mended', () => {
  const cut = tcpFrame.slice(0, 14 + 14);
  expect(edited(cut, 'ip.ttl', 9)).toEqual(cut.with(14 + 8, 9));
});

test('only the field and the checksums change', () => {
  const changed = dissect(edited(tcpFrame, 'tcp.ack_raw', 500), 1).layers.flatMap(({fields}) => fields);
  const before = dissect(tcpFrame, 1).layers.flatMap(({fields}) => fields);
  const different = changed.filter((field, index) => field.value !== before[index]?.value);
  expect(different.map(({name}) => name)).toEqual(['tcp.ack_raw', 'tcp.checksum']);
});

test('the frame that is given stays as it is', () => {
  const copy = tcpFrame.slice();
  edited(tcpFrame, 'tcp.flags.syn', 1);
  expect(tcpFrame).toEqual(copy);
});

test('a checksum that is edited itself is not mended', () => {
  expect(shownValue(edited(tcpFrame, 'tcp.checksum', 0x1234), 'tcp.checksum.status')).toBe('0');
  expect(shownValue(edited(tcpFrame, 'ip.checksum', 0x1234), 'ip.checksum.status')).toBe('0');
  expect(shownValue(edited(udpFrame, 'udp.checksum', 0x1234), 'udp.checksum.status')).toBe('0');
});

test('a UDP checksum that comes out as 0 is sent as all ones', () => {
  const port = 1 + Number(shownValue(udpFrame, 'udp.checksum'));
  expect(shownValue(edited(udpFrame, 'udp.srcport', port), 'udp.checksum')).toBe('0xffff');
});

test('a checksum over IPv6 covers the destination of the routing header, if a stop is left (RFC 8200 §8.1)', () => {
  const home = '20010db8000000000000000000000099';
  const routed = (left: number): Uint8Array => {
    const bytes = Uint8Array.from(Buffer.from(`0002020${left}00000000${home}`, 'hex'));
    const ends = {
      version: 6,
      src: '2001:db8::1',
      dst: '2001:db8::2',
      extensions: [{type: 43, bytes}],
    } as const;
    const sent = packet({kind: 'tcp', segment: segment()}, ends);
    return edited(encodeFrame(frame({kind: 'ip', packet: sent})), 'tcp.ack_raw', 5);
  };
  for (const [left, destination] of [
    [1, home],
    [0, '20010db8000000000000000000000002'],
  ] as const) {
    const tcp = Buffer.from(routed(left)).subarray(14 + 40 + 24);
    const source = '20010db8000000000000000000000001';
    const length = tcp.length.toString(16).padStart(8, '0');
    const padded = tcp.toString('hex').padEnd(2 * Math.ceil(tcp.length / 2) * 2, '0');
    const covered = Buffer.from(`${source}${destination}${length}00000006${padded}`, 'hex');
    let sum = 0;
    for (let at = 0; at < covered.length; at += 2) sum += covered.readUInt16BE(at);
    expect((sum % 0x10000) + Math.floor(sum / 0x10000)).toBe(0xffff);
  }
});

test('a packet whose length segmentation offload left at 0 goes to the end of its frame', () => {
  const offloaded = edited(tcpFrame, 'ip.len', 0, false);
  expect(shownValue(edited(offloaded, 'tcp.ack_raw', 5), 'tcp.checksum.status')).toBe('1');
});

describe('in a tunnel (RFC 2003, RFC 4213)', () => {
  const inner = tcpFrame.subarray(14);
  const inside6 = encodeFrame(
    frame({
      kind: 'ip',
      packet: packet(
        {kind: 'tcp', segment: segment({options: syn})},
        {version: 6, src: '2001:db8::1', dst: '2001:db8::2'},
      ),
    }),
  ).subarray(14);
  /** The same Ethernet header and IPv4 header around an IP packet; its checksum comes with the first mended edit. */
  const tunnelled = (carried: Uint8Array, protocol: number): Uint8Array => {
    const outer = tcpFrame.slice(14, 34);
    new DataView(outer.buffer).setUint16(2, 20 + carried.length);
    outer.set([protocol], 9);
    outer.set([198, 51, 100, 1, 198, 51, 100, 2], 12);
    return edited(Uint8Array.from([...tcpFrame.subarray(0, 14), ...outer, ...carried]), 'ip.ttl', 9);
  };
  const statuses = (bytes: Uint8Array): readonly string[] =>
    dissect(bytes, 1).layers.flatMap(({fields}) =>
      fields.flatMap(({name, value}) => (name.endsWith('.checksum.status') ? [`${name} ${value}`] : [])),
    );

  test.each([
    ['IPv4 in IPv4', tunnelled(inner, 4), ['ip', 'ip', 'tcp']],
    ['IPv6 in IPv4', tunnelled(inside6, 41), ['ip', 'tcp']],
  ] as const)('%s: a segment is summed with the addresses of its own packet', (_, bytes, carriers) => {
    const right = carriers.map((protocol) => `${protocol}.checksum.status 1`);
    expect(statuses(bytes)).toEqual(right);
    expect(statuses(edited(bytes, 'tcp.ack_raw', 500))).toEqual(right);
    // What stands inside is as right as it was where only the outer header changes.
    expect(edited(bytes, 'ip.ttl', 3).subarray(34)).toEqual(bytes.subarray(34));
  });
});

test('the first of several fields of one name counts', () => {
  const options: readonly TcpOption[] = [1460, 1400].map((mss) => ({kind: 'mss', mss}));
  const changed = edited(ethernet({kind: 'tcp', segment: segment({options})}), 'tcp.options.mss_val', 536);
  const values = dissect(changed, 1).layers.flatMap(({fields}) =>
    fields.flatMap(({name, value}) => (name === 'tcp.options.mss_val' ? [value] : [])),
  );
  expect(values).toEqual(['536', '1400']);
});

test('lengths of headers are given in bytes, as they are shown', () => {
  expect(shownValue(edited(tcpFrame, 'tcp.hdr_len', 20), 'tcp.hdr_len')).toBe('20');
  expect(fieldEdit(tcpFrame, 1, 'tcp.hdr_len', 21, {fixChecksums: true})).toEqual({
    ok: false,
    error: {code: 'field-range', field: 'tcp.hdr_len', max: 60, step: 4},
  });
});

test.each([
  ['tcp.flags.syn', 2, {code: 'field-range', field: 'tcp.flags.syn', max: 1, step: 1}],
  ['tcp.srcport', -1, {code: 'field-range', field: 'tcp.srcport', max: 65_535, step: 1}],
  ['tcp.srcport', 1.5, {code: 'field-range', field: 'tcp.srcport', max: 65_535, step: 1}],
  ['tcp.srcport', Number.NaN, {code: 'field-range', field: 'tcp.srcport', max: 65_535, step: 1}],
  ['udp.srcport', 1, {code: 'field-unknown', field: 'udp.srcport'}],
  ['tcp.nonsense', 1, {code: 'field-unknown', field: 'tcp.nonsense'}],
  ['ip.src', 1, {code: 'field-unknown', field: 'ip.src'}],
  ['tcp.checksum.status', 1, {code: 'field-unknown', field: 'tcp.checksum.status'}],
])('%s = %d is refused', (name, value, error) => {
  expect(fieldEdit(tcpFrame, 1, name, value, {fixChecksums: true})).toEqual({ok: false, error});
});

test('a link type that is not known is refused', () => {
  const error = {code: 'link-type', linkType: 195};
  expect(fieldEdit(tcpFrame, 195, 'ip.ttl', 1, {fixChecksums: true})).toEqual({ok: false, error});
});

describe('on other links and carriers', () => {
  test.each(['18d-vlan-tagged.pcap', '18f-cooked-any.pcap', '18j-bsd-null.pcap', '08h-rto-four-times.pcap'])(
    '%s',
    (name) => {
      const one = readCapture(name).records.find(({bytes, linkType}) =>
        shownValue(bytes, 'tcp.seq_raw', linkType),
      );
      if (!one) throw new Error('no segment');
      const bytes = edited(one.bytes, 'tcp.seq_raw', 77, true, one.linkType);
      expect(shownValue(bytes, 'tcp.seq_raw', one.linkType)).toBe('77');
      expect(shownValue(bytes, 'tcp.checksum.status', one.linkType)).toBe('1');
    },
  );

  test.each([
    ['echo request', 'icmp.seq', 'icmp.checksum.status'],
    ['IPv6 echo', 'icmpv6.echo.sequence_number', 'icmpv6.checksum.status'],
    ['IPv6 extension headers', 'tcp.srcport', 'tcp.checksum.status'],
    ['UDP with a wrong checksum', 'udp.srcport', 'udp.checksum.status'],
  ])('%s', (oddity, name, status) => {
    const {bytes} = oddities.find((one) => one.name === oddity) ?? {bytes: tcpFrame};
    const changed = edited(bytes, name, 99);
    expect(shownValue(changed, name)).toBe('99');
    expect(shownValue(changed, status)).toBe('1');
  });

  test('a packet quoted by an ICMP error is left alone', () => {
    const {bytes} = oddities.find(({name}) => name === 'port unreachable') ?? {bytes: tcpFrame};
    expect(fieldEdit(bytes, 1, 'udp.srcport', 1, {fixChecksums: true}).ok).toBe(false);
    // A router counted its TTL down and did not look at the rest.
    const counted = bytes.map((octet, at) => (at === 14 + 20 + 8 + 8 ? octet - 1 : octet));
    const changed = edited(counted, 'icmp.code', 1);
    expect(shownValue(changed, 'icmp.checksum.status')).toBe('1');
    expect(changed.subarray(42)).toEqual(counted.subarray(42));
  });
});

test('any frame, any name, any number: never throws, never changes the length', () => {
  const values = fc.oneof(fc.nat(0xffffffff), fc.nat(70));
  fc.assert(
    fc.property(fc.constantFrom(...oddities), fc.constantFrom(...fieldNames), values, (one, name, value) => {
      const result = fieldEdit(one.bytes, one.linkType, name, value, {fixChecksums: true});
      if (result.ok) expect(result.value).toHaveLength(one.bytes.length);
    }),
    {numRuns: runs(2000)},
  );
});

test('a flipped bit', () => {
  const flipped = flipBit(Uint8Array.of(0, 0), 9);
  expect(flipped.ok && [...flipped.value]).toEqual([0, 0x40]);
  for (const bit of [-1, 16, 0.5]) {
    expect(flipBit(Uint8Array.of(0, 0), bit)).toEqual({ok: false, error: {code: 'bit-range', bit, bits: 16}});
  }
});
