// Oracle: the same done with plain arrays.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ropeConcat, ropeCopy, ropeFromBytes, ropeOf, ropeSlice, ropeToBytes} from '../../source/wire/rope.ts';
import {runs} from '../helpers/seeds.ts';

const pieces = fc.array(fc.uint8Array({maxLength: 10}), {maxLength: 6});

test('joined and cut ropes have the bytes of joined and cut arrays', () => {
  fc.assert(
    fc.property(
      pieces,
      fc.integer({min: -5, max: 70}),
      fc.integer({min: -5, max: 70}),
      (list, start, end) => {
        const rope = list
          .map((bytes) => ropeFromBytes(bytes))
          .reduce(ropeConcat, ropeFromBytes(new Uint8Array()));
        const whole = list.flatMap((bytes) => [...bytes]);
        expect([...ropeToBytes(rope)]).toEqual(whole);
        const cut = whole.slice(Math.max(0, start), Math.max(0, end));
        expect([...ropeToBytes(ropeSlice(rope, start, end))]).toEqual(cut);
      },
    ),
    {numRuns: runs(500)},
  );
});

test('a copy leaves what is around it', () => {
  const target = new Uint8Array(5);
  ropeCopy(ropeFromBytes(Uint8Array.of(1, 2, 3)), target, 1);
  expect([...target]).toEqual([0, 1, 2, 3, 0]);
});

test('neighbours of one source become one chunk', () => {
  const source = {id: 'stream', read: (offset: number, target: Uint8Array) => target.fill(offset)};
  const rope = ropeConcat(ropeOf(source, 0, 3), ropeOf(source, 3, 4));
  expect(rope.chunks).toEqual([{source, offset: 0, length: 7}]);
});
