// Oracles: round trips, a published header with its checksum, and the limits of RFC 791 and RFC 8200.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeIpPacket, encodeIpPacket, type IpPacket} from '../../source/wire/ip-packet.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {runs} from '../helpers/seeds.ts';
import {packets} from './arbitrary.ts';
import {packet, segment} from './oddities.ts';
import {plain} from './plain.ts';

const decoded = (bytes: Uint8Array) => plain(decodeIpPacket(bytes));
const roundTrip = (one: IpPacket): void => {
  expect(decoded(encodeIpPacket(one))).toEqual({ok: true, value: plain(one)});
};

test('what is encoded is decoded', () => {
  fc.assert(fc.property(packets, roundTrip), {numRuns: runs(500)});
});

test('IPv4 options, fragments, flow labels and extension headers are kept', () => {
  const tcp = {kind: 'tcp', segment: segment()} as const;
  const part = {kind: 'raw', protocol: 17, payload: ropeFromBytes(new Uint8Array(16))} as const;
  const sixth = {version: 6, src: '::1', dst: '2001:db8::1', id: 0, dontFragment: false} as const;
  roundTrip(packet(tcp, {options: Uint8Array.of(7, 7, 4, 0, 0, 0, 0, 0)}));
  roundTrip(packet(part, {fragment: {offset: 1480, more: true}}));
  roundTrip(packet(part, {fragment: {offset: 2960, more: false}}));
  roundTrip(packet(tcp, {...sixth, flowLabel: 0xfffff}));
  const options = Uint8Array.of(60, 0, 1, 4, 0, 0, 0, 0);
  const destination = Uint8Array.of(6, 0, 1, 4, 0, 0, 0, 0);
  const extensions = [
    {type: 0, bytes: options},
    {type: 60, bytes: destination},
  ];
  roundTrip(packet(tcp, {...sixth, extensions}));
});

test('a header with a checksum that is known', () => {
  // The worked example of en.wikipedia.org/wiki/Internet_checksum.
  const header = {
    version: 4,
    src: '192.168.0.1',
    dst: '192.168.0.199',
    ttl: 64,
    id: 0,
    dontFragment: true,
  } as const;
  const transport = {kind: 'raw', protocol: 17, payload: ropeFromBytes(new Uint8Array(95))} as const;
  const bytes = encodeIpPacket({...header, trafficClass: 0, transport});
  expect(Buffer.from(bytes.subarray(0, 20)).toString('hex')).toBe('45000073000040004011b861c0a80001c0a800c7');
});

test('a UDP checksum that comes out as 0 is sent as all ones', () => {
  // With its own checksum as payload the words add up to ffff.
  const base = packet({
    kind: 'udp',
    datagram: {srcPort: 1, dstPort: 2, payload: ropeFromBytes(Uint8Array.of(0, 0))},
  });
  const plainBytes = encodeIpPacket(base);
  const checksum = plainBytes.subarray(26, 28);
  const payload = ropeFromBytes(Uint8Array.from(checksum));
  const bytes = encodeIpPacket(packet({kind: 'udp', datagram: {srcPort: 1, dstPort: 2, payload}}));
  expect([...bytes.subarray(26, 28)]).toEqual([0xff, 0xff]);
  expect(decodeIpPacket(bytes).ok).toBe(true);
});

test.each([
  ['', {code: 'short', protocol: 'ip', needed: 20, found: 0}],
  ['45', {code: 'short', protocol: 'ip', needed: 20, found: 1}],
  ['50'.padEnd(80, '0'), {code: 'malformed', protocol: 'ip', field: 'ip.version'}],
  ['44000014'.padEnd(80, '0'), {code: 'malformed', protocol: 'ip', field: 'ip.hdr_len'}],
  ['45000013'.padEnd(80, '0'), {code: 'malformed', protocol: 'ip', field: 'ip.len'}],
  ['45000029'.padEnd(80, '0'), {code: 'short', protocol: 'ip', needed: 41, found: 40}],
  ['45000014'.padEnd(80, '0'), {code: 'checksum', protocol: 'ip', expected: 0xbaeb, found: 0}],
  ['60000000'.padEnd(78, '0'), {code: 'short', protocol: 'ipv6', needed: 40, found: 39}],
  ['600000000001'.padEnd(80, '0'), {code: 'short', protocol: 'ipv6', needed: 41, found: 40}],
  ['60000000'.padEnd(80, '0'), {code: 'malformed', protocol: 'ipv6', field: 'ipv6.nxt'}],
])('%s is refused', (hex, error) => {
  expect(decodeIpPacket(Uint8Array.from(Buffer.from(hex, 'hex')))).toEqual({ok: false, error});
});
