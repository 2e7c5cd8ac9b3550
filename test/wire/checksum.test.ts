// Oracles: the example of RFC 1071 §3, and one's complement addition in big integers.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checksumAdd, checksumFinish, internetChecksum, pseudoHeaderSum} from '../../source/wire/checksum.ts';
import {runs} from '../helpers/seeds.ts';

const example = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);

/** RFC 1071 §4.1 in big integers: add words, fold carries, complement. */
const reference = (bytes: Uint8Array): number => {
  let sum = 0n;
  for (let i = 0; i < bytes.length; i += 2) sum += BigInt((bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0));
  while (sum >> 16n) sum = (sum & 0xffffn) + (sum >> 16n);
  return Number(~sum & 0xffffn);
};

test('RFC 1071 §3: the sum is ddf2', () => {
  expect(checksumAdd(0, example, 0, 8)).toBe(0x2ddf0);
  expect(internetChecksum(example)).toBe(0xffff - 0xddf2);
});

test('any bytes, odd lengths too', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), (bytes) => {
      expect(internetChecksum(bytes)).toBe(reference(bytes));
    }),
    {numRuns: runs(500)},
  );
});

test('pieces of even length add up to the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), fc.nat(100), (bytes, half) => {
      const cut = Math.min(2 * half, bytes.length & ~1);
      const first = checksumAdd(0, bytes, 0, cut);
      expect(checksumFinish(checksumAdd(first, bytes, cut, bytes.length))).toBe(internetChecksum(bytes));
    }),
    {numRuns: runs(300)},
  );
});

test('a megabyte of ones does not overflow', () => {
  expect(internetChecksum(new Uint8Array(1 << 20).fill(0xff))).toBe(0);
});

test('the pseudo header has addresses, protocol and length', () => {
  const addresses = Uint8Array.of(192, 0, 2, 1, 192, 0, 2, 2);
  const written = Uint8Array.of(...addresses, 0, 6, 1, 44);
  const sum = pseudoHeaderSum(addresses, {start: 0, end: 8}, {protocol: 6, length: 300});
  expect(checksumFinish(sum)).toBe(internetChecksum(written));
});
