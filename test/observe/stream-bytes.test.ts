// One direction by its offsets. Oracle: octets whose value is their offset.
import {expect, test} from 'vitest';
import type {Piece} from '../../source/observe/reassembly.ts';
import {
  bytesOf,
  endOf,
  lyingIn,
  missingIn,
  packetsOf,
  piecesOf,
  sentUpTo,
  within,
} from '../../source/observe/stream-bytes.ts';

const bytes = (start: number, end: number, frame: number): Piece => ({
  ...{kind: 'bytes', start, frame},
  bytes: Uint8Array.from({length: end - start}, (_, at) => start + at),
});
const pieces: readonly Piece[] = [
  bytes(1, 4, 1),
  bytes(4, 6, 2),
  {kind: 'hole', start: 6, end: 9},
  bytes(9, 12, 4),
  {kind: 'end', start: 12, frame: 5},
];
const direction = {pieces, arrived: 12, ended: true, stopped: false};

test('where pieces end, and up to where it was sent', () => {
  expect(pieces.map(endOf)).toEqual([4, 6, 9, 12, 12]);
  expect([sentUpTo(direction), sentUpTo({pieces: []}), sentUpTo({pieces: pieces.slice(0, 3)})]).toEqual([
    12, 0, 9,
  ]);
});

test.each([
  [0, 1, '0', [], 0],
  [1, 2, '1', [1], 0],
  [2, 5, '2 3 4', [1, 2], 0],
  [3, 4, '3', [1], 0],
  [4, 4, '', [], 0],
  [5, 7, '5 0', [2], 1],
  [6, 9, '0 0 0', [], 3],
  [7, 8, '0', [], 1],
  [8, 10, '0 9', [4], 1],
  [5, 10, '5 0 0 0 9', [2, 4], 3],
  [9, 12, '9 10 11', [4], 0],
  [0, 3, '0 1 2', [1], 0],
  [9, 8, '', [], 0],
])('from %i to %i', (start, end, octets, frames, missing) => {
  const span = {start, end};
  expect([...bytesOf(direction, span)].join(' ')).toBe(octets);
  expect(packetsOf(direction, span)).toEqual(frames);
  expect(missingIn(direction, span)).toBe(missing);
});

test('what lies in a span at least in part is found in long lists, too', () => {
  const all = Array.from({length: 100}, (_, at) => ({start: 10 * at, end: 10 * at + 5}));
  const of = (start: number, end: number) =>
    lyingIn(all, {start, end}, [(each) => each.start, (each) => each.end]).map((each) => each.start);
  for (const at of [0, 1, 49, 50, 63, 98]) {
    expect(of(10 * at + 5, 10 * at + 10)).toEqual([]);
    expect(of(10 * at + 4, 10 * at + 11)).toEqual([10 * at, 10 * at + 10]);
    expect(of(10 * at, 10 * at + 1)).toEqual([10 * at]);
  }
  expect(of(0, 1000)).toHaveLength(100);
  expect(of(994, 2000)).toEqual([990]);
  expect(within(pieces, {start: 5, end: 9})).toEqual(pieces.slice(1, 3));
});

test('by direction, in the order of sending', () => {
  const [a, b, c] = pieces;
  if (!a || !b || !c) throw new Error('three pieces');
  const sent = [
    {side: 0 as const, piece: a, event: 1},
    {side: 1 as const, piece: b, event: 2},
    {side: 0 as const, piece: c, event: 3},
  ];
  expect(piecesOf({sent})).toEqual([[a, c], [b]]);
});
