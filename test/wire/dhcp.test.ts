// Options of DHCP by hand. Oracle: RFC 2131 §2 (where the fields lie), RFC 2132 §3 and §9 (codes and lengths).
import {expect, test} from 'vitest';
import {leasedIn, readDhcp} from '../../source/wire/dhcp.ts';

const fixedBytes = 236;
const cookie = [99, 130, 83, 99];

const message = (...options: readonly (readonly [code: number, ...value: number[]])[]) => {
  const bytes = new Uint8Array(fixedBytes);
  bytes.set([192, 0, 2, 7], 16);
  const told = options.flatMap(([code, ...value]) => [code, value.length, ...value]);
  return readDhcp(Uint8Array.from([...bytes, ...cookie, ...told, 255]));
};

const offer = [53, 2] as const;

test('an address has four octets; of several the first one is told, a shorter one is none', () => {
  expect(message(offer, [54, 192, 0, 2, 1])?.serverIdentifier).toBe('192.0.2.1');
  expect(message(offer, [54, 192, 0, 2])?.serverIdentifier).toBeUndefined();
  expect(message(offer, [6, 192, 0, 2, 53, 198, 51, 100, 53])?.nameServer).toBe('192.0.2.53');
  expect(message(offer, [1, 255, 255, 255, 0], [3, 192, 0, 2, 1])).toMatchObject({
    ...{mask: '255.255.255.0', router: '192.0.2.1'},
  });
});

test('a lease is a number of four octets, a name ends before zeros', () => {
  expect(message(offer, [51, 0, 0, 14, 16])?.leaseSeconds).toBe(3600);
  expect(message(offer, [51, 0, 14, 16])?.leaseSeconds).toBeUndefined();
  expect(message(offer, [12, 112, 99, 0, 0])?.hostName).toBe('pc');
});

test('the address that it is about: given, else asked for, else the client’s own', () => {
  const given = message(offer, [50, 192, 0, 2, 8]);
  expect(given && leasedIn(given)).toBe('192.0.2.7');
  expect(given && leasedIn({...given, yourAddress: '0.0.0.0'})).toBe('192.0.2.8');
  const own = {clientAddress: '192.0.2.9', yourAddress: '0.0.0.0', requestedAddress: '0.0.0.0'};
  expect(given && leasedIn({...given, ...own})).toBe('192.0.2.9');
});

test('without the cookie or a type it is BOOTP', () => {
  expect(message([12, 112, 99])).toBeUndefined();
  expect(readDhcp(new Uint8Array(300))).toBeUndefined();
  const whole = Uint8Array.from([...new Uint8Array(fixedBytes), ...cookie, 53, 1, 2, 255]);
  expect(readDhcp(whole)?.type).toBe('Offer');
  for (let length = 0; length < fixedBytes + 4; length += 1)
    expect(readDhcp(whole.subarray(0, length))).toBeUndefined();
  for (const at of cookie.keys())
    expect(readDhcp(whole.with(fixedBytes + at, 0)), `octet ${at} of the cookie`).toBeUndefined();
});
