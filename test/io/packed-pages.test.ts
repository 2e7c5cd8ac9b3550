// Pages come out of the packing as they went in. The build asks that of every lesson.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {linesIn, packPages, unpackPage} from '../../source/io/packed-pages.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const again = (pages: readonly unknown[]): readonly unknown[] => {
  const lines = linesIn(Buffer.from(packPages(pages)));
  return pages.map((_, place) => unpackPage(lines, place));
};

test('texts and lists of parts at any depth, next to numbers, nothing and line ends', () => {
  const part = fc.oneof(fc.string(), fc.record({kind: fc.string(), value: fc.nat({max: 1})}));
  const said = fc.oneof(fc.string(), fc.array(part));
  const {page} = fc.letrec((tie) => ({
    page: fc.oneof(
      fc.constantFrom(null, 0, '\n', true),
      fc.record({en: said, zh: said}),
      fc.record({en: said}),
      fc.array(tie('page'), {maxLength: 3}),
      fc.dictionary(fc.constantFrom('title', 'beats', 'say'), tie('page'), {maxKeys: 3}),
    ),
  }));
  fc.assert(
    fc.property(fc.array(page, {minLength: 1, maxLength: 3}), (pages) => {
      expect(again(pages)).toEqual(plain(pages));
    }),
  );
});
