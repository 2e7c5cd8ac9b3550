// Hostile texts in every output, judged by those who read it: shells, Mermaid's parser, Markdown's, XML, JSON, and what Anki's importer splits at.
import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {marked, type Token} from 'marked';
import mermaidReader from 'mermaid';
import {expect, test} from 'vitest';
import {harmless} from '../../source/words/signs.ts';
import {
  anki,
  ankiHead,
  csv,
  json,
  markdown,
  markdownCode,
  markup,
  mermaid,
  scriptData,
  shell,
  shellFile,
  terminal,
} from '../../source/words/written.ts';
import {harmful, hostileTexts} from '../helpers/hostile.ts';
import {lacks} from '../helpers/posix.ts';
import {runs} from '../helpers/seeds.ts';
import {xmlFault} from '../helpers/xml.ts';

/** As a reader of HTML sees it. */
const decoded = (html: string): string =>
  html
    .replace(/<br>/g, '\n')
    .replace(/<span><\/span>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(
      /&(lt|gt|quot|amp);/g,
      (_, name) => ({lt: '<', gt: '>', quot: '"', amp: '&'})[String(name)] ?? '',
    );

const oneLine = (text: string): string => harmless(text.replace(/[\r\n\t]+/g, ' '));

test.each(hostileTexts)('terminal %#', (text) => {
  expect(terminal.text(text)).not.toMatch(harmful);
  expect(terminal.text(text)).not.toMatch(/[\n\t]/);
});

test.each(hostileTexts)('markup %#', (text) => {
  const document = markup`<svg class="${markup.text(text)}">${markup.text(text)}</svg>`;
  expect(xmlFault(document)).toBe(undefined);
  expect(document).not.toMatch(harmful);
  expect(decoded(markup.text(text))).toBe(harmless(text).replace(/[\ufffe\uffff]/g, '·'));
});

test.each(hostileTexts)('data in a page %#', (text) => {
  const data = scriptData({[text]: [text]});
  expect(data).not.toMatch(/[<\u2028\u2029]/);
  expect(data).not.toMatch(harmful);
  expect(Object.values(JSON.parse(data))).toEqual([[harmless(text)]]);
});

test.each(hostileTexts)('json %#', (text) => {
  for (const indent of [undefined, 2]) {
    const written = json.value({[text]: text}, indent);
    expect(written).not.toMatch(harmful);
    expect(JSON.parse(written)).toEqual({[text]: text});
  }
});

const leaves = (tokens: readonly Token[]): readonly Token[] =>
  tokens.flatMap((token) => ('tokens' in token && token.tokens ? leaves(token.tokens) : [token]));

const kindsIn = (tokens: readonly Token[]): readonly string[] =>
  tokens.flatMap((token) => [
    token.type,
    ...('tokens' in token && token.tokens ? kindsIn(token.tokens) : []),
  ]);

test.each(hostileTexts)('markdown %#', (text) => {
  const inside = marked.lexer(`told: ${markdown.text(text)}`);
  expect(inside.map(({type}) => type)).toEqual(['paragraph']);
  expect(kindsIn(inside).filter((kind) => !/^(paragraph|text|escape)$/.test(kind))).toEqual([]);
  const shown = leaves(inside).map((leaf) => ('text' in leaf ? String(leaf.text) : leaf.raw));
  expect(shown.join('')).toContain(oneLine(text).trimEnd());
  const first = marked.lexer(`above\n${markdown.text(text)}`);
  expect(first.map(({type}) => type)).toEqual(['paragraph']);
  const [table] = marked.lexer(`| a | b |\n| --- | --- |\n| ${markdown.text(text)} | x |`);
  expect(table?.type).toBe('table');
  expect(table?.type === 'table' && table['rows'][0][1].text).toBe('x');
});

test.each(hostileTexts)('code in markdown %#', (text) => {
  const inside = marked.lexer(`play it: ${markdownCode(text)}`);
  const spans = kindsIn(inside).filter((kind) => kind !== 'text');
  expect(spans).toEqual(text === '' ? ['paragraph'] : ['paragraph', 'codespan']);
  expect(markdownCode(text)).not.toMatch(harmful);
});

test('mermaid', async () => {
  const lines = hostileTexts.map((text) => `  a->>b: 1 ${mermaid.text(text)}`);
  const diagram = `sequenceDiagram\n  participant a as ${mermaid.text('<b>')}\n${lines.join('\n')}`;
  await mermaidReader.parse(diagram);
  const {db} = (await mermaidReader.mermaidAPI.getDiagramFromText(diagram)) as unknown as {
    db: {getMessages(): readonly {readonly message: unknown}[]};
  };
  const read = db
    .getMessages()
    .map(({message}) =>
      String(message).replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code))),
    );
  expect(read).toEqual(hostileTexts.map((text) => `1 ${harmless(text)}`.trim()));
  expect(lines.join('')).not.toMatch(harmful);
});

test.each(hostileTexts)('a field for Anki %#', (text) => {
  const field = anki.text(text);
  expect(field).not.toMatch(harmful);
  expect(field).not.toMatch(/[\t\r\n"]|\[(sound|latex)|\\[([]/);
  expect(field.replace(/<br>|<span><\/span>/g, '')).not.toMatch(/[<>]/);
  expect(decoded(field)).toBe(
    text
      .split(/[\r\n]+/)
      .map((line) => harmless(line.replace(/\t/g, ' ')))
      .join('\n'),
  );
});

test.each([...hostileTexts, '=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '＠a', '"a",b', 'a\r\nb'])(
  'a cell of CSV %#: one cell, no formula',
  (text) => {
    const cell = csv.text(text);
    expect(cell).not.toMatch(harmful);
    expect(cell).not.toMatch(/[\r\n]/);
    expect(cell).toMatch(/^(?:"(?:[^"]|"")*"|[^",]*)$/);
    expect(cell.replace(/^"/, '')).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
  },
);

/**
 * Returns the cells of a row as a spreadsheet reads them. Quotes count only at the start of a cell, and what follows the closing one still belongs
 * to it.
 */
const cellsBy = (separator: string, row: string): readonly string[] => {
  const cells: string[] = [];
  for (let at = 0; at <= row.length; at += 1) {
    let cell = '';
    if (row[at] === '"')
      for (at += 1; at < row.length; at += 1) {
        if (row[at] === '"' && row[++at] !== '"') break;
        cell += row[at] ?? '';
      }
    for (; at < row.length && row[at] !== separator; at += 1) cell += row[at] ?? '';
    cells.push(cell);
  }
  return cells;
};

const formula = /^\s*[=+\-@＝＋－＠﹦﹢﹣﹫]/;

const asSpreadsheetsRead = (texts: readonly string[]): readonly string[] => {
  const row = csv.join(
    texts.flatMap((text) => [csv.text(text), csv`${-5}`]),
    csv`,`,
  );
  return [',', ';', '|', '\t']
    .flatMap((separator) => cellsBy(separator, row))
    .filter((each) => each !== '-5');
};

test.each([
  [["x;=cmd|'/C calc'!A0;y"], ["x;'=cmd|'/C calc'!A0;y"]],
  [
    ['Ann', 'x;"=1'],
    ['Ann', 'x;\'"=1'],
  ],
  [
    ['a|@b', 'c\t=1'],
    ["a|'@b", 'c =1'],
  ],
  [
    ['-1', '\r=1'],
    ["'-1", "' =1"],
  ],
  [
    ['Smith; John', 'a,=b'],
    ['Smith; John', 'a,=b'],
  ],
])('%j: a name that is a formula behind a separator is text', (texts, cells) => {
  const row = csv.join(texts.map(csv.text), csv`,`);
  expect(cellsBy(',', row)).toEqual(cells);
  expect(asSpreadsheetsRead(texts).filter((cell) => formula.test(cell))).toEqual([]);
});

test('whatever separates the cells in a spreadsheet, none of them begins with a formula', () => {
  const sign = fc.constantFrom(...'"\',;|\t =+-@x1\r\n＝＋－＠﹦﹢﹣﹫');
  const text = fc.string({unit: sign, maxLength: 8});
  fc.assert(
    fc.property(fc.array(text, {minLength: 1, maxLength: 3}), (texts) => {
      expect(asSpreadsheetsRead(texts).filter((cell) => formula.test(cell))).toEqual([]);
    }),
    {numRuns: runs(5000, 1000)},
  );
});

test('a side of an Anki card is no formula in a spreadsheet, and its text stays the same', () => {
  for (const text of ['=1+1', '-1', '@SUM(A1)', ' =1', '＝1']) {
    expect(anki.text(text)).not.toMatch(formula);
    expect(decoded(anki.text(text))).toBe(text);
  }
});

test.each(hostileTexts)('a header line for Anki %#', (text) => {
  const line = ankiHead`#deck:packet-tutor::${ankiHead.text(text)}`;
  expect(line).not.toMatch(harmful);
  expect(line).not.toMatch(/[<>\t\r\n]/);
  expect(line.split('::')).toHaveLength(2);
});

/** What the words are to the shell that reads them. */
const readBy = (program: string, words: readonly string[]): readonly string[] =>
  execFileSync(program, ['-c', words.map((word) => `printf '%s\\0' ${word};`).join('\n')])
    .toString()
    .split('\0')
    .slice(0, -1);

test.skipIf(lacks('bash'))('a shell gets each text back as one word, as far as a shell can have it', () => {
  // No argument has a NUL or half a character.
  const texts = hostileTexts.filter((text) => !/\0|\p{Cs}/u.test(text));
  const words = texts.map(shell.text);
  for (const word of words) expect(word).not.toMatch(harmful);
  for (const word of words) expect(word).not.toMatch(/[\n\t]/);
  expect(readBy('bash', words)).toEqual(texts);
  // Without control characters any POSIX shell will do.
  const plain = texts.filter((text) => harmless(text) === text);
  expect(readBy('sh', plain.map(shell.text))).toEqual(plain);
});

test('no file is taken for an option, and standard input stays what it is', () => {
  expect(['-rf', '-', 'a b', "it's"].map(shellFile)).toEqual(['./-rf', '-', "'a b'", `'it'\\''s'`]);
});

test('a bare string, a string put together, and what is written for another output do not go into a hole', () => {
  const outside: string = '<script>';
  // @ts-expect-error a bare string
  expect(markup`<b>${outside}</b>`).toContain('<script>');
  // @ts-expect-error of another output
  expect(markup`${shell.text(outside)}`).toContain('<script>');
  // @ts-expect-error a template without a tag
  expect(markup`${`${markup.text(outside)}`}`).toContain('&lt;');
  // @ts-expect-error put together
  expect(markup`${markup`<b>` + outside}`).toContain('<script>');
  // @ts-expect-error joined without its output
  expect(markup`${[markup`<b>`].join('')}`).toContain('<b>');
  const line = markup`${7}${markup.join([markup.text(outside)], markup`, `)}`;
  expect(line).toBe('7&lt;script&gt;');
});
