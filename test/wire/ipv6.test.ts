// Oracle: RFC 8200 §4 (lengths in 8 octets behind the first), §4.5 (fragments), RFC 4302 §2.2 (AH counts in 4 octets, minus 2).
import {expect, test} from 'vitest';
import {ipv6Addresses, walkExtensions} from '../../source/wire/ipv6.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const walk = (first: number, hex: string, start = 0, end = hex.length / 2) =>
  walkExtensions(octetsOf(hex), first, start, end);

const [hopByHop, routing, fragment, authentication, destination, tcp] = [0, 43, 44, 51, 60, 6] as const;

test('no extension header: the transport begins where the header ends', () =>
  expect(walk(tcp, 'aabb', 1)).toEqual({
    ...{spans: [], protocol: tcp, start: 1, fragmented: false, fragmentOffset: 0, whole: true},
  }));

test.each([
  [hopByHop, `0600${'00'.repeat(6)}`, 8],
  [hopByHop, `0601${'00'.repeat(14)}`, 16],
  [routing, `0602${'00'.repeat(22)}`, 24],
  [destination, `0600${'00'.repeat(6)}`, 8],
  // The length of a fragment header is reserved.
  [fragment, `0609${'00'.repeat(6)}`, 8],
  [authentication, `0604${'00'.repeat(22)}`, 24],
  [authentication, `0601${'00'.repeat(10)}`, 12],
])('header %i, %s: %i octets', (type, hex, size) => {
  expect(walk(type, hex)).toMatchObject({
    ...{spans: [{type, start: 0, end: size}], protocol: tcp, start: size, whole: true},
  });
  expect(walk(type, hex, 0, size - 1)).toMatchObject({spans: [], protocol: type, start: 0, whole: false});
});

test('one names the next', () => {
  const hex = `3c00${'00'.repeat(6)}2b00${'00'.repeat(6)}0600${'00'.repeat(6)}`;
  expect(walk(hopByHop, hex)).toMatchObject({
    ...{protocol: tcp, start: 24, whole: true},
    spans: [
      {type: hopByHop, start: 0, end: 8},
      {type: destination, start: 8, end: 16},
      {type: routing, start: 16, end: 24},
    ],
  });
  expect(walk(hopByHop, hex.slice(0, -2))).toMatchObject({protocol: routing, start: 16, whole: false});
});

test.each([
  ['the first of several', '0001', true, 0],
  ['one in the middle', '0029', true, 40],
  ['the last', '0028', true, 40],
  ['an atomic one (RFC 6946)', '0000', false, 0],
  ['reserved bits', '0006', false, 0],
  ['end of the longest', 'fff8', true, 65_528],
])('fragments: %s', (_, word, fragmented, fragmentOffset) =>
  expect(walk(fragment, `0600${word}00000001`)).toMatchObject({fragmented, fragmentOffset, start: 8}),
);

test('behind the first fragment no headers are looked for', () => {
  const hex = `3c000028000000010600${'00'.repeat(6)}`;
  expect(walk(fragment, hex)).toMatchObject({protocol: destination, start: 8, whole: true});
  expect(walk(fragment, hex.replace('0028', '0001'))).toMatchObject({
    protocol: tcp,
    start: 16,
    fragmented: true,
  });
});

test('addresses stand behind eight octets, sixteen each', () =>
  expect(ipv6Addresses(14)).toEqual({start: 22, end: 54}));
