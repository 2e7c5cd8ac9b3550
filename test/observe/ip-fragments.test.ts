// Datagrams put together from their fragments. Oracle: the payload that they were cut from (RFC 791 §3.2, RFC 8200 §4.5).
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Fragments} from '../../source/observe/ip-fragments.ts';
import {runs} from '../helpers/seeds.ts';

const payload = Uint8Array.from({length: 100}, (_, index) => index);

type Piece = {readonly start: number; readonly end: number};

const take = (fragments: Fragments, {start, end}: Piece, {key = 'a > b', id = 1, total = 100} = {}) =>
  fragments.add(key, {id, offset: start, more: end < total}, payload.subarray(start, end));

/** Cut at these places. */
const piecesOf = (places: readonly number[]): readonly Piece[] => {
  const ends = [...new Set([...places, 100])].sort((a, b) => a - b);
  return ends.map((end, index) => ({start: ends[index - 1] ?? 0, end}));
};

const cuts = fc.uniqueArray(fc.integer({min: 1, max: 99}), {maxLength: 6}).map(piecesOf);
const shuffled = cuts.chain((pieces) =>
  fc.shuffledSubarray([...pieces], {minLength: pieces.length, maxLength: pieces.length}),
);

test('in any order, some of them twice: whole with the last that was missing, and not before', () => {
  fc.assert(
    fc.property(shuffled, fc.nat(5), (pieces, again) => {
      const fragments = new Fragments();
      const twice = pieces[again % pieces.length];
      const last = pieces.length - 1;
      for (const [index, piece] of pieces.entries()) {
        const whole = take(fragments, piece);
        expect(whole).toEqual(index === last ? payload : undefined);
        if (index < last && piece === twice) expect(take(fragments, piece)).toBeUndefined();
      }
    }),
    {numRuns: runs(300, 60)},
  );
});

test('other addresses and other numbers are other datagrams; one that is whole is forgotten', () => {
  const fragments = new Fragments();
  const [first, second] = [
    {start: 0, end: 40},
    {start: 40, end: 100},
  ];
  take(fragments, first);
  expect(take(fragments, second, {id: 2})).toBeUndefined();
  expect(take(fragments, second, {key: 'b > a'})).toBeUndefined();
  expect(take(fragments, second)).toEqual(payload);
  expect(take(fragments, second)).toBeUndefined();
});

test('octets that overlap do not stand for those that lack', () => {
  const fragments = new Fragments();
  take(fragments, {start: 0, end: 60});
  take(fragments, {start: 20, end: 60});
  expect(take(fragments, {start: 80, end: 100})).toBeUndefined();
});

test('octets behind the last fragment are none of the datagram', () => {
  const fragments = new Fragments();
  take(fragments, {start: 0, end: 60});
  take(fragments, {start: 40, end: 100}, {total: 200});
  take(fragments, {start: 90, end: 100}, {total: 200});
  expect(take(fragments, {start: 60, end: 80}, {total: 80})).toEqual(payload.subarray(0, 80));
});

test('what would be longer than any datagram is none (65535 octets)', () => {
  const fragments = new Fragments();
  const octets = new Uint8Array(535);
  const put = (offset: number, more: boolean, bytes: Uint8Array) =>
    fragments.add('k', {id: 1, offset, more}, bytes);
  expect(put(0, true, new Uint8Array(65_000))).toBeUndefined();
  expect(put(65_001, false, octets)).toBeUndefined();
  expect(put(65_000, false, octets)?.length).toBe(65_535);
});

test('so many wait at most: the oldest makes room', () => {
  const fragments = new Fragments();
  const first = {start: 0, end: 40};
  for (let id = 0; id < 65; id++) take(fragments, first, {id});
  const rest = {start: 40, end: 100};
  expect(take(fragments, rest, {id: 0})).toBeUndefined();
  expect(take(fragments, rest, {id: 64})).toEqual(payload);
  // The fragment of 0 took the place of 1.
  expect(take(fragments, rest, {id: 2})).toEqual(payload);
  expect(take(fragments, rest, {id: 1})).toBeUndefined();
});
