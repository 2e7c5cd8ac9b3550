// Text goes one way, out: outside of the words, of `check` and of what cuts and places text, no line takes a text of a language apart or
// compares it. Oracle: patterns over the source, which are first held against lines that do so.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {root} from './helpers/root.ts';

const readsProse = [
  /\.(en|zh)\b[^:=]*\.(match|test|split|replace|includes|startsWith|endsWith)\(/,
  /\.(test|exec|match|search)\(.*\.(en|zh)\b/,
  /hash32\(.*\.(en|zh)\b/,
  /\.(en|zh)\b ?(===|!==) ?(?!'')\S/,
  /\bwordingOf\(/,
];
const isAllowed = (file: string): boolean => /^source\/(words\/|lesson\/check)/.test(file);
const found = (line: string): boolean => readsProse.some((pattern) => pattern.test(line));

describe('nothing reads prose', () => {
  test.each([
    'if (closing.test(promptText(prompt).en)) return;',
    'const [, name] = letterName.exec(text.en) ?? [];',
    "const lines = text.zh.split('\\n');",
    'const id = hash32(prompt.en);',
    'choices.find((choice) => choice.text.en === text.en)',
    'const of = wordingOf(texts);',
  ])('found: %s', (line) => expect(found(line)).toBe(true));

  test('in the source', () => {
    const files = readdirSync(join(root, 'source'), {recursive: true, encoding: 'utf8'})
      .map((name) => join('source', name))
      .filter((name) => /\.tsx?$/.test(name) && !isAllowed(name));
    const lines = files.flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (found(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
    expect(lines).toEqual([]);
  });
});
