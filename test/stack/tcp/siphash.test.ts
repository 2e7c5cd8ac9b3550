// Oracle: the test vectors of SipHash-2-4's authors (appendix A of the paper; vectors.h): key 00 … 0f, text 00 … n−1.
import {expect, test} from 'vitest';
import {sipHash} from '../../../source/stack/tcp/siphash.ts';
import {hexOf} from '../../../source/wire/octets.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({length}, (_, index) => index);

test.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [2, '5a4fa9d909806c0d'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
])('%i octets', (length, hash) => expect(hexOf(sipHash(counting(16), counting(length)))).toBe(hash));

test('the key may stand inside other octets', () => {
  const around = counting(40);
  around.set(counting(16), 9);
  expect(hexOf(sipHash(around.subarray(9, 25), counting(15)))).toBe('e545be4961ca29a1');
});
