// Oracle: the vectors of RFC 4648 §10, and Node's own.
import {expect, test} from 'vitest';
import {base64Of, paddedBase64} from '../../source/wire/base64.ts';
import {fromBase64url, toBase64url} from '../../source/wire/base64url.ts';

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('%s is %s', (text, padded) => {
  const bare = padded.replaceAll('=', '');
  expect([paddedBase64(bytesOf(text)), base64Of(bytesOf(text))]).toEqual([padded, bare]);
  expect([toBase64url(bytesOf(text)), fromBase64url(bare)]).toEqual([bare, bytesOf(text)]);
});

test('every character of the alphabets (§4, §5)', () => {
  const bytes = Uint8Array.from({length: 255}, (_, at) => (at * 89) % 251);
  const both = [bytes, Uint8Array.of(0xfb, 0xff, 0xbf), Uint8Array.of(0xff, 0xe0), Uint8Array.of(0xff)];
  for (const each of both) {
    const buffer = Buffer.from(each);
    expect(paddedBase64(each)).toBe(buffer.toString('base64'));
    expect(toBase64url(each)).toBe(buffer.toString('base64url'));
    expect(fromBase64url(buffer.toString('base64url'))).toEqual(each);
  }
});

test.each(['A', 'AAAAA', 'AA=', 'AA+A', 'AA/A', 'AA A', 'AAé'])('%s is no base64url', (text) =>
  expect(fromBase64url(text)).toBeUndefined(),
);
