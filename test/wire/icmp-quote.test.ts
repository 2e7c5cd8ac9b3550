// What ICMP errors quote (RFC 792, RFC 1191 §4, RFC 4443 §3): made and read back; a real one from a capture.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {icmpError, quotedSegment, toldMtu} from '../../source/wire/icmp-quote.ts';
import {decodeIpPacket, encodeIpPacket, type IpPacket} from '../../source/wire/ip-packet.ts';
import {ropeFromBytes, ropeToBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';

const packet = (version: 4 | 6): IpPacket => ({
  version,
  src: version === 4 ? '192.0.2.10' : '2001:db8::10',
  dst: version === 4 ? '198.51.100.20' : '2001:db8::20',
  ttl: 1,
  id: 0,
  dontFragment: version === 4,
  trafficClass: 0,
  transport: {
    kind: 'tcp',
    segment: {
      srcPort: 40_000,
      dstPort: 80,
      seq: seq(4_000_000_000),
      ack: seq(7),
      flags: 16,
      window: 5,
      urgent: 0,
      options: [],
      payload: ropeFromBytes(new Uint8Array(100)),
    },
  },
});

test.each([4, 6] as const)('IPv%i: header and 8 bytes, read back', (version) => {
  const cause = packet(version);
  const error = icmpError(cause, {type: 3, code: 4, rest: 1400});
  expect(ropeToBytes(error.payload)).toEqual(encodeIpPacket(cause).slice(0, version === 4 ? 28 : 48));
  expect(quotedSegment(error)).toEqual({
    src: cause.src,
    dst: cause.dst,
    srcPort: 40_000,
    dstPort: 80,
    seq: 4_000_000_000,
  });
});

test('a quote that is cut, or of another protocol, is no segment', () => {
  const error = icmpError(packet(4), {type: 3, code: 1, rest: 0});
  const bytes = ropeToBytes(error.payload);
  for (let length = 0; length < bytes.length; length += 1)
    expect(quotedSegment({...error, payload: ropeFromBytes(bytes.slice(0, length))})).toBe(undefined);
  const udp = bytes.slice();
  udp[9] = 17;
  expect(quotedSegment({...error, payload: ropeFromBytes(udp)})).toBe(undefined);
  const longHeader = bytes.slice();
  longHeader[0] = 0x4f;
  expect(quotedSegment({...error, payload: ropeFromBytes(longHeader)})).toBe(undefined);
});

test('the MTU that a message tells', () => {
  const kinds = [
    {type: 3, code: 4, rest: 0xabcd_0578},
    {type: 3, code: 1, rest: 1400},
    {type: 2, code: 0, rest: 1280},
  ].map((kind) => icmpError(packet(4), kind));
  expect(kinds.map((message) => toldMtu(message, 4))).toEqual([1400, undefined, undefined]);
  expect(kinds.map((message) => toldMtu(message, 6))).toEqual([undefined, undefined, 1280]);
});

test('a firewall of the real world quotes the SYN that it rejects', () => {
  const file = readFileSync(new URL('../fixtures/captures/06e-firewall-reject-icmp.pcap', import.meta.url));
  const quotes = ipPacketsOf(file).flatMap(({transport}) =>
    transport.kind === 'icmp' ? [quotedSegment(transport.message)] : [],
  );
  const syns = ipPacketsOf(file).flatMap(({src, dst, transport}) =>
    transport.kind === 'tcp'
      ? [
          {
            src,
            dst,
            srcPort: transport.segment.srcPort,
            dstPort: transport.segment.dstPort,
            seq: transport.segment.seq,
          },
        ]
      : [],
  );
  expect(quotes.length).toBeGreaterThan(0);
  for (const quote of quotes) expect(syns).toContainEqual(quote);
});

/** The IPv4 packets of a little-endian capture of Ethernet frames. */
function ipPacketsOf(file: Uint8Array): readonly IpPacket[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packets: IpPacket[] = [];
  for (let at = 24; at < file.length; ) {
    const length = view.getUint32(at + 8, true);
    const decoded = decodeIpPacket(file.subarray(at + 16 + 14, at + 16 + length), {verifyChecksums: false});
    if (decoded.ok) packets.push(decoded.value);
    at += 16 + length;
  }
  return packets;
}
