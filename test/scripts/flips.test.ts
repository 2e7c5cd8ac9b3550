// What `npm run flips` makes wrong, and which tests it asks. Oracle: small programs, written with the flips that they have.
import {describe, expect, test} from 'vitest';
import {mirroredTests} from '../../scripts/flips/mirrored-tests.ts';
import {flipped, flipsOf} from '../../scripts/flips/places.ts';
import {parseFile} from '../helpers/architecture.ts';

/** Every text that one flip makes of this one. */
const flipsIn = (text: string): readonly string[] =>
  flipsOf('source/a.ts', text).map((flip) => flipped(text, flip));

describe('what is made wrong', () => {
  test.each([
    ['x(a < b)', 'x(a <= b)'],
    ['x((a) >= (b))', 'x((a) > (b))'],
    ['x(a === b)', 'x(a !== b)'],
    ['x(a + b)', 'x(a - b)'],
    ['x(a && b)', 'x(a || b)'],
    ['x(a ?? b)', 'x((b))'],
    ['x(!a)', 'x((a))'],
    ['x(-a)', 'x((a))'],
    ['x(0)', 'x(1)'],
    ['x(1)', 'x(0)'],
    ['x(24)', 'x(25)'],
    ['x(0xff)', 'x(0x100)'],
    ['x(7n)', 'x(8n)'],
    ['x(true)', 'x(false)'],
    ['x(Math.ceil(a))', 'x(Math.floor(a))'],
    ['x(Math.min(a, b))', 'x(Math.max(a, b))'],
    ['x(a.some(b))', 'x(a.every(b))'],
    ['x(a.slice(b))', 'x(a)'],
    ['x(a.find(b))', 'x(a.findLast(b))'],
    ['x(a ? b : c)', 'x(a ? c : b)'],
    ["x('no flags')", "x('')"],
    ["x(', ')", "x('')"],
    ["x('')", "x('?')"],
  ])('%s → %s', (text, wrong) => {
    expect(flipsIn(text)).toEqual(['{}', wrong]);
  });

  test('statements with an effect, and the conditions of others', () => {
    expect(flipsIn('a -= b;')).toEqual(['{}', 'a += b;']);
    expect(flipsIn('if (a) b();')).toEqual(['if (true) b();', 'if (false) b();', 'if (a) {}']);
  });

  test.each([
    "import {a} from 'a b'; import('c d');",
    'type A = 1 | 2; interface B {c: 3}; declare const d: 4;',
    'const a: 1 = b; const c = d as 2; e<3>;',
    'const a = {1: b, "c d": e};',
    "const a = {en: 'one word', zh: '一个词'};",
    "const a = b('one word', '一个词'); ",
    "throw new Error(a + 'no flags' + 1);",
    'const a = b.toString(c); const d = e.valueOf();',
    "const a = 'SYN-SENT'; const b = c + 'd'; switch (e) { case ', ': }",
    '// a < b',
  ])('not %s', (text) => {
    expect(flipsIn(text)).toEqual([]);
  });

  test('a value that only the compiler asks for is none; the index before it is', () => {
    expect(flipsIn('const [a = 5, b = 6] = c;')).toEqual([]);
    expect(flipsIn('const {a = 5} = c;')).toEqual(['const {a = 6} = c;']);
    expect(flipsIn('const a = b[7] ?? 8;')).toEqual(['const a = (8);', 'const a = b[8] ?? 8;']);
    expect(flipsIn('const a = b ?? 8;')).toEqual(['const a = (8);', 'const a = b ?? 9;']);
  });

  test('what is looked for by itself is the same from either end', () => {
    expect(flipsIn('const a = b.find((c) => c === d);')).toEqual(['const a = b.find((c) => c !== d);']);
    expect(flipsIn('const a = b.find((c) => c.e === d);')[0]).toBe('const a = b.findLast((c) => c.e === d);');
  });

  test('where it stands', () => {
    const [flip] = flipsOf('source/a.ts', '// 1\nconst a =\n  b < c;\n');
    expect(flip).toMatchObject({file: 'source/a.ts', line: 3, column: 5, before: '<', after: '<='});
  });
});

describe('which tests are asked', () => {
  const tree = [
    ['source/wire/dns/name.ts', ''],
    ['source/wire/dns/decode.ts', "import {a} from './name.ts'; import type {b} from './header.ts';"],
    ['source/wire/dns/header.ts', ''],
    ['test/wire/dns/name.test.ts', "import '../../helpers/all.ts';"],
    ['test/wire/dns/a.test.ts', "import '../../../source/wire/dns/decode.ts';"],
    ['test/wire/dns/b.test.ts', "import '../../../source/wire/dns/decode.ts'; 'a name and a name';"],
    ['test/wire/a.test.ts', "import '../helpers/all.ts';"],
    ['test/wire/z.test.ts', "import '../../source/wire/dns/name.ts';"],
    ['test/wire/other.test.ts', "import '../../source/wire/dns/header.ts';"],
    [
      'test/sim/name.test.ts',
      "import '../../source/wire/dns/name.ts'; import '../../source/wire/dns/text.ts';",
    ],
    ['source/wire/dns/text.ts', ''],
    ['test/lesson/text.test.ts', "import '../../source/wire/dns/text.ts';"],
    ['source/view/text.ts', "import '../wire/dns/text.ts';"],
    ['test/view/text.test.ts', "import '../../source/view/text.ts';"],
    ['test/ui/text.test.ts', "import '../../source/view/text.ts';"],
    ['test/helpers/all.ts', "import '../../source/wire/dns/decode.ts';"],
  ].map(([path = '', text = '']) => parseFile(path, text));
  const testsOf = mirroredTests(
    tree,
    tree.map(({path}) => path).filter((path) => path.endsWith('.test.ts')),
  );

  test('the same name, who imports it, its folder: who speaks of it first; then the room, then those above', () => {
    expect(testsOf('source/wire/dns/name.ts')).toEqual([
      'test/wire/dns/name.test.ts',
      'test/wire/z.test.ts',
      'test/wire/dns/b.test.ts',
      'test/wire/dns/a.test.ts',
      'test/wire/a.test.ts',
      'test/sim/name.test.ts',
    ]);
  });

  test('a room that does not load it is passed over; nothing above the core answers for the core', () => {
    expect(testsOf('source/wire/dns/text.ts')).toEqual(['test/lesson/text.test.ts', 'test/sim/name.test.ts']);
    expect(testsOf('source/wire/dns/unused.ts')).toEqual([]);
    expect(testsOf('source/view/text.ts')).toEqual(['test/view/text.test.ts']);
  });

  test('of the rooms above those that are called alike, then those that speak of its folder', () => {
    const above = [
      ['source/stack/tcp/rack.ts', ''],
      ['test/sim/a.test.ts', ''],
      ['test/lesson/rack-late.test.ts', ''],
      ['test/drills/linux.test.ts', "'tcp and tcp'"],
      ['test/quiz/b.test.ts', "'tcp'"],
    ].map(([path = '', text = '']) => {
      const loads = path.startsWith('test') ? "import '../helpers/all.ts';" : '';
      return parseFile(path, loads + text);
    });
    const all = parseFile('test/helpers/all.ts', "import '../../source/stack/tcp/rack.ts';");
    const paths = above.map(({path}) => path).filter((path) => path.startsWith('test/'));
    expect(mirroredTests([...above, all], paths)('source/stack/tcp/rack.ts')).toEqual([
      ...['test/lesson/rack-late.test.ts', 'test/drills/linux.test.ts', 'test/quiz/b.test.ts'],
      'test/sim/a.test.ts',
    ]);
  });

  test('for the account those answer who write it, and its own come first', () => {
    const made = [
      ['source/account/told/states.ts', ''],
      ['test/account/a.test.ts', ''],
      ['test/lesson/truly.test.ts', "'told'"],
      ['test/view/told.test.ts', "'told and told'"],
      ['test/tell/page.test.ts', ''],
      ['test/ui/told.test.ts', ''],
    ].map(([path = '', text = '']) => {
      const loads = path.startsWith('test') ? "import '../helpers/all.ts';" : '';
      return parseFile(path, loads + text);
    });
    const all = parseFile('test/helpers/all.ts', "import '../../source/account/told/states.ts';");
    const paths = made.map(({path}) => path).filter((path) => path.startsWith('test/'));
    expect(mirroredTests([...made, all], paths)('source/account/told/states.ts')).toEqual([
      ...['test/account/a.test.ts', 'test/view/told.test.ts', 'test/lesson/truly.test.ts'],
      'test/tell/page.test.ts',
    ]);
  });

  test('a type is nothing that is loaded', () => {
    expect(testsOf('source/wire/dns/header.ts')).toEqual(['test/wire/other.test.ts']);
  });
});
