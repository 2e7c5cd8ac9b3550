// Oracle: TextEncoder and TextDecoder of the platform.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeUtf8, encodeUtf8} from '../../source/wire/utf8.ts';
import {codePoint} from '../helpers/any-text.ts';
import {runs} from '../helpers/seeds.ts';

const theirs = new TextDecoder('utf-8', {ignoreBOM: true});

test('any text is encoded as the platform encodes it, lone surrogates too', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({unit: codePoint}), fc.string({unit: 'grapheme'})), (text) => {
      expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
    }),
    {numRuns: runs(500)},
  );
  expect([...encodeUtf8('a\ud800b\udc00')]).toEqual([...new TextEncoder().encode('a\ud800b\udc00')]);
});

test('any bytes are decoded as the platform decodes them', () => {
  const edges = fc.constantFrom(
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc1,
    0xc2,
    0xe0,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0xf5,
  );
  const bytes = fc.array(fc.oneof(edges, fc.nat(255)), {maxLength: 12}).map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(bytes, (one) => {
      expect(decodeUtf8(one)).toBe(theirs.decode(one));
    }),
    {numRuns: runs(5000)},
  );
});
