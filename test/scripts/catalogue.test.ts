// Sentences become modules: plurals by CLDR's own examples, what a further language lacks, and what is wrong with a sentence.
import {copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import * as examples from 'make-plural/examples';
import {afterAll, describe, expect, test} from 'vitest';
import {makeCatalogue} from '../../scripts/catalogue.ts';
import {root} from '../helpers/root.ts';
import {thorough} from '../helpers/seeds.ts';

const above = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(above, {recursive: true, force: true}));
// What the modules take from beside their folder.
copyFileSync(join(root, 'source', 'words', 'format.ts'), join(above, 'format.ts'));

/** What a module of the catalogue exports, after it has been through the bundler. */
const loaded = async (files: Readonly<Record<string, string>>, topic: string) => {
  const {modules, problems} = makeCatalogue(new Map(Object.entries(files)));
  expect(problems).toEqual([]);
  const folder = mkdtempSync(join(above, topic));
  for (const [name, text] of modules) writeFileSync(join(folder, name), text);
  const outfile = join(folder, `${topic}.mjs`);
  const nodePaths = [join(root, 'node_modules')];
  await build({entryPoints: [join(folder, `${topic}.ts`)], outfile, bundle: true, format: 'esm', nodePaths});
  return import(pathToFileURL(outfile).href);
};

test('a sentence says what it is given, a text in its own language', async () => {
  const {a} = await loaded(
    {
      'en/one.yaml':
        "a:\n  plain: it's `{who}`\\ {who}\n  list: '{all, list}'\n  end: '{who, select, undefined {-} other {({who})}}'\n  braces: \"'{'x'}'\"",
      'zh/one.yaml':
        "a:\n  plain: 是 {who}\n  list: '{all, list}'\n  end: '{who, select, undefined {无} other {（{who}）}}'\n  braces: \"'{'y'}'\"",
      'zh/punctuation.yaml': 'punctuation:\n  listComma: 、',
      'en/punctuation.yaml': "punctuation:\n  listComma: ', '",
    },
    'one',
  );
  expect(a.plain.en({who: '`'})).toBe("it's ```\\ `");
  expect(a.plain.zh({who: {en: 'client', zh: '客户端'}})).toBe('是 客户端');
  expect(a.list.zh({all: [1, {en: 'two', zh: '二'}]})).toBe('1、二');
  expect(a.list.en({all: [1, {en: 'two', zh: '二'}]})).toBe('1, two');
  expect([a.end.en({}), a.end.zh({who: 3}), a.braces.en]).toEqual(['-', '（3）', '{x}']);
});

test('what a noun goes by is a count, grouped from five digits on, in each language; what is merely chosen by is not', async () => {
  const {said} = await loaded(
    {
      'en/said.yaml': [
        'said:',
        "  bytes: '{n, plural, one {1 byte} other {{n} bytes}}, stream {id}'",
        "  packet: '{n, plural, =0 {none} other {packet {n}}}'",
        "  times: '{n, plural, =1 {once} =2 {twice} other {{n} times}}'",
        "  more: '{n, plural, =0 {} other {and {n, count} more}}'",
      ].join('\n'),
      'zh/said.yaml': [
        'said:',
        '  bytes: 流 {id}，{n} 字节',
        '  packet: 第 {n} 个',
        '  times: "{n} 次"',
        '  more: 另有 {n} 个',
      ].join('\n'),
    },
    'said',
  );
  const told = (n: number) => [said.bytes.en({n, id: 40_001}), said.bytes.zh({n, id: 40_001})];
  expect(told(1)).toEqual(['1 byte, stream 40001', '流 40001，1 字节']);
  expect(told(9999)).toEqual(['9999 bytes, stream 40001', '流 40001，9999 字节']);
  expect(told(1_234_567)).toEqual(['1,234,567 bytes, stream 40001', '流 40001，1,234,567 字节']);
  const many = 1_234_567;
  expect([said.times.en({n: 2}), said.times.en({n: many}), said.times.zh({n: many})]).toEqual([
    ...['twice', '1,234,567 times', '1,234,567 次'],
  ]);
  expect([said.more.en({n: many}), said.more.zh({n: many})]).toEqual([
    'and 1,234,567 more',
    '另有 1,234,567 个',
  ]);
  const run = await loaded(
    {
      'en/told.yaml': "told: '{n, plural, one {1 byte} other {{n} bytes}}'",
      'zh/told.yaml': "told: '{n} 字节'",
    },
    'told',
  );
  expect(run.told.en({n: 1_234_567})).toBe('1234567 bytes');
  expect([said.packet.en({n: 40_001}), said.packet.zh({n: 40_001})]).toEqual(['packet 40001', '第 40001 个']);
});

describe('plurals', () => {
  const forms = ['zero', 'one', 'two', 'few', 'many'];
  test.each(['en', 'pl', 'ar', 'cy', 'ja'])('of %s are those of its numbers in CLDR', async (tag) => {
    const known = Object.entries(examples).find(([name]) => name === tag)?.[1].cardinal ?? {};
    const cases = forms.filter((form) => form in known).map((form) => `${form} {${form}}`);
    const own = `n: '{n, plural, ${cases.join(' ')} other {other}}'`;
    const {n} = await loaded(
      {
        'en/n.yaml': tag === 'en' ? own : 'n: "{n, plural, other {}}"',
        'zh/n.yaml': 'n: x',
        [`${tag}/n.yaml`]: own,
      },
      'n',
    );
    for (const [form, numbers] of Object.entries<readonly string[]>(known))
      for (const number of numbers.filter((each) => /^\d+$/.test(each)))
        expect(`${number} ${n[tag]({n: Number(number)})}`).toBe(`${number} ${form}`);
  });
});

test('English stands in for what a further language lacks, which is named', async () => {
  const files = {
    'en/t.yaml': "t:\n  a: '{n, plural, one {one} other {{n} of them}}'\n  b: two",
    'zh/t.yaml': "t:\n  a: '{n} 个'\n  b: 二",
    'pl/t.yaml': 't:\n  b: dwa',
  };
  const {t} = await loaded(files, 't');
  expect([t.a.pl({n: 1}), t.a.pl({n: 22}), t.b.pl, t.b.zh]).toEqual(['one', '22 of them', 'dwa', '二']);
  expect([...makeCatalogue(new Map(Object.entries(files))).missing]).toEqual([['pl', ['t.yaml: t.a']]]);
});

describe('told with file, line, column and a remedy:', () => {
  const said = (en: string, zh: string): string =>
    makeCatalogue(
      new Map([
        ['en/t.yaml', en],
        ['zh/t.yaml', zh],
      ]),
    ).problems.join('\n');
  test.each([
    ['Chinese lacks it', 'a: x\nb: y', 'a: x', 'source/words/zh/t.yaml: b is missing\n  write it'],
    [
      'what English lacks',
      'a: x',
      'a: x\nb: y',
      'source/words/zh/t.yaml:2:4: en has no b\n  take it out, or write it in en, too',
    ],
    ['a strange name', 'a: "{x}"', 'a: "{y}"', 'source/words/zh/t.yaml:1:4: a: {y} is not in en\n  known: x'],
    [
      'a name left out',
      'a: "{x}"',
      'a: y',
      'source/words/zh/t.yaml:1:4: a: {x} is left out\n  where it has no place write {x, select, undefined {} other {}}',
    ],
    [
      'a number by the platform',
      'a: "{x, number}"',
      'a: "{x}"',
      'no form “number”\n  known: list, count; other numbers come in as they are to stand',
    ],
    [
      '#',
      'a: "{x, plural, one {a} other {# b}}"',
      'a: "{x}"',
      "# writes a number by the rules of the platform\n  name the number, or write '#'",
    ],
    [
      'a lacking plural',
      'a: "{x}"',
      'a: "{x, plural, one {a} other {b}}"',
      'source/words/zh/t.yaml:1:4: a: The plural case one is not valid',
    ],
    [
      'a name used twice',
      'a: "{x, list} {x, plural, other {}}"',
      'a: ""',
      '{x} is counted, chosen by and listed in one sentence\n  give each its own name',
    ],
    ['an open brace', 'a: "{x"', 'a: "{x}"', 'source/words/en/t.yaml:1:4: a: '],
    [
      'what is no text',
      'a: 3',
      'a: "3"',
      'source/words/en/t.yaml:1:4: a is no text\n  write a sentence, in quotes if need be',
    ],
    ['a key twice', 'a: x\na: y', 'a: x', 'source/words/en/t.yaml:2:1: Map keys must be unique'],
  ])('%s', (_name, en, zh, what) => {
    expect(said(en, zh)).toContain(what);
  });

  test('a folder whose plurals nobody knows', () => {
    const files = new Map([
      ['en/t.yaml', 'a: x'],
      ['zh/t.yaml', 'a: x'],
      ['xx/t.yaml', 'a: x'],
    ]);
    expect(makeCatalogue(files).problems).toEqual([
      'source/words/xx: no plural rules of xx are known\n  a folder is named by its BCP 47 tag',
    ]);
  });
});

thorough('the program has both of its languages whole', () => {
  const words = join(root, 'source/words');
  const paths = readdirSync(words, {recursive: true, encoding: 'utf8'}).filter((path) =>
    path.endsWith('.yaml'),
  );
  const files = new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(words, path), 'utf8')]),
  );
  const {modules, problems} = makeCatalogue(files);
  expect(problems).toEqual([]);
  expect(modules.size).toBeGreaterThan(50);
});
