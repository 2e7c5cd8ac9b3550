// Places in a script: found by bisection; oracle: counting line feeds up to them.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Cursor} from '../../../source/lesson/packetdrill/cursor.ts';
import {runs} from '../../helpers/seeds.ts';

test('line and column of any offset', () => {
  const source = fc.array(fc.constantFrom('a', 'bc', '\n', '\n\n', '\r\n'), {maxLength: 30});
  fc.assert(
    fc.property(source, fc.nat({max: 70}), (pieces, place) => {
      const text = pieces.join('');
      const offset = Math.min(place, text.length);
      const before = text.slice(0, offset).split('\n');
      expect(new Cursor(text).positionAt(offset)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
    {numRuns: runs(300)},
  );
});
