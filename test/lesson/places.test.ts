// Places in a text: found by bisection; oracle: counting line feeds up to them.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {placesIn} from '../../source/lesson/places.ts';
import {runs} from '../helpers/seeds.ts';

test('line and column of any offset', () => {
  const source = fc.array(fc.constantFrom('a', 'bc', '\n', '\n\n', '\r\n'), {maxLength: 30});
  fc.assert(
    fc.property(source, fc.nat({max: 70}), (pieces, place) => {
      const text = pieces.join('');
      const offset = Math.min(place, text.length);
      const before = text.slice(0, offset).split('\n');
      expect(placesIn(text)(offset)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
    {numRuns: runs(300)},
  );
});
