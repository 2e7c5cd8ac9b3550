// Where headers lie. Oracle: dissect, field by field, which tshark vouches for; and the figures of RFC 791 and RFC 8200 by their octets.
import {expect, test} from 'vitest';
import {dissect} from '../../source/wire/dissect.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {type FrameHeaders, LinkTypes, readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {some} from '../helpers/seeds.ts';
import {captureFiles, readCapture} from './captures.ts';
import {frame, oddities, packet, segment} from './oddities.ts';

type Frame = {readonly bytes: Uint8Array; readonly linkType: number; readonly originalLength?: number};

const recorded = some(captureFiles, 12).flatMap((name) => readCapture(name).records.slice(0, 40));
const frames: readonly Frame[] = [...recorded, ...oddities];

const headersOf = ({bytes, linkType, originalLength = bytes.length}: Frame): FrameHeaders =>
  readFrameHeaders(bytes, linkType, originalLength);

const address = (bytes: Uint8Array, at: number, version: number): string =>
  version === 4
    ? bytes.subarray(at, at + 4).join('.')
    : Buffer.from(bytes.subarray(at, at + 16))
        .toString('hex')
        .replace(/(.{4})(?=.)/g, '$1:');

const whole = (ip: string): string => {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({length: 8 - (left?.length ?? 0) - (right?.length ?? 0)}, () => '0');
  return [...(left ?? []), ...zeros, ...(right ?? [])].map((group) => group.padStart(4, '0')).join(':');
};

test('addresses, protocol and transport are where dissect finds them', () => {
  let compared = 0;
  for (const each of frames) {
    const {layers} = dissect(each.bytes, each.linkType);
    const ip = layers.find(({protocol}) => protocol === 'ip' || protocol === 'ipv6');
    const of = (name: string): string | undefined => ip?.fields.find((field) => field.name === name)?.value;
    const source = of('ip.src') ?? of('ipv6.src');
    const found = headersOf(each);
    const {version, addressesAt, transportAt, fragment} = found;
    if (source === undefined || version === 0) continue;
    expect(version).toBe(ip?.protocol === 'ip' ? 4 : 6);
    expect(address(each.bytes, addressesAt, version)).toBe(whole(source));
    const transport = layers.find(
      ({protocol, quoted}) => /^(tcp|udp|icmp|icmpv6)$/.test(protocol) && !quoted,
    );
    if (!transport || fragment) continue;
    expect(transportAt).toBe(transport.start);
    expect(found.protocol).toBe({tcp: 6, udp: 17, icmp: 1, icmpv6: 58}[transport.protocol]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(150);
});

const tcp = {kind: 'tcp', segment: segment()} as const;
const four = encodeFrame(frame({kind: 'ip', packet: packet(tcp)}));
const ends = {version: 6, src: '2001:db8::1', dst: '2001:db8::2'} as const;
const six = (...extensions: readonly {readonly type: number; readonly bytes: Uint8Array}[]): Uint8Array =>
  encodeFrame(frame({kind: 'ip', packet: packet(tcp, {...ends, extensions})}));
const read = (bytes: Uint8Array, originalLength = bytes.length): FrameHeaders =>
  readFrameHeaders(bytes, LinkTypes.ethernet, originalLength);
const changed = (bytes: Uint8Array, at: number, ...octets: readonly number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(octets, at);
  return copy;
};

const plain = {arp: false, tagged: false, etherType: undefined, fragment: undefined, protocol: 6} as const;

test('IPv4 over Ethernet', () => {
  const known = {...plain, version: 4, addressesAt: 26, destinationAt: 30, transportAt: 34, transportEnd: 59};
  expect(read(four)).toEqual(known);
  // Padded to 60 octets and beyond, cut off, and with a length that segmentation offload left at 0.
  expect(read(Uint8Array.from([...four, 0, 0, 0]))).toEqual(known);
  expect(read(four.subarray(0, 40), four.length)).toEqual(known);
  expect(read(changed(four, 16, 0, 0), 70)).toEqual({...known, transportEnd: 70});
  // A length that is shorter than its own header, and one that is longer than the frame.
  expect(read(changed(four, 16, 0, 5))).toEqual({...known, transportEnd: 34});
  expect(read(changed(four, 16, 9, 9))).toEqual(known);
  // Options: 24 octets of header.
  expect(read(changed(four, 14, 0x46))).toMatchObject({transportAt: 38});
});

test('what is no whole header of IP is none', () => {
  const none = {version: 0, addressesAt: 0, destinationAt: 0, protocol: 0, transportAt: 0, transportEnd: 0};
  expect(read(changed(four, 14, 0x44))).toMatchObject(none);
  expect(read(changed(four, 14, 0x55))).toMatchObject(none);
  expect(read(four.subarray(0, 33))).toMatchObject(none);
  expect(read(four.subarray(0, 34))).toMatchObject({version: 4});
  expect(read(six().subarray(0, 53))).toMatchObject(none);
  expect(read(six().subarray(0, 54))).toMatchObject({version: 6});
  expect(readFrameHeaders(four, 147, four.length)).toMatchObject(none);
});

test('fragments of IPv4: which, where, and whether more follow', () => {
  const of = (...place: readonly number[]) => read(changed(four, 20, ...place)).fragment;
  expect(of(0x20, 0)).toEqual({id: 0x1234, offset: 0, more: true});
  expect(of(0, 1)).toEqual({id: 0x1234, offset: 8, more: false});
  expect(of(0x3f, 0xff)).toEqual({id: 0x1234, offset: 65_528, more: true});
  expect(of(0x40, 0)).toBeUndefined();
});

test('IPv6 and its extension headers (RFC 8200 §4, RFC 4302 §2.2)', () => {
  const known = {...plain, version: 6, addressesAt: 22, destinationAt: 38, transportAt: 54, transportEnd: 79};
  expect(read(six())).toEqual(known);
  expect(read(changed(six(), 18, 0, 0), 90)).toEqual({...known, transportEnd: 90});
  const options = {type: 60, bytes: Uint8Array.of(0, 0, 1, 4, 0, 0, 0, 0)};
  const longer = {type: 0, bytes: Uint8Array.of(0, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)};
  expect(read(six(options))).toEqual({...known, transportAt: 62, transportEnd: 87});
  expect(read(six(longer, options))).toEqual({...known, transportAt: 78, transportEnd: 103});
  // Authentication counts in units of 4 octets, less two.
  const authentication = {type: 51, bytes: Uint8Array.of(0, 4, ...new Uint8Array(22))};
  expect(read(six(authentication))).toEqual({...known, transportAt: 78, transportEnd: 103});
});

test('IPv6: the routing header names the destination, a fragment header the place', () => {
  const routed = Uint8Array.of(0, 2, 2, 1, 0, 0, 0, 0, ...new Uint8Array(15), 9);
  expect(read(six({type: 43, bytes: routed}))).toMatchObject({destinationAt: 62, transportAt: 78});
  const last = Uint8Array.from(routed);
  last[3] = 0;
  expect(read(six({type: 43, bytes: last}))).toMatchObject({destinationAt: 38, transportAt: 78});
  const fragment = (place: number, more: number): Uint8Array =>
    six({type: 44, bytes: Uint8Array.of(0, 0, place >> 8, (place & 0xf8) | more, 1, 2, 3, 4)});
  expect(read(fragment(0, 1))).toMatchObject({
    fragment: {id: 0x01020304, offset: 0, more: true},
    transportAt: 62,
  });
  expect(read(fragment(0x0108, 0)).fragment).toEqual({id: 0x01020304, offset: 0x108, more: false});
  expect(read(fragment(0, 0)).fragment).toBeUndefined();
});

test('tags lie between the addresses and the type (802.1Q, 802.1ad)', () => {
  for (const tag of [
    [0x81, 0],
    [0x88, 0xa8],
    [0x91, 0],
  ]) {
    const tagged = Uint8Array.from([...four.subarray(0, 12), ...tag, 0, 7, ...four.subarray(12)]);
    expect(read(tagged)).toMatchObject({tagged: true, version: 4, addressesAt: 30, transportAt: 38});
    const twice = Uint8Array.from([
      ...four.subarray(0, 12),
      ...tag,
      0,
      7,
      0x81,
      0,
      0,
      8,
      ...four.subarray(12),
    ]);
    expect(read(twice)).toMatchObject({tagged: true, version: 4, addressesAt: 34});
  }
});

test('a tag that was not captured whole says nothing of what lies behind it', () => {
  const cut = Uint8Array.from([...four.subarray(0, 12), 0x81, 0, 0, 7]);
  for (const octets of [14, 16]) {
    const found = read(cut.subarray(0, octets), four.length + 4);
    expect(found).toMatchObject({tagged: false, version: 0, etherType: 0x8100});
  }
});

test('other links begin otherwise (tcpdump.org/linktypes.html)', () => {
  const ip = four.subarray(14);
  const begun = (linkType: number, ...before: readonly number[]) =>
    readFrameHeaders(Uint8Array.from([...before, ...ip]), linkType, before.length + ip.length);
  const zeros = (count: number) => new Uint8Array(count);
  expect(begun(LinkTypes.raw)).toMatchObject({version: 4, transportAt: 20, transportEnd: 45});
  expect(begun(LinkTypes.ipv4)).toMatchObject({version: 4, transportAt: 20});
  expect(begun(LinkTypes.null, 2, 0, 0, 0)).toMatchObject({version: 4, transportAt: 24});
  expect(begun(LinkTypes.loop, 0, 0, 0, 2)).toMatchObject({version: 4, transportAt: 24});
  expect(begun(LinkTypes.sll, ...zeros(14), 8, 0)).toMatchObject({version: 4, transportAt: 36});
  expect(begun(LinkTypes.sll2, 8, 0, ...zeros(18))).toMatchObject({version: 4, transportAt: 40});
  expect(readFrameHeaders(six().subarray(14), LinkTypes.ipv6, 65)).toMatchObject({
    version: 6,
    transportAt: 40,
  });
});

test('ARP, and other types with their number', () => {
  const typed = (...type: readonly number[]) => read(changed(four, 12, ...type));
  expect(typed(8, 6)).toMatchObject({arp: true, etherType: 0x0806, version: 0});
  expect(typed(0x88, 0xcc)).toMatchObject({arp: false, etherType: 0x88cc, version: 0});
  expect(typed(0, 38)).toMatchObject({arp: false, etherType: 38});
  expect(read(four)).toMatchObject({arp: false});
});
