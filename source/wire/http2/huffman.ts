// Decodes the Huffman code of HPACK and QPACK (RFC 7541 §5.2, appendix B). It is canonical: codes of one length follow each other in the
// order of their symbols, so that a list of lengths is enough.
import {textOfOctets} from '../http/grammar.ts';

/**
 * The octets that HPACK's Huffman code encodes, by the length of their code in bits; octets are in hexadecimal, with `-` for a range, and
 * 100 is EOS.
 */
const symbolsByLength: readonly (readonly [bits: number, symbols: string])[] = [
  [5, '30-32 61 63 65 69 6f 73 74'],
  [6, '20 25 2d-2f 33-39 3d 41 5f 62 64 66-68 6c-6e 70 72 75'],
  [7, '3a 42-57 59 6a 6b 71 76-7a'],
  [8, '26 2a 2c 3b 58 5a'],
  [10, '21 22 28 29 3f'],
  [11, '27 2b 7c'],
  [12, '23 3e'],
  [13, '0 24 40 5b 5d 7e'],
  [14, '5e 7d'],
  [15, '3c 60 7b'],
  [19, '5c c3 d0'],
  [20, '80 82 83 a2 b8 c2 e0 e2'],
  [21, '99 a1 a7 ac b0 b1 b3 d1 d8 d9 e3 e5 e6'],
  [22, '81 84-86 88 92 9a 9c a0 a3 a4 a9 aa ad b2 b5 b9-bb bd be c4 c6 e4 e8 e9'],
  [23, '1 87 89-8d 8f 93 95-98 9b 9d 9e a5 a6 a8 ae af b4 b6 b7 bc bf c5 e7 ef'],
  [24, '9 8e 90 91 94 9f ab ce d7 e1 ec ed'],
  [25, 'c7 cf ea eb'],
  [26, 'c0 c1 c8-ca cd d2 d5 da db ee f0 f2 f3 ff'],
  [27, 'cb cc d3 d4 d6 dd-df f1 f4-f8 fa-fe'],
  [28, '2-8 b c e-15 17-1f 7f dc f9'],
  [30, 'a d 16 100'],
];

const EOS = 256;
const longest = Math.max(...symbolsByLength.map(([bits]) => bits));

/** The Huffman codes of one length: the first code, and the symbols of this and the following codes in order. */
type Level = {readonly first: number; readonly symbols: readonly number[]};

const listed = (symbols: string): readonly number[] =>
  symbols.split(' ').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map((text) => Number.parseInt(text, 16));
    return Array.from({length: to - from + 1}, (_, index) => from + index);
  });

const levels: readonly Level[] = (() => {
  const bySize = new Map(symbolsByLength.map(([bits, symbols]) => [bits, listed(symbols)]));
  const all: Level[] = [];
  let first = 0;
  for (let bits = 0; bits <= longest; bits++) {
    const symbols = bySize.get(bits) ?? [];
    all.push({first, symbols});
    first = (first + symbols.length) * 2;
  }
  return all;
})();

/**
 * Decodes HPACK's Huffman code and returns a text with one character for each octet; undefined if EOS occurs, or if the padding is not the
 * beginning of EOS with less than eight bits.
 */
export const decodeHuffman = (bytes: Uint8Array, start: number, end: number): string | undefined => {
  const octets: number[] = [];
  let [code, bits] = [0, 0];
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((octet >> bit) & 1);
      bits += 1;
      const level = levels[bits];
      const symbol = level?.symbols[code - level.first];
      if (symbol === undefined) continue;
      if (symbol === EOS) return undefined;
      octets.push(symbol);
      [code, bits] = [0, 0];
    }
  }
  const padded = bits < 8 && code === (1 << bits) - 1;
  return padded ? textOfOctets(Uint8Array.from(octets)) : undefined;
};
