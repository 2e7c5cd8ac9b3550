// Oracles: octets that each number has first (RFC 9293 §3.10.7.4 SHLD-31), written into a table by hand; RFC 2018 §4 for blocks.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Block, insertBlock, sackBlocks, takeInOrder} from '../../../source/stack/tcp/reassembly.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {decodeUtf8, encodeUtf8} from '../../../source/wire/utf8.ts';
import {runs} from '../../helpers/seeds.ts';

const put = (pieces: readonly (readonly [at: number, text: string])[], base = 100): readonly Block[] =>
  pieces.reduce<readonly Block[]>(
    (blocks, [at, text]) => insertBlock(blocks, seq((base + at) >>> 0), ropeFromBytes(encodeUtf8(text))),
    [],
  );

const told = (blocks: readonly Block[], base = 100): readonly string[] =>
  blocks.map(({seq: at, data}) => `${(at - base) | 0} ${decodeUtf8(ropeToBytes(data))}`);

test.each([
  [
    'apart',
    [
      [5, 'ab'],
      [0, 'cd'],
    ],
    ['0 cd', '5 ab'],
  ],
  [
    'touching behind',
    [
      [0, 'ab'],
      [2, 'cd'],
    ],
    ['0 abcd'],
  ],
  [
    'touching before',
    [
      [2, 'ab'],
      [0, 'cd'],
    ],
    ['0 cdab'],
  ],
  [
    'over the end',
    [
      [0, 'abc'],
      [1, 'XYZ'],
    ],
    ['0 abcZ'],
  ],
  [
    'over the beginning',
    [
      [2, 'abc'],
      [0, 'XYZ'],
    ],
    ['0 XYabc'],
  ],
  [
    'around',
    [
      [2, 'ab'],
      [0, 'UVWXYZ'],
    ],
    ['0 UVabYZ'],
  ],
  [
    'inside',
    [
      [0, 'abcdef'],
      [2, 'XY'],
    ],
    ['0 abcdef'],
  ],
  [
    'filling a gap',
    [
      [0, 'ab'],
      [4, 'ef'],
      [1, 'WXYZ'],
    ],
    ['0 abXYef'],
  ],
  [
    'touching two',
    [
      [0, 'ab'],
      [4, 'ef'],
      [2, 'cd'],
    ],
    ['0 abcdef'],
  ],
  [
    'nothing',
    [
      [0, 'ab'],
      [9, ''],
    ],
    ['0 ab'],
  ],
] as const)('%s', (_, pieces, blocks) => expect(told(put(pieces))).toEqual(blocks));

test('the numbers go round', () => {
  const base = 0xffff_fffe;
  expect(
    told(
      put(
        [
          [0, 'ab'],
          [2, 'cd'],
          [6, 'gh'],
        ],
        base,
      ),
      base,
    ),
  ).toEqual(['0 abcd', '6 gh']);
});

test('any pieces: each number has the octet that came first', () => {
  const piece = fc.tuple(fc.nat(30), fc.stringMatching(/^[a-z]{0,8}$/));
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 12}), (pieces) => {
      const table = Array.from({length: 40}, () => ' ');
      for (const [at, text] of pieces)
        for (const [index, letter] of [...text].entries())
          if (table[at + index] === ' ') table[at + index] = letter;
      const ours = Array.from({length: 40}, () => ' ');
      for (const {seq: at, data} of put(pieces))
        for (const [index, letter] of [...decodeUtf8(ropeToBytes(data))].entries())
          ours[at - 100 + index] = letter;
      expect(ours).toEqual(table);
      expect(told(put(pieces))).toHaveLength(table.join('').split(/ +/).filter(Boolean).length);
    }),
    {numRuns: runs(300)},
  );
});

test('what has come into its turn is taken, and nothing else', () => {
  const blocks = put([
    [0, 'ab'],
    [5, 'cd'],
  ]);
  const first = takeInOrder(blocks, seq(100));
  expect(first && decodeUtf8(ropeToBytes(first.data))).toBe('ab');
  expect(told(first?.rest ?? [])).toEqual(['5 cd']);
  expect([takeInOrder(blocks, seq(99)), takeInOrder(blocks, seq(105)), takeInOrder([], seq(1))]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

test('SACK: what changed last comes first, as many as fit, none that is in order', () => {
  const blocks = put([
    [0, 'ab'],
    [10, 'cd'],
    [20, 'ef'],
    [12, 'x'],
  ]);
  const lefts = (nxt: number, limit: number) =>
    sackBlocks(blocks, seq(nxt), limit).map(({left, right}) => `${left - 100}…${right - 100}`);
  expect(lefts(90, 4)).toEqual(['10…13', '20…22', '0…2']);
  expect(lefts(90, 2)).toEqual(['10…13', '20…22']);
  expect(lefts(100, 4)).toEqual(['10…13', '20…22']);
  expect(lefts(90, 0)).toEqual([]);
});
