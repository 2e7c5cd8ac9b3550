// Oracles: RFC 1035 §2.3.4 and §5.1 (sizes, escapes), RFC 4343 §2.1 and §3 (escapes, case), counting by hand.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  isAtOrBelow,
  labelsOf,
  labelText,
  nameKey,
  nameOctets,
  parentName,
  parseName,
  rootName,
  sameName,
} from '../../../source/wire/dns/name.ts';
import {names} from './arbitrary.ts';

const value = (text: string): string => {
  const parsed = parseName(text);
  return parsed.ok ? parsed.value : `error: ${parsed.error}`;
};

const label63 = 'a'.repeat(63);
/** 64 + 64 + 64 + 62 + 1 = 255 octets. */
const longest = `${label63}.${label63}.${label63}.${'b'.repeat(61)}.`;

test.each([
  ['.', '.'],
  ['www.xyz.com', 'www.xyz.com.'],
  ['www.xyz.com.', 'www.xyz.com.'],
  ['WwW.com', 'WwW.com.'],
  // RFC 4343 §2.1: the same label in its several escaped forms.
  ['Donald\\032E\\.\\032Eastlake\\0323rd.example', 'Donald\\032E\\.\\032Eastlake\\0323rd.example.'],
  ['a\\000\\\\\\255z.xxx.example.', 'a\\000\\\\\\255z.xxx.example.'],
  ['\\065.b', 'A.b.'],
  ['a b', 'a\\032b.'],
  ['a\\..b', 'a\\..b.'],
  ['a\\.', 'a\\..'],
  [label63, `${label63}.`],
  [longest, longest],
  ['', 'error: empty'],
  ['a..b', 'error: empty'],
  ['.a', 'error: empty'],
  ['..', 'error: empty'],
  [`${label63}a`, 'error: label'],
  [`${longest.slice(0, -1)}b.`, 'error: name'],
  ['a\\', 'error: escape'],
  ['a\\25', 'error: escape'],
  ['a\\256', 'error: escape'],
  ['bücher.de', 'error: escape'],
])('parseName(%j)', (text, expected) => {
  expect(value(text)).toBe(expected);
});

test('octets of a name: one for each label’s length, one for the root', () => {
  expect(nameOctets(rootName)).toBe(1);
  expect(nameOctets('f.isi.arpa.')).toBe(12);
  expect(nameOctets('a\\.b\\255.')).toBe(6);
  expect(nameOctets(longest)).toBe(255);
});

test('octets that nobody can read are written by their number, dot and backslash behind one (RFC 1035 §5.1)', () => {
  expect(labelText([0x20, 0x21, 0x2e, 0x5c, 0x7e, 0x7f, 0x80])).toBe('\\032!\\.\\\\~\\127\\128');
});

test('labels, parents, and what lies below what', () => {
  expect(labelsOf('a\\.b.c.')).toEqual(['a\\.b', 'c']);
  expect(parentName('a\\.b.c.')).toBe('c.');
  expect(parentName('c.')).toBe(rootName);
  expect(parentName(rootName)).toBeUndefined();
  expect(isAtOrBelow('y.ABC.com.', 'abc.COM.')).toBe(true);
  expect(isAtOrBelow('abc.com.', 'abc.com.')).toBe(true);
  expect(isAtOrBelow('abc.com.', rootName)).toBe(true);
  expect(isAtOrBelow('com.', 'abc.com.')).toBe(false);
  expect(isAtOrBelow('xabc.com.', 'abc.com.')).toBe(false);
});

describe('case (RFC 4343 §3)', () => {
  test('A to Z and no other octet', () => {
    expect(sameName('XN--Bcher-KVA.DE.', 'xn--bcher-kva.de.')).toBe(true);
    expect(sameName('a\\195\\132.', 'a\\195\\164.')).toBe(false);
    expect(nameKey('@[`{.')).toBe('@[`{.');
  });
});

test('a name is its own text, with or without the dot', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(parseName(name)).toEqual({ok: true, value: name});
      if (name !== rootName) expect(parseName(name.slice(0, -1))).toEqual({ok: true, value: name});
    }),
  );
});
