// Where a routed packet ends. Oracle: the figures of RFC 5095 (RFC 2460 §4.4), RFC 6275 §6.4.1 and RFC 8754 §2, by their octets.
import {expect, test} from 'vitest';
import {finalDestinationAt, finalDestinationIn} from '../../source/wire/routing-header.ts';

const before = 40;

/** Next header, length, type, segments left, four octets, then `addresses` of 16 octets each; behind an IPv6 header. */
const header = (type: number, left: number, addresses: number): Uint8Array => {
  const bytes = new Uint8Array(before + 8 + 16 * addresses);
  bytes.set([6, 2 * addresses, type, left], before);
  return bytes;
};

const found = (type: number, left: number, addresses: number): number | undefined => {
  const bytes = header(type, left, addresses);
  return finalDestinationAt(bytes, before, bytes.length);
};

test.each([
  ['source routing', 0, 2, 3, before + 8 + 32],
  ['home address', 2, 1, 1, before + 8],
  ['segments, last first', 4, 2, 3, before + 8],
  ['no stop is left', 0, 0, 3, undefined],
  ['no stop is left', 2, 0, 1, undefined],
  ['no stop is left', 4, 0, 3, undefined],
  ['no room', 0, 1, 0, undefined],
  ['no room', 4, 1, 0, undefined],
  ['an unread kind', 3, 1, 1, undefined],
  ['an unread kind', 253, 1, 1, undefined],
] as const)('%s, type %i', (_, type, left, addresses, place) => {
  expect(found(type, left, addresses)).toBe(place);
});

test('a header that is cut off names nobody', () => {
  const bytes = header(2, 1, 1);
  expect(finalDestinationAt(bytes.subarray(0, -1), before, bytes.length)).toBeUndefined();
});

test('among extension headers it is number 43', () => {
  const bytes = header(2, 1, 1);
  const routing = {type: 43, start: before, end: bytes.length};
  expect(finalDestinationIn(bytes, [{type: 60, start: 0, end: 8}, routing])).toBe(before + 8);
  expect(finalDestinationIn(bytes, [{...routing, type: 60}])).toBeUndefined();
  // Each should occur once (RFC 8200 §4.1); of two the first is what the next node goes by.
  expect(finalDestinationIn(bytes, [routing, {type: 43, start: 0, end: 8}])).toBe(before + 8);
});
