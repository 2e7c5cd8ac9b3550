// Random frames for property tests: every shape that the types allow and the wire can carry.
import fc from 'fast-check';
import type {Frame, IpPacket, Transport} from '../../source/wire/frame.ts';
import {formatIpAddress, formatMac} from '../../source/wire/ip-address.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpOption, TcpSegment} from '../../source/wire/tcp.ts';

const octet = fc.nat(0xff);
const word = fc.nat(0xffff);
const long = fc.nat(0xffffffff);
export const seqNumber = long.map(seq);
const bytesOf = (length: number) => fc.uint8Array({minLength: length, maxLength: length});
const mac = bytesOf(6).map((bytes) => formatMac(bytes));
const ipv4 = bytesOf(4).map(formatIpAddress);
const ipv6 = fc
  .tuple(bytesOf(16), fc.array(fc.nat(15), {maxLength: 15}))
  .map(([bytes, zeros]) => formatIpAddress(bytes.map((value, index) => (zeros.includes(index) ? 0 : value))));
const payload = fc.uint8Array({maxLength: 80}).map((bytes) => ropeFromBytes(bytes));

const sack = fc.record({
  kind: fc.constant('sack' as const),
  blocks: fc.array(fc.record({left: seqNumber, right: seqNumber}), {minLength: 1, maxLength: 3}),
});

/** Without `eol`, which ends a list, and without known kinds in raw form. */
export const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant({kind: 'nop' as const}),
  word.map((mss) => ({kind: 'mss' as const, mss})),
  octet.map((shift) => ({kind: 'windowScale' as const, shift})),
  fc.constant({kind: 'sackPermitted' as const}),
  sack,
  fc.record({kind: fc.constant('timestamps' as const), val: long, ecr: long}),
  fc.record({
    kind: fc.constant('raw' as const),
    type: fc.integer({min: 9, max: 255}),
    data: fc.uint8Array({maxLength: 8}),
  }),
);

const optionSize = (one: TcpOption): number => {
  if (one.kind === 'raw') return 2 + one.data.length;
  if (one.kind === 'sack') return 2 + 8 * one.blocks.length;
  return {eol: 1, nop: 1, mss: 4, windowScale: 3, sackPermitted: 2, timestamps: 10}[one.kind];
};

/** Whole words of options that fit into a header, filled up with NOPs so that nothing has to be padded. */
export const fullOptions = fc.array(option, {maxLength: 6}).map((list) => {
  const kept: TcpOption[] = [];
  let size = 0;
  for (const one of list) {
    if (size + optionSize(one) > 40) break;
    kept.push(one);
    size += optionSize(one);
  }
  while (size++ % 4 !== 0) kept.push({kind: 'nop'});
  return kept;
});

export const segments: fc.Arbitrary<TcpSegment> = fc.record({
  srcPort: word,
  dstPort: word,
  seq: seqNumber,
  ack: seqNumber,
  flags: octet,
  window: word,
  urgent: word,
  options: fullOptions,
  payload,
});

const message = fc.record({type: octet, code: octet, rest: long, payload});

const transports = (version: 4 | 6): fc.Arbitrary<Transport> =>
  fc.oneof(
    segments.map((segment) => ({kind: 'tcp' as const, segment})),
    fc.record({srcPort: word, dstPort: word, payload}).map((datagram) => ({kind: 'udp' as const, datagram})),
    message.map((one) => ({kind: version === 4 ? ('icmp' as const) : ('icmpv6' as const), message: one})),
    payload.map((one) => ({kind: 'raw' as const, protocol: 253, payload: one})),
  );

const packets4: fc.Arbitrary<IpPacket> = fc
  .record({src: ipv4, dst: ipv4, ttl: octet, id: word, dontFragment: fc.boolean(), trafficClass: octet})
  .chain((head) => transports(4).map((transport) => ({version: 4 as const, ...head, transport})));

const packets6: fc.Arbitrary<IpPacket> = fc
  .record({
    src: ipv6,
    dst: ipv6,
    ttl: octet,
    id: fc.constant(0),
    dontFragment: fc.constant(false),
    trafficClass: octet,
  })
  .chain((head) => transports(6).map((transport) => ({version: 6 as const, ...head, transport})));

export const packets = fc.oneof(packets4, packets6);

const arp = fc
  .record({
    operation: fc.constantFrom(1 as const, 2 as const),
    senderMac: mac,
    senderIp: ipv4,
    targetMac: mac,
    targetIp: ipv4,
  })
  .map((one) => ({kind: 'arp' as const, message: one}));

const payloads: fc.Arbitrary<Frame['payload']> = fc.oneof(
  {weight: 6, arbitrary: packets.map((packet) => ({kind: 'ip' as const, packet}))},
  {weight: 1, arbitrary: arp},
  {weight: 1, arbitrary: payload.map((bytes) => ({kind: 'raw' as const, etherType: 0x88b5, bytes}))},
);

export const frames: fc.Arbitrary<Frame> = fc
  .record({
    src: mac,
    dst: mac,
    payload: payloads,
    tagged: fc.boolean(),
    id: fc.nat(4095),
    priority: fc.nat(7),
  })
  .map(({src, dst, payload: one, tagged, id, priority}) => ({
    src,
    dst,
    payload: one,
    ...(tagged && {vlan: {priority, dei: 0, id}}),
  }));
