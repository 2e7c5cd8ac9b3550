// RFC 9204 appendix B, from field lines to the tables that they leave; and that nothing makes the decoder throw.
import {expect, it} from 'vitest';
import {QpackDecoder} from '../../../source/wire/http3/qpack.ts';
import {staticTable} from '../../../source/wire/http3/static-table.ts';
import {octetsOf} from '../../../source/wire/octets.ts';

const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

it('reads the examples of appendix B one behind the other', () => {
  const qpack = new QpackDecoder();
  qpack.maxCapacity = 220;
  // B.1: a literal with a name of the static table.
  expect(qpack.decode(octets('0000 510b 2f69 6e64 6578 2e68 746d 6c'))).toEqual([
    {name: ':path', value: '/index.html'},
  ]);
  // B.2: the section overtakes what it refers to.
  const section = octets('0381 10 11');
  expect(qpack.decode(section)).toBe('blocked');
  const inserts = octets(
    '3fbd01 c00f 7777 772e 6578 616d 706c 652e 636f 6d c10c 2f73 616d 706c 652f 7061 7468',
  );
  for (const octet of inserts) qpack.takeInstructions(Uint8Array.of(octet));
  expect(qpack.tableSize).toBe(106);
  expect(qpack.decode(section)).toEqual([
    {name: ':authority', value: 'www.example.com'},
    {name: ':path', value: '/sample/path'},
  ]);
  // B.3
  qpack.takeInstructions(octets('4a63 7573 746f 6d2d 6b65 790c 6375 7374 6f6d 2d76 616c 7565'));
  expect(qpack.tableSize).toBe(160);
  expect(qpack.table.at(-1)).toEqual({name: 'custom-key', value: 'custom-value'});
  // B.4
  qpack.takeInstructions(octets('02'));
  expect(qpack.tableSize).toBe(217);
  expect(qpack.decode(octets('0500 80 c1 81'))).toEqual([
    {name: ':authority', value: 'www.example.com'},
    {name: ':path', value: '/'},
    {name: 'custom-key', value: 'custom-value'},
  ]);
  // B.5: the oldest has to go.
  qpack.takeInstructions(octets('810d 6375 7374 6f6d 2d76 616c 7565 32'));
  expect(qpack.tableSize).toBe(215);
  expect(qpack.inserted).toBe(5);
  expect(qpack.table).toEqual([
    {name: ':path', value: '/sample/path'},
    {name: 'custom-key', value: 'custom-value'},
    {name: ':authority', value: 'www.example.com'},
    {name: 'custom-key', value: 'custom-value2'},
  ]);
});

it('has the 99 fields of appendix A', () => {
  expect(staticTable).toHaveLength(99);
  expect([0, 17, 25, 52, 62, 71, 85, 98].map((index) => staticTable[index])).toEqual([
    {name: ':authority', value: ''},
    {name: ':method', value: 'GET'},
    {name: ':status', value: '200'},
    {name: 'content-type', value: 'text/html; charset=utf-8'},
    {name: 'x-xss-protection', value: '1; mode=block'},
    {name: ':status', value: '500'},
    {
      name: 'content-security-policy',
      value: "script-src 'none'; object-src 'none'; base-uri 'none'",
    },
    {name: 'x-frame-options', value: 'sameorigin'},
  ]);
});

it('refuses what refers to nothing', () => {
  const qpack = new QpackDecoder();
  for (const wrong of ['0200 80', '0000 80', '0000 ff40', '0000 10', '0000 5f', '00'])
    expect(qpack.decode(octets(wrong)), wrong).toBe('wrong');
});
