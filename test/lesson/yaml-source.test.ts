// Any text is a lesson or a list of errors inside it; nothing throws, nothing hangs.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {loadLesson} from '../../source/lesson/load.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {readYaml} from '../../source/lesson/yaml-source.ts';
import {codePoint} from '../helpers/any-text.ts';
import {runs} from '../helpers/seeds.ts';
import {lessonText} from './fragments.ts';
import {type Told, toldAt} from './told-problem.ts';

const sound = lessonText({
  runs: 'runs: {base: {}, lost: {faults: [{drop: {packet: 1}}]}}\n',
  checks: "checks: [{that: 'count({sends: client}) == 2', because: x}]\n",
});

const inside = (
  text: string,
  errors: readonly {readonly position: {line: number; column: number}}[],
): void => {
  const lines = text.split('\n').length;
  expect(errors.length).toBeGreaterThan(0);
  for (const {position} of errors) {
    expect(position.line).toBeGreaterThanOrEqual(1);
    expect(position.line).toBeLessThanOrEqual(lines);
    expect(position.column).toBeGreaterThanOrEqual(1);
  }
};

test('a sound lesson with a piece cut out, doubled or replaced', () => {
  const piece = fc.tuple(
    fc.nat(sound.length),
    fc.nat(40),
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        '{',
        '}',
        '[',
        ': ',
        '\n',
        '"',
        "'",
        '*a',
        '&a',
        '- ',
        '\t',
        '!!js',
        '序',
        '0',
        '<<: *x',
      ),
    ),
  );
  fc.assert(
    fc.property(piece, ([start, length, put]) => {
      const text = sound.slice(0, start) + put + sound.slice(start + length);
      const lesson = loadLesson(text, 'sample.yaml');
      if (!lesson.ok) inside(text, lesson.error);
    }),
    {numRuns: runs(400)},
  );
});

test('any text', () => {
  fc.assert(
    fc.property(fc.string({unit: codePoint, maxLength: 300}), (text) => {
      const lesson = loadLesson(text, 'sample.yaml');
      expect(lesson.ok).toBe(false);
      if (!lesson.ok) inside(text, lesson.error);
    }),
    {numRuns: runs(200)},
  );
});

test('shared data: what is wrong has a place', () => {
  const text = '- {id: a-b, belief: {en: x, zh: y}}\n- {id: a-b}\n';
  const data = loadData({misconceptions: {text, file: 'm.yaml'}});
  expect(data.ok).toBe(false);
  if (!data.ok) inside(text, data.error);
  const entry =
    '{id: a-b, belief: {en: x, zh: y}, correct: {en: x, zh: y}, answerMeans: {en: x, zh: y}, rfc: 9293 §3, lesson: l}';
  const twice = loadData({misconceptions: {text: `- ${entry}\n- ${entry}\n`, file: 'm.yaml'}});
  expect(twice.ok ? [] : twice.error.map(({message, position}) => [message.en, position])).toEqual([
    ['a-b appears here twice', {line: 2, column: 8}],
  ]);
});

const read = (source: string) => {
  const yaml = readYaml(source);
  if (!yaml.ok) expect.fail(yaml.error.map(({message}) => message.en).join('\n'));
  return yaml.value;
};

const refused = (source: string): readonly Told[] => {
  const yaml = readYaml(source);
  if (yaml.ok) expect.fail('no error was found');
  return yaml.error.map(toldAt);
};

const twice = 'yamlErrors.DUPLICATE_KEY';
const alias = 'yamlRare.alias';
const collection = 'yamlErrors.COLLECTION_KEY';
const implicit = 'yamlErrors.BLOCK_AS_IMPLICIT_KEY';
const tooDeep = {at: 0, says: expect.stringMatching(/\.nestedTooDeeply$/)};

describe('what is no lesson’s YAML', () => {
  test.each([
    ['a: 1\na: 2\n', [{at: 5, says: twice}]],
    // Each of them behind the first, and in each mapping of its own.
    [
      'a: 1\na: 2\na: 3\n',
      [
        {at: 5, says: twice},
        {at: 10, says: twice},
      ],
    ],
    ['a: {b: 1}\nc: {b: 1}\n', undefined],
    ['- {b: 1, c: 2, b: 3}\n', [{at: 15, says: twice}]],
    // One a line.
    [
      '- {b: 1, b: 2, b: 3}\n- {b: 1, b: 2}\n',
      [
        {at: 9, says: twice},
        {at: 30, says: twice},
      ],
    ],
    ['[a]: 1\n', [{at: 0, says: collection}]],
    ['x: 1\n{a: 1}: 2\n', [{at: 5, says: collection}]],
    ['a: &x 1\nb: *x\nc: *x\n', [{at: 11, says: alias}]],
    ['a: b: c\n', [{at: 3, says: implicit}]],
    // After the first real error only what other sections have of their own.
    [
      'a: 1\na: 2\nb: c: d\ne: f: g\n',
      [
        {at: 5, says: twice},
        {at: 13, says: implicit},
        {at: 21, says: implicit},
      ],
    ],
  ] as const)('%j', (source, errors) => {
    if (errors === undefined) expect(readYaml(source).ok).toBe(true);
    else expect(refused(source)).toMatchObject(errors);
  });

  test.each([
    ['a:\n  - 1\n\t- 2\n', 'yamlErrors.TAB_AS_INDENT'],
    ['a:\n    b: 1\n  c: 2\n', 'yamlErrors.BAD_INDENT'],
    ['a: "x\n', 'yamlRare.missing'],
    ['a: %x\nb: @y\n', 'yamlRare.other'],
  ])('%j', (source, says) => {
    const [first] = refused(source);
    expect(first).toMatchObject({says});
    expect(first?.message ?? '').not.toContain('\n');
  });

  test('of broken sections each is told: the first, and twenty behind it', () => {
    const section = (index: number): string => `k${String(index).padStart(2, '0')}: b: c\n`;
    const source = (count: number) => Array.from({length: count}, (_, index) => section(index)).join('');
    expect(refused(source(10)).map(({at}) => at)).toEqual(
      Array.from({length: 10}, (_, index) => 10 * index + 5),
    );
    expect(refused(source(21))).toHaveLength(21);
    expect(refused(source(22))).toHaveLength(21);
  });

  test('length and depth are bounded', () => {
    const text = (length: number): string => `a: ${'x'.repeat(length - 3)}`;
    expect(readYaml(text(524_288)).ok).toBe(true);
    expect(refused(text(524_289))).toMatchObject([{at: 0, says: 'yamlRare.tooLong', longest: 524_288}]);
    const lists = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(readYaml(lists(199)).ok).toBe(true);
    expect(refused(lists(200))).toMatchObject([tooDeep]);
    // Whatever stands between them on the line, and beyond it.
    expect(refused(`${'[ '.repeat(200)}1`)).toMatchObject([tooDeep]);
    expect(refused(`${'[,'.repeat(200)}1`)).toMatchObject([tooDeep]);
    expect(refused(`${'{['.repeat(100)}1`)).toMatchObject([tooDeep]);
  });
});

describe('places', () => {
  const source = `# a lesson
one: 1
two:
  - {a: x, b: "q {r} s"}
  - c: |
      first {p}
        second {q}
    d: >-
      folded
      words {z}
  -
empty:
`;
  const yaml = read(source);
  const at = (offset: number): string => source.slice(offset, offset + 4);

  test.each([
    [['one'], '1\ntw', 'one:'],
    [['two'], '- {a', 'two:'],
    [['two', 0], '{a: ', '{a: '],
    [['two', 0, 'a'], 'x, b', 'a: x'],
    [['two', 0, 'b'], '"q {', 'b: "'],
    [['two', 1, 'c'], '|\n  ', 'c: |'],
    [['two', 1, 'd'], '>-\n ', 'd: >'],
    // What is not there: where one would look for it.
    [['two', 0, 'z'], '{a: ', '{a: '],
    [['two', 9], '- {a', 'two:'],
    [['one', 'x'], '1\ntw', 'one:'],
    [['nowhere'], 'one:', 'one:'],
    [[], 'one:', 'one:'],
  ] as const)('%j', (path, value, key) => {
    expect(at(yaml.offsetOf(path))).toBe(value);
    expect(at(yaml.offsetOf(path, {onKey: true}))).toBe(key);
    expect(at(yaml.offsetOf(path, {onKey: false}))).toBe(value);
  });

  test.each([
    [['two', 0, 'b'], 'q {r} s', '{r}', '{r} '],
    [['two', 0, 'b'], 'q {r} s', 's', 's"}\n'],
    [['two', 1, 'c'], 'first {p}\n  second {q}\n', 'first', 'firs'],
    [['two', 1, 'c'], 'first {p}\n  second {q}\n', '{p}', '{p}\n'],
    [['two', 1, 'c'], 'first {p}\n  second {q}\n', 'second', 'seco'],
    [['two', 1, 'c'], 'first {p}\n  second {q}\n', '{q}', '{q}\n'],
    [['two', 1, 'd'], 'folded words {z}', '{z}', '{z}\n'],
    [['two', 1, 'd'], 'folded words {z}', 'words', 'word'],
  ] as const)('%j, inside %j: %s', (path, value, piece, found) => {
    expect(at(yaml.offsetOf(path, {inside: {offset: value.indexOf(piece), value}}))).toBe(found);
  });

  test('a piece that quotes hide is where its text begins', () => {
    const quoted = read(`a: 'it''s {x}'\nb: "tab\\tend"\n`);
    const [a, b] = ["it's {x}", 'tab\tend'];
    expect(quoted.offsetOf(['a'], {inside: {offset: a.indexOf('{x}'), value: a}})).toBe(10);
    expect(quoted.offsetOf(['a'], {inside: {offset: 0, value: a}})).toBe(4);
    expect(quoted.offsetOf(['b'], {inside: {offset: 4, value: b}})).toBe(24);
    // Of the tab there is nothing in the source.
    expect(quoted.offsetOf(['b'], {inside: {offset: 3, value: b}})).toBe(18);
    expect(quoted.offsetOf(['b'], {inside: {offset: b.length, value: b}})).toBe(18);
  });

  test('lines and columns count from 1', () => {
    expect(yaml.positionOf(0)).toEqual({line: 1, column: 1});
    expect(yaml.positionOf(10)).toEqual({line: 1, column: 11});
    expect(yaml.positionOf(11)).toEqual({line: 2, column: 1});
    expect(yaml.positionOf(source.indexOf('{r}'))).toEqual({line: 4, column: 18});
    expect(read('').positionOf(0)).toEqual({line: 1, column: 1});
  });

  test('data, keys of digits among them', () => {
    expect(read('0: a\n1: {b: [null, true, 1.5]}\n').data).toEqual({0: 'a', 1: {b: [null, true, 1.5]}});
    expect(read('0: a\n1: b\n').offsetOf([1])).toBe(8);
    expect(read('').data).toBeNull();
    expect(read('').offsetOf(['a', 0])).toBe(0);
    // YAML 1.2: yes and 010 are no truth and no octal number.
    expect(read('a: yes\nb: 010\n').data).toEqual({a: 'yes', b: 10});
  });
});

describe('where a piece of a value stands in the file', () => {
  const line = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,3}$/);
  const written: readonly (readonly [string, (lines: readonly string[], indent: string) => string])[] = [
    ['behind |', (lines, indent) => `|\n${lines.map((each) => `${indent}${each}\n`).join('')}`],
    ['behind |-', (lines, indent) => `|-\n${lines.map((each) => `${indent}${each}\n`).join('')}`],
    ['behind >-, of one line', ([first = ''], indent) => `>-\n${indent}${first}\n`],
    ['plain', ([first = '']) => `${first}\n`],
    ['in quotation marks', ([first = '']) => `"${first}"\n`],
  ];

  test.each(written)('%s', (_, write) => {
    fc.assert(
      fc.property(fc.array(line, {minLength: 1, maxLength: 4}), fc.nat(3), fc.nat(3), (lines, at, deeper) => {
        const marked = lines.map((each, index) => (index === at % lines.length ? `${each} MARK` : each));
        const put = [marked.find((each) => each.endsWith('MARK')) ?? '', ...marked];
        const first = write === written[0]?.[1] || write === written[1]?.[1] ? marked : put;
        const source = `one: 1\na:\n  b: ${write(first, ' '.repeat(4 + deeper))}two: 2\n`;
        const {data, offsetOf} = read(source);
        const value = JSON.parse(JSON.stringify(data)).a.b;
        const offset = offsetOf(['a', 'b'], {inside: {value, offset: value.indexOf('MARK')}});
        expect(offset).toBe(source.indexOf('MARK'));
      }),
      {numRuns: runs(100, 20)},
    );
  });
});

// Oracle: the places by hand; what is rare keeps the first line of the parser's own words.
test.each([
  ['a: "\\q"\n', 4, 'Invalid escape sequence \\q'],
  ['a: !<x y\n', 3, 'Verbatim tags must end with a >'],
  ['a: |x\n b', 4, 'Block scalar header includes extra characters: |x'],
  ['&a &b c: 1', 3, 'A node can have at most one anchor'],
  ["a: 'x\nb: 2", 10, "Missing closing 'quote"],
])('%j is wrong at %i', (text, offset, words) => {
  const read = readYaml(text);
  const [problem] = read.ok ? [] : read.error;
  expect(problem).toMatchObject({offset});
  expect([problem?.message.en.endsWith(`: ${words}`), problem?.message.zh.endsWith(words)]).toEqual([
    true,
    true,
  ]);
});
