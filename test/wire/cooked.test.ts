// Oracle: the descriptions of LINKTYPE_LINUX_SLL, LINUX_SLL2, NULL and LOOP at tcpdump.org, octet by octet; Wireshark's names.
import {expect, test} from 'vitest';
import {dissectCookedV1, dissectCookedV2, dissectLoopback} from '../../source/wire/cooked.ts';
import type {Step} from '../../source/wire/dissect-step.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const stretch = (hex: string) => {
  const bytes = octetsOf(hex);
  return {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
};

const rows = ({layers}: Step): readonly string[] =>
  layers.flatMap(({fields}) => fields.map(({name, value, start, end}) => `${name} ${value} ${start}…${end}`));

const v1 = ({length = '0006', address = '0200000000010000', type = '0800'}) =>
  `0004${'0001'}${length}${address}${type}45`;

test('v1: packet type, hardware, address, protocol', () => {
  const step = dissectCookedV1(stretch(v1({})));
  expect(rows(step)).toEqual([
    'sll.pkttype 4 0…2',
    'sll.hatype 1 2…4',
    'sll.halen 6 4…6',
    'sll.src.eth 02:00:00:00:00:01 6…12',
    'sll.unused 0000 12…14',
    'sll.etype 0x0800 14…16',
  ]);
  expect(step.layers).toMatchObject([{protocol: 'sll', start: 0, end: 16}]);
  expect(step.next).toMatchObject({as: 'etherType', etherType: 0x0800, start: 16, end: 17});
});

test('v2: protocol first, the interface, address', () => {
  const step = dissectCookedV2(stretch('86dd000000000003000104060200000000010000' + '60'));
  expect(rows(step)).toEqual([
    'sll.etype 0x86dd 0…2',
    'sll.ifindex 3 4…8',
    'sll.hatype 1 8…10',
    'sll.pkttype 4 10…11',
    'sll.halen 6 11…12',
    'sll.src.eth 02:00:00:00:00:01 12…18',
    'sll.unused 0000 18…20',
  ]);
  expect(step.next).toMatchObject({as: 'etherType', etherType: 0x86dd, start: 20});
});

test.each([
  ['0000', ['sll.unused c000020100000000 6…14']],
  ['0004', ['sll.src.ipv4 192.0.2.1 6…10', 'sll.unused 00000000 10…14']],
  // As tshark has them, too: rows behind a short address, none beyond eight octets.
  ['0002', ['sll.src.other c000 6…8', 'sll.unused 020100000000 8…14']],
  ['0008', ['sll.src.other c000020100000000 6…14']],
  ['0010', ['sll.src.other c000020100000000 6…14']],
])('an address of %s octets', (length, told) => {
  const all = rows(dissectCookedV1(stretch(v1({length, address: 'c000020100000000'}))));
  expect(all.filter((row) => /unused|src/.test(row))).toEqual(told);
});

test.each([
  ['05ff', 'sll.ltype 0x05ff'],
  ['0600', 'sll.etype 0x0600'],
])('below 0x0600 the type is no EtherType: %s', (type, row) =>
  expect(rows(dissectCookedV1(stretch(v1({type}))))).toContain(`${row} 14…16`),
);

test('a header that is cut', () => {
  expect(dissectCookedV1(stretch(v1({}).slice(0, 30)))).toMatchObject({problem: 'sll:short'});
  expect(dissectCookedV1(stretch(v1({}).slice(0, 32))).problem).toBeUndefined();
  expect(dissectLoopback(stretch('020000'))).toMatchObject({problem: 'null:short', layers: [{fields: []}]});
});

test.each([
  ['02000000', '2', 0x0800],
  ['00000002', '2', 0x0800],
  ['0a000000', '10', 0x86dd],
  ['18000000', '24', 0x86dd],
  ['1c000000', '28', 0x86dd],
  ['0000001e', '30', 0x86dd],
])('loopback: %s is family %s', (hex, value, etherType) => {
  const step = dissectLoopback(stretch(hex));
  expect(rows(step)).toEqual([`null.family ${value} 0…4`]);
  expect(step.layers).toMatchObject([{protocol: 'null', start: 0, end: 4}]);
  expect(step.next).toMatchObject({as: 'etherType', etherType, start: 4});
});

test.each([
  // Small as it stands, or else small the other way round.
  ['00000007', '7'],
  ['07000000', '7'],
  ['0000ffff', '65535'],
  ['00010000', '256'],
  ['010203f4', '4093837825'],
])('loopback: of the family in %s, %s, nothing is known', (hex, value) => {
  const step = dissectLoopback(stretch(hex));
  expect(rows(step)).toEqual([`null.family ${value} 0…4`]);
  expect(step.next).toMatchObject({as: 'data', start: 4});
});
