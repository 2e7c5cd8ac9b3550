// Oracles: RFC 2784 §2, RFC 2890 §2 (GRE), RFC 7348 §5 (VXLAN), RFC 2003 (IP in IP), octet by octet; names of rows are Wireshark's.
import {describe, expect, test} from 'vitest';
import type {Step} from '../../source/wire/dissect-step.ts';
import {dissectGre, dissectVxlan} from '../../source/wire/dissect-tunnel.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {greHeader, innerIn, innermost, isVxlan} from '../../source/wire/tunnel.ts';

const gre = (hex: string, at = 0) => greHeader(octetsOf(hex), at);
const [raw, ethernet] = [101, 1];

test.each([
  ['00000800', [undefined, undefined, undefined, 0x0800, 4]],
  ['800086dd' + '00000000', [4, undefined, undefined, 0x86dd, 8]],
  ['20000800' + '00000007', [undefined, 4, undefined, 0x0800, 8]],
  ['10000800' + '00000001', [undefined, undefined, 4, 0x0800, 8]],
  ['b0006558' + '0000000000000007' + '00000001', [4, 8, 12, 0x6558, 16]],
  ['30000800' + '0000000700000001' + 'aa', [undefined, 4, 8, 0x0800, 12]],
])('GRE %s', (hex, [checksumAt, keyAt, sequenceAt, protocol, end]) =>
  expect(gre(hex)).toEqual({checksumAt, keyAt, sequenceAt, protocol, end}),
);

test.each([
  ['three octets', '000008'],
  ['another version', '00010800'],
  ['routing', '40000800'],
  ['a strict source route', '08000800'],
  ['recursion', '01000800'],
  ['a key that is cut', '20000800' + '000000'],
])('no GRE: %s', (_, hex) => expect(gre(hex)).toBeUndefined());

test('where it stands counts', () =>
  expect(gre('ffff' + '20000800' + '00000007', 2)).toMatchObject({keyAt: 6, end: 10}));

test('VXLAN: its ports, its one flag, eight octets', () => {
  const at = (hex: string, port: number, from = 0) => isVxlan(octetsOf(hex), from, [50_000, port]);
  const header = '0800000000007b00';
  expect([at(header, 4789), at(header, 8472), at(header, 4790)]).toEqual([true, true, false]);
  expect([at(header.slice(2), 4789), at(`00${header}`, 4789, 1), at(`00${header}`, 4789)]).toEqual([
    ...[false, true, false],
  ]);
  expect(at('0c00000000007b00', 4789)).toBe(false);
});

describe('what an IP packet carries', () => {
  const inner = (protocol: number, hex: string, at = 0) => innerIn(protocol, octetsOf(hex), at);

  test('IP in IP', () => {
    expect(inner(4, '', 20)).toEqual({name: 'IP-in-IP', at: 20, linkType: raw});
    expect(inner(41, '', 20)).toEqual({name: 'IPv6-in-IP', at: 20, linkType: raw});
    expect(inner(6, '00000000')).toBeUndefined();
  });

  test('GRE by its protocol', () => {
    expect(inner(47, '00000800')).toEqual({name: 'GRE', at: 4, linkType: raw});
    expect(inner(47, '000086dd')).toEqual({name: 'GRE', at: 4, linkType: raw});
    expect(inner(47, '2000655800000001')).toEqual({name: 'GRE', at: 8, linkType: ethernet});
    expect(inner(47, '0000880b')).toBeUndefined();
    expect(inner(47, '00010800')).toBeUndefined();
  });

  test('VXLAN behind UDP, by the port it goes to', () => {
    const udp = (to: string) => `1234${to}001800000800000000007b00`;
    expect(inner(17, udp('12b5'))).toEqual({name: 'VXLAN', at: 16, linkType: ethernet});
    expect(inner(17, udp('12b4'))).toBeUndefined();
    expect(inner(17, '12b512b4001800000800000000007b00')).toBeUndefined();
    expect(inner(17, '123412b5001800')).toBeUndefined();
    // A DNS response goes to a client's port, and its id begins with the same octet as a tunnel's header.
    expect(inner(17, '003512b5001800000800000000007b00')).toBeUndefined();
    expect(inner(17, '123412b500180000')).toBeUndefined();
  });
});

/** An IPv4 header without options around `hex`. */
const ip = (protocol: string, hex: string, fragment = '0000'): string => {
  const length = (20 + hex.length / 2).toString(16).padStart(4, '0');
  return `4500${length}0000${fragment}40${protocol}0000c0000201c0000202${hex}`;
};

describe('inside all tunnels', () => {
  const innermostOf = (hex: string, originalLength = hex.length / 2) => {
    const found = innermost({bytes: octetsOf(hex), linkType: raw, originalLength});
    return [Buffer.from(found.bytes).toString('hex'), found.linkType, found.originalLength];
  };
  const datagram = ip('11', '0001000200080000');

  test('none, one, two', () => {
    expect(innermostOf(datagram)).toEqual([datagram, raw, 28]);
    expect(innermostOf(ip('04', datagram))).toEqual([datagram, raw, 28]);
    expect(innermostOf(ip('2f', `00000800${ip('04', datagram)}`))).toEqual([datagram, raw, 28]);
  });

  test('four are followed, no more', () => {
    const deep = (levels: number): string => (levels === 0 ? datagram : ip('04', deep(levels - 1)));
    expect(innermostOf(deep(4))[0]).toBe(datagram);
    expect(innermostOf(deep(5))[0]).toBe(ip('04', datagram));
  });

  test('of a fragment nothing; of a cut frame what is there, as long as it was', () => {
    const part = ip('04', datagram, '2000');
    expect(innermostOf(part)[0]).toBe(part);
    const cut = ip('04', datagram).slice(0, -4);
    expect(innermostOf(cut, 48)).toEqual([datagram.slice(0, -4), raw, 28]);
    // What stands behind the packet is no part of it.
    expect(innermostOf(`${ip('04', datagram)}eeee`)[0]).toBe(datagram);
  });
});

const stretch = (hex: string) => {
  const bytes = octetsOf(hex);
  return {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
};
const rows = ({layers}: Step): readonly string[] =>
  layers.flatMap(({fields}) => fields.map(({name, value, start, end}) => `${name} ${value} ${start}…${end}`));

test('rows of GRE; a flag stands in the octet that has its bit', () => {
  const step = dissectGre(stretch('b0006558' + 'abcd0000' + '00000007' + '00000001' + 'ee'));
  expect(rows(step)).toEqual([
    'gre.flags_and_version 0xb000 0…2',
    ...['checksum 1', 'key 1', 'sequence_number 1'].map((row) => `gre.flags.${row} 0…1`),
    ...['gre.flags.version 0 1…2', 'gre.proto 0x6558 2…4', 'gre.checksum 0xabcd 4…6', 'gre.offset 0 6…8'],
    ...['gre.key 0x00000007 8…12', 'gre.sequence_number 1 12…16'],
  ]);
  expect(step.layers).toMatchObject([{protocol: 'gre', start: 0, end: 16}]);
  expect(step.next).toMatchObject({as: 'ethernet', start: 16, end: 17});
  expect(dissectGre(stretch('00000800')).next).toMatchObject({as: 'etherType', etherType: 0x0800, start: 4});
  expect(rows(dissectGre(stretch('00000800')))).toHaveLength(6);
  expect(dissectGre(stretch('20000800'))).toMatchObject({problem: 'gre:short'});
});

test('rows of VXLAN', () => {
  const step = dissectVxlan(stretch('08000001' + '00007b09' + 'ee'));
  expect(rows(step)).toEqual([
    ...['vxlan.flags 0x0800 0…2', 'vxlan.flag_i 1 0…1', 'vxlan.gbp 1 2…4', 'vxlan.vni 123 4…7'],
    'vxlan.reserved8 9 7…8',
  ]);
  expect(step.next).toMatchObject({as: 'ethernet', start: 8, end: 9});
  expect(step.layers).toMatchObject([{protocol: 'vxlan', start: 0, end: 8}]);
});
