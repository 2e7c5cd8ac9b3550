// Oracle: what its first lines say of it, and that each line of 16 says its own offset.
import {expect, test} from 'vitest';
import {offsetText} from '../../source/sim/byte-stream.ts';
import {decodeUtf8} from '../../source/wire/utf8.ts';

const text = (offset: number, length: number): string => {
  const bytes = new Uint8Array(length);
  offsetText.read(offset, bytes);
  return decodeUtf8(bytes);
};

test('lines of 16 that say where they stand', () => {
  expect(text(0, 32)).toBe('offset 00000000\noffset 00000016\n');
  expect(text(16, 16)).toBe('offset 00000016\n');
  for (const offset of [12_345_680, 98_765_424])
    expect(text(offset, 16)).toBe(`offset ${String(offset).padStart(8, '0')}\n`);
  expect(text(1_234_567_888, 16)).toBe('offset 34567888\n');
});

test('any piece is the piece of the whole', () => {
  const whole = text(0, 64);
  for (const [from, length] of [
    [5, 3],
    [6, 1],
    [7, 9],
    [13, 20],
    [15, 1],
    [31, 2],
  ] as const)
    expect(text(from, length)).toBe(whole.slice(from, from + length));
});
