// Text with `{expression}` in it → a template; `{{` and `}}` stand for braces.

import {inEvery} from '../words/catalogue/language.ts';
import {templateSentences} from '../words/catalogue/lesson.ts';
import type {Expression} from './expression.ts';
import {parseExpression} from './expression-parser.ts';
import type {Template} from './lesson.ts';
import {problem} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {TextFile} from './schema.ts';
import {type Language, worded} from './text.ts';
import type {Names} from './vocabulary.ts';

/** Index of the brace that closes the one at `start`; strings and inner maps are passed over. */
const closing = (source: string, start: number): number => {
  let depth = 0;
  let quote = '';
  for (let i = start; i < source.length; i += 1) {
    const c = source.charAt(i);
    if (quote) quote = c === quote ? '' : quote;
    else if (c === '"') quote = c;
    else if (c === '{') depth += 1;
    else if (c === '}' && --depth === 0) return i;
  }
  return -1;
};

export const readTemplate = (data: TextFile, path: Path, names: Names, problems: Problems): Template =>
  inEvery((language) => parts(data[language], [...path, language], names, problems));

const wide = '[\u3000-\u9fff\uff00-\uffef]';
const brokenChinese = new RegExp(`(?<=${wide}) +(?=${wide})`, 'g');

/** Broken lines are one: where Chinese was broken no blank stays. */
const flowing = (plain: string): string => plain.replace(brokenChinese, '').replace(/ {2,}/g, ' ');

const parts = (
  value: string,
  path: Path,
  names: Names,
  problems: Problems,
): readonly (string | Expression)[] => {
  // Folded YAML scalars end in a newline.
  const source = value.trimEnd();
  const found: (string | Expression)[] = [];
  let plain = '';
  let i = 0;
  while (i < source.length) {
    const c = source.charAt(i);
    if ((c === '{' || c === '}') && source.charAt(i + 1) === c) {
      plain += c;
      i += 2;
    } else if (c === '{') {
      const end = closing(source, i);
      const body = end < 0 ? undefined : source.slice(i + 1, end);
      if (body === undefined) {
        lone(c, i, value, path, problems);
        return found;
      }
      if (plain) found.push(flowing(plain));
      plain = '';
      const parsed = parseExpression(body, names);
      if (parsed.ok) found.push(parsed.value);
      for (const each of parsed.ok ? [] : parsed.error)
        problems.add(path, each, {inside: {offset: i + 1 + each.offset, value}});
      i = end + 1;
    } else {
      if (c === '}') lone(c, i, value, path, problems);
      plain += c;
      i += 1;
    }
  }
  if (plain) found.push(flowing(plain));
  return found;
};

const lone = (brace: string, offset: number, value: string, path: Path, problems: Problems): void =>
  problems.add(
    path,
    problem(worded(templateSentences.aStandsAlone.message, {brace}), templateSentences.aStandsAlone.remedy),
    {inside: {offset, value}},
  );

/** Do both languages compute the same things? Order may differ. */
export const sameExpressions = (template: Template): boolean => {
  const computed = (language: Language): string =>
    template[language]
      .filter((part) => typeof part !== 'string')
      .map((part) => JSON.stringify(part))
      .toSorted()
      .join('\n');
  const [en, zh] = [new Set(computed('en').split('\n')), new Set(computed('zh').split('\n'))];
  return en.size === zh.size && [...en].every((each) => zh.has(each));
};
