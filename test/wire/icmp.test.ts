// Oracle: RFC 792 (Echo), RFC 4443 §2.3 (the checksum has a pseudo header); sums of words by hand.
import {expect, test} from 'vitest';
import {readIcmp, writeIcmp} from '../../source/wire/icmp.ts';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';
import {ropeFromBytes, ropeToBytes} from '../../source/wire/rope.ts';

test.each([
  // 0803 + 1234 + 0001 + 6162 = 7b9a
  [0, '000008038465123400016162'],
  // … + 1000 = 8b9a
  [0x1000, '000008037465123400016162'],
])('written behind a pseudo header of %i', (pseudo, octets) => {
  const bytes = new Uint8Array(12);
  const payload = ropeFromBytes(octetsOf('6162'));
  writeIcmp(bytes, 2, {type: 8, code: 3, rest: 0x1234_0001, payload}, pseudo);
  expect(hexOf(bytes)).toBe(octets);
});

const read = (hex: string, pseudo: number | undefined, protocol: 'icmp' | 'icmpv6' = 'icmp') => {
  const result = readIcmp(octetsOf(hex), protocol, pseudo);
  return result.ok ? {...result.value, payload: hexOf(ropeToBytes(result.value.payload))} : result.error;
};

test('read, and judged where a pseudo header is given', () => {
  const message = {type: 8, code: 3, rest: 0x1234_0001, payload: '6162'};
  expect(read('08038465123400016162', 0)).toEqual(message);
  expect(read('08037465123400016162', 0x1000, 'icmpv6')).toEqual(message);
  expect(read('08030000123400016162', undefined)).toEqual(message);
  expect(read('08038466123400016162', 0)).toEqual({
    ...{code: 'checksum', protocol: 'icmp', expected: 0x8465, found: 0x8466},
  });
  expect(read('08030000123400016162', 0x1000, 'icmpv6')).toMatchObject({
    protocol: 'icmpv6',
    expected: 0x7465,
  });
});

test('eight octets are the least', () => {
  expect(read('08000000000000', undefined)).toEqual({code: 'short', protocol: 'icmp', needed: 8, found: 7});
  expect(read('0800000000000000', undefined)).toMatchObject({payload: ''});
});
