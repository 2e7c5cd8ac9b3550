// Where a text ceases to be JSON. Oracle: the grammar of RFC 8259 and its examples (§13); JSON.parse, which takes just what has no fault.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {jsonFault} from '../../source/quiz/json-fault.ts';
import {runs} from '../helpers/seeds.ts';

/** `^` stands before the first piece that does not fit. */
test.each([
  '{"a": 1 ^"b": 2}',
  '{"a" ^1}',
  '{^a: 1}',
  '{"a": 1,^}',
  '{^,}',
  '[1,^]',
  '[1 ^2]',
  '[^,1]',
  '[1^',
  '{"a":^',
  '{"a": ^]',
  '[1^}',
  '^]',
  '^:',
  '^',
  '1 ^2',
  '[] ^]',
  '{"a": [1, {"b": ^tru}]}',
  '"a\\n" ^"',
  '^"a\\x"',
  '^"a\nb"',
  '^+1',
  '0^1',
  '^-',
  '1^.',
  '1.5e3 ^e',
])('%s', (marked) => {
  const at = marked.indexOf('^');

  const source = marked.replace('^', '');
  expect(() => JSON.parse(source)).toThrow();
  expect(jsonFault(source)).toBe(at);
});

test('what is JSON has no fault', () => {
  fc.assert(
    fc.property(fc.json({maxDepth: 4}), fc.constantFrom('', ' ', '\n\t'), (json, blank) => {
      expect(jsonFault(`${blank}${json}${blank}`)).toBe(blank.length * 2 + json.length);
    }),
    {numRuns: runs(200)},
  );
});

test('deeper than sixty nobody looks', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(jsonFault(nested(61))).toBe(122);
  expect(jsonFault(nested(62))).toBe(61);
});
