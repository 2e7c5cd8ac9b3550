// RFC 7541 appendix B. The code is canonical: the first and the last of each length pin all between; and it is complete (§5.2).
import {describe, expect, test} from 'vitest';
import {decodeHuffman} from '../../../source/wire/http2/huffman.ts';

/** Codes one behind the other, filled up with ones. */
const packed = (codes: readonly (readonly [code: number, bits: number])[]): Uint8Array => {
  const text = codes.map(([code, bits]) => code.toString(2).padStart(bits, '0')).join('');
  const whole = text.padEnd(Math.ceil(text.length / 8) * 8, '1');
  return Uint8Array.from(whole.match(/.{8}/g) ?? [], (octet) => Number.parseInt(octet, 2));
};

const read = (...codes: readonly (readonly [code: number, bits: number])[]): string | undefined => {
  const bytes = packed(codes);
  return decodeHuffman(bytes, 0, bytes.length);
};

describe('appendix B', () => {
  test.each([
    ...[
      [0x30, 0x0, 5],
      [0x74, 0x9, 5],
      [0x20, 0x14, 6],
      [0x75, 0x2d, 6],
      [0x3a, 0x5c, 7],
      [0x7a, 0x7b, 7],
    ],
    ...[
      [0x26, 0xf8, 8],
      [0x5a, 0xfd, 8],
      [0x21, 0x3f8, 10],
      [0x3f, 0x3fc, 10],
      [0x27, 0x7fa, 11],
    ],
    ...[
      [0x7c, 0x7fc, 11],
      [0x23, 0xffa, 12],
      [0x3e, 0xffb, 12],
      [0, 0x1ff8, 13],
      [0x7e, 0x1ffd, 13],
    ],
    ...[
      [0x5e, 0x3ffc, 14],
      [0x7d, 0x3ffd, 14],
      [0x3c, 0x7ffc, 15],
      [0x7b, 0x7ffe, 15],
      [0x5c, 0x7fff0, 19],
    ],
    ...[
      [208, 0x7fff2, 19],
      [128, 0xfffe6, 20],
      [226, 0xfffed, 20],
      [153, 0x1fffdc, 21],
      [230, 0x1fffe8, 21],
    ],
    ...[
      [129, 0x3fffd2, 22],
      [233, 0x3fffeb, 22],
      [1, 0x7fffd8, 23],
      [239, 0x7ffff4, 23],
      [9, 0xffffea, 24],
    ],
    ...[
      [237, 0xfffff5, 24],
      [199, 0x1ffffec, 25],
      [235, 0x1ffffef, 25],
      [192, 0x3ffffe0, 26],
    ],
    ...[
      [255, 0x3ffffee, 26],
      [203, 0x7ffffde, 27],
      [254, 0x7fffff0, 27],
      [2, 0xfffffe2, 28],
    ],
    ...[
      [249, 0xffffffe, 28],
      [10, 0x3ffffffc, 30],
      [13, 0x3ffffffd, 30],
      [22, 0x3ffffffe, 30],
    ],
  ] as const)('symbol %i', (symbol, code, bits) => {
    expect(read([code, bits], [0x0, 5])).toBe(`${String.fromCharCode(symbol)}0`);
  });
});

test('EOS is no symbol, and padding is less than eight ones', () => {
  expect(read([0x3fffffff, 30])).toBeUndefined();
  expect(decodeHuffman(Uint8Array.of(0xff), 0, 1)).toBeUndefined();
  expect(decodeHuffman(Uint8Array.of(0b0000_0111), 0, 1)).toBe('0');
  expect(decodeHuffman(Uint8Array.of(0b0000_0011), 0, 1)).toBeUndefined();
  expect(decodeHuffman(Uint8Array.of(0xff, 0b0000_0111, 0xff), 1, 2)).toBe('0');
  expect(decodeHuffman(new Uint8Array(5), 0, 5)).toBe('00000000');
});
