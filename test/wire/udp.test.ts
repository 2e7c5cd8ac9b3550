// Oracle: RFC 768; sums of words by hand.
import {expect, test} from 'vitest';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';
import {ropeFromBytes, ropeToBytes} from '../../source/wire/rope.ts';
import {readUdp, udpLength, writeUdp} from '../../source/wire/udp.ts';

const datagram = (hex: string) => ({srcPort: 0x1000, dstPort: 0x0035, payload: ropeFromBytes(octetsOf(hex))});

const written = (hex: string, pseudo = 0): string => {
  const bytes = new Uint8Array(10 + hex.length / 2);
  writeUdp(bytes, 2, datagram(hex), pseudo);
  return hexOf(bytes);
};

test.each([
  // 1000 + 0035 + 000a + 0102 = 1141
  ['0102', 0, '000010000035000aeebe0102'],
  // An odd octet is the high one: 1000 + 0035 + 0009 + 0100 = 113e
  ['01', 0, '0000100000350009eec101'],
  // 1000 + 0035 + 0008 + efc2 = ffff: a sum of 0 is sent as all ones.
  ['', 0xefc2, '0000100000350008ffff'],
])('%s with a pseudo header of %i', (hex, pseudo, octets) => expect(written(hex, pseudo)).toBe(octets));

test('its length is the header and the payload', () => expect(udpLength(datagram('0102'))).toBe(10));

const read = (hex: string, pseudo: number | undefined = undefined) => {
  const result = readUdp(octetsOf(hex), pseudo);
  return result.ok ? {...result.value, payload: hexOf(ropeToBytes(result.value.payload))} : result.error;
};

test.each([
  ['what fits', '10000035000a00000102', '0102'],
  ['nothing', '1000003500080000', ''],
  ['more behind', '10000035000900000102', '01'],
])('payload: %s', (_, hex, payload) => expect(read(hex)).toEqual({srcPort: 0x1000, dstPort: 0x35, payload}));

test.each([
  ['10000035000800', {code: 'short', protocol: 'udp', needed: 8, found: 7}],
  ['1000003500070000', {code: 'malformed', protocol: 'udp', field: 'udp.length'}],
  ['1000003500090000', {code: 'malformed', protocol: 'udp', field: 'udp.length'}],
])('%s is refused', (hex, error) => expect(read(hex)).toEqual(error));

test('a checksum is judged where a pseudo header is given, and where there is one', () => {
  expect(read('10000035000aeebe0102', 0)).toMatchObject({payload: '0102'});
  expect(read('10000035000aeebf0102', 0)).toEqual({
    ...{code: 'checksum', protocol: 'udp', expected: 0xeebe, found: 0xeebf},
  });
  expect(read('10000035000aeebf0102')).toMatchObject({payload: '0102'});
  expect(read('10000035000a00000102', 0)).toMatchObject({payload: '0102'});
  expect(read('1000003500081234', 0xefc2)).toMatchObject({expected: 0xffff, found: 0x1234});
});
