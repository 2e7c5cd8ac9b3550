// Whom a captured frame is from and meant for. Oracles: IEEE 802.3 §3.2.3 (the group bit), RFC 826, RFC 1112 §4, RFC 4291 §2.7, RFC 919 §7,
// the cooked headers of tcpdump.org/linktypes.
import {describe, expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {type Ends, endsOf, endsOnOneHost, isForMany, networkStart} from '../../source/observe/frame-ends.ts';
import {LinkTypes} from '../../source/wire/frame-headers.ts';

const octets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (each) => Number.parseInt(each, 16));

const ours = '020000000001';
const theirs = '020000000002';
const everybody = 'ffffffffffff';

const ip4 = (to = '0a000002', from = '0a000001'): string =>
  `4500 001c 0000 0000 4011 0000 ${from} ${to} 0035 0035 0008 0000`;
const ip6 = (to: string): string =>
  `60000000 0008 11 40 20010db8000000000000000000000001 ${to} 0035 0035 0008 0000`;
const arp = (from: string, to: string): string => `0001 0800 06 04 0001 ${ours} ${from} 000000000000 ${to}`;

const ethernet = (to: string, type: string, rest: string): Uint8Array =>
  octets(`${to} ${ours} ${type} ${rest}`);
/** `kind`: 0 to us, 1 broadcast, 2 multicast, 4 by us. */
const sll = (kind: number, type: string, rest: string): Uint8Array =>
  octets(`000${kind} 0001 0006 ${ours} 0000 ${type} ${rest}`);
const sll2 = (kind: number, type: string, rest: string): Uint8Array =>
  octets(`${type} 0000 00000001 0001 0${kind} 06 ${ours} 0000 ${rest}`);

const named = (bytes: Uint8Array, linkType: number = LinkTypes.ethernet): Ends => endsOf(bytes, linkType);

describe('from and to', () => {
  test.each<readonly [about: string, Uint8Array, number, Ends]>([
    ['IPv4', ethernet(theirs, '0800', ip4()), 1, {from: '10.0.0.1', to: '10.0.0.2', ip: true}],
    [
      'IPv6',
      ethernet(theirs, '86dd', ip6('20010db8000000000000000000000002')),
      1,
      {from: '2001:db8::1', to: '2001:db8::2', ip: true},
    ],
    ['IPv4, cooked', sll(0, '0800', ip4()), LinkTypes.sll, {from: '10.0.0.1', to: '10.0.0.2', ip: true}],
    [
      'ARP',
      ethernet(everybody, '0806', arp('0a000001', '0a000002')),
      1,
      {from: '10.0.0.1', to: '10.0.0.2', ip: true},
    ],
    [
      'LLDP',
      ethernet('0180c200000e', '88cc', '0207'),
      1,
      {from: '02:00:00:00:00:01', to: '01:80:c2:00:00:0e', ip: false},
    ],
    ['nothing that names them', octets('00'), 1, {from: 'unknown', to: 'unknown', ip: false}],
  ])('%s', (_, bytes, linkType, ends) => expect(named(bytes, linkType)).toEqual(ends));

  test('where IP begins', () => {
    expect(networkStart(ethernet(theirs, '0800', ip4()), 1)).toBe(14);
    expect(networkStart(ethernet(theirs, '8100', `0007 0800 ${ip4()}`), 1)).toBe(18);
    expect(networkStart(ethernet(theirs, '86dd', ip6('20010db8000000000000000000000002')), 1)).toBe(14);
    expect(networkStart(sll2(0, '0800', ip4()), LinkTypes.sll2)).toBe(20);
    expect(networkStart(ethernet(everybody, '0806', arp('0a000001', '0a000002')), 1)).toBe(undefined);
  });
});

describe('meant for many', () => {
  test.each<readonly [about: string, Uint8Array, number, boolean]>([
    ['one host', ethernet(theirs, '0800', ip4()), 1, false],
    ['all, says the link', ethernet(everybody, '0800', ip4('0a0000ff')), 1, true],
    ['the limited broadcast', ethernet(theirs, '0800', ip4('ffffffff')), 1, true],
    ['239.255.255.250', ethernet(theirs, '0800', ip4('effffffa')), 1, true],
    ['224.0.0.1', ethernet(theirs, '0800', ip4('e0000001')), 1, true],
    ['223.255.255.255', ethernet(theirs, '0800', ip4('dfffffff')), 1, false],
    ['240.0.0.1', ethernet(theirs, '0800', ip4('f0000001')), 1, false],
    ['ff02::fb', ethernet(theirs, '86dd', ip6('ff0200000000000000000000000000fb')), 1, true],
    ['cooked: to us', sll(0, '0800', ip4()), LinkTypes.sll, false],
    ['cooked: broadcast', sll(1, '0800', ip4()), LinkTypes.sll, true],
    ['cooked: multicast', sll(2, '0800', ip4()), LinkTypes.sll, true],
    ['cooked: to somebody else', sll(3, '0800', ip4()), LinkTypes.sll, false],
    ['cooked, v2: to us', sll2(0, '0800', ip4()), LinkTypes.sll2, false],
    ['cooked, v2: broadcast', sll2(1, '0800', ip4()), LinkTypes.sll2, true],
    ['cooked, v2: by us', sll2(4, '0800', ip4()), LinkTypes.sll2, false],
    ['ARP asks for one', ethernet(everybody, '0806', arp('0a000001', '0a000002')), 1, false],
    ['ARP that announces', ethernet(everybody, '0806', arp('0a000001', '0a000001')), 1, true],
    ['LLDP', ethernet('0180c200000e', '88cc', '0207'), 1, true],
    ['no IP, one station', ethernet(theirs, '88cc', '0207'), 1, false],
  ])('%s', (_, bytes, linkType, many) => {
    expect(isForMany(bytes, linkType, named(bytes, linkType))).toBe(many);
  });
});

describe('programs on one machine', () => {
  const seen = (from: string, to: string) => {
    const inspector = new CaptureInspector();
    const segment = (ports: string, flags: string) =>
      octets(
        `${theirs} ${ours} 0800 4500 0028 0000 0000 4006 0000 ${ports} 00000001 00000000 50${flags} ffff 0000 0000`,
      );
    const frames = [segment(`${from} ${to} 9c40 0050`, '02'), segment(`${to} ${from} 0050 9c40`, '12')];
    return frames.flatMap((bytes, index) => {
      const frame = inspector.add({
        ...{frameNumber: index + 1, nanoseconds: 0, comments: [], fileOffset: 0, atUs: index, bytes},
        ...{originalLength: bytes.length, linkType: 1, interfaceId: 0},
      });
      return frame && 'connection' in frame ? endsOnOneHost(frame) : [];
    });
  };

  test('are told apart by their ports, either way', () => {
    expect(seen('7f000001', '7f000001')).toEqual([
      {from: '127.0.0.1:40000', to: '127.0.0.1:80', ip: '127.0.0.1'},
      {from: '127.0.0.1:80', to: '127.0.0.1:40000', ip: '127.0.0.1'},
    ]);
    expect(seen('0a000001', '0a000002')).toEqual([undefined, undefined]);
  });
});
