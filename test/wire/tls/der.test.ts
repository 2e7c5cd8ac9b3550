// Elements of DER by hand. Oracle: X.690 §8.1.2 (identifier), §8.1.3 and §10.1 (lengths), §8.19 (object identifiers).
import {describe, expect, test} from 'vitest';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {contentOf, elements, identifierText, inside, nextTag, Tag} from '../../../source/wire/tls/der.ts';
import {readerOf} from '../../../source/wire/tls/presentation.ts';

const content = (hex: string, tag?: number) => {
  const from = readerOf(octetsOf(hex));
  const {bytes, start, end} = contentOf(from, tag);
  return from.error ? `${from.error.code} at ${from.error.at}` : `${hexOf(bytes)} ${start}…${end}`;
};

test.each([
  ['0500', Tag.null, ' 2…2'],
  ['0401aa', Tag.octetString, 'aa 2…3'],
  ['0401aabb', undefined, 'aa 2…3'],
  [`04 81 80 ${'11'.repeat(128)}`, Tag.octetString, `${'11'.repeat(128)} 3…131`],
  [`04 82 0100 ${'11'.repeat(256)}`, Tag.octetString, `${'11'.repeat(256)} 4…260`],
  // In more octets than needed, none, or more than any certificate needs.
  [`04 81 7f ${'11'.repeat(127)}`, undefined, 'der-length at 1'],
  [`04 82 00ff ${'11'.repeat(255)}`, undefined, 'der-length at 1'],
  [`04 83 00ffff`, undefined, 'der-length at 1'],
  ['0480', undefined, 'der-length at 1'],
  ['048400000001aa', undefined, 'der-length at 1'],
  ['048401000000aa', undefined, 'der-length at 1'],
  ['0401aa', Tag.integer, 'der-tag at 0'],
  ['0402aa', undefined, 'short at 1'],
  ['04', undefined, 'short at 0'],
  ['', undefined, 'short at 0'],
])('%s', (hex, tag, told) => expect(content(hex.replaceAll(' ', ''), tag)).toBe(told));

test('lengths of three octets', () => {
  const bytes = new Uint8Array(5 + 0x01_0000);
  bytes.set(octetsOf('0483010000'));
  const from = readerOf(bytes);
  expect([contentOf(from).start, from.at, from.error]).toEqual([5, bytes.length, undefined]);
});

describe('inside an element', () => {
  const read = (hex: string, octets: number) => {
    const from = readerOf(octetsOf(hex));
    const value = inside(from, Tag.sequence, () =>
      elements(from, () => hexOf(contentOf(from).bytes)).slice(0, octets),
    );
    return from.error ? `${from.error.code} at ${from.error.at}` : [value, from.at, from.end];
  };

  test('all of it is used, and what is behind it left', () => {
    expect(read('3005' + '0101ff' + '0500' + 'eeee', 9)).toEqual([['ff', ''], 7, 9]);
    expect(read('3000', 9)).toEqual([[], 2, 2]);
    expect(read('3003' + '0102ff', 9)).toBe('short at 3');
    expect(read('3103' + '0101ff', 9)).toBe('der-tag at 0');
  });

  test('what is left over is an error', () => {
    const from = readerOf(octetsOf('3003' + '0101ff'));
    expect(inside(from, Tag.sequence, () => 7)).toBe(7);
    expect(from.error).toMatchObject({code: 'trailing', at: 2});
    expect(from.end).toBe(5);
  });

  test('the next identifier: none at the end, none after an error', () => {
    const from = readerOf(octetsOf('3000'));
    expect(nextTag(from)).toBe(0x30);
    contentOf(from);
    expect(nextTag(from)).toBeUndefined();
    const wrong = readerOf(octetsOf('30000500'));
    contentOf(wrong, Tag.null);
    expect(nextTag(wrong)).toBeUndefined();
    expect(elements(wrong, () => 1)).toEqual([]);
  });
});

test.each([
  ['00', '0.0'],
  ['27', '0.39'],
  ['28', '1.0'],
  ['4f', '1.39'],
  ['50', '2.0'],
  ['8837', '2.999'],
  ['550403', '2.5.4.3'],
  ['2a8648ce3d0201', '1.2.840.10045.2.1'],
  ['2a8180', undefined],
  ['2a81', undefined],
  ['2a80', undefined],
  ['', undefined],
  [`2a${'01'.repeat(63)}`, `1.2${'.1'.repeat(63)}`],
  [`2a${'01'.repeat(64)}`, undefined],
])('identifier %s: %s', (hex, text) => expect(identifierText(octetsOf(hex))).toBe(text));
