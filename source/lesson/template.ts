// Parses text with `{expression}` in it as a template; `{{` and `}}` stand for braces.

import {templateSentences} from '../words/catalogue/lesson.ts';
import {everywhere} from './everywhere.ts';
import type {Expression} from './expression.ts';
import {parseExpression} from './expression-parser.ts';
import type {Template} from './lesson.ts';
import {problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {TextFile} from './schema.ts';
import type {Names} from './vocabulary.ts';

/** Returns the index of the brace that closes the one at `start` in a template, passing over strings and inner maps. */
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

/** Reads a lesson's text in all its languages. They must compute the same values, because otherwise they would say different things. */
export const readTemplate = (data: TextFile, path: Path, names: Names, problems: Problems): Template => {
  const before = problems.found.length;
  const read = Object.entries(data).map(
    ([language, value]) => [language, parts(value, [...path, language], names, problems)] as const,
  );
  const [first, ...others] = read;
  const differs = others.find(([, template]) => computed(template) !== computed(first?.[1] ?? []));
  if (first && differs && problems.found.length === before) {
    const languages = {first: first[0], second: differs[0]};
    problems.add([...path, differs[0]], problemWith(templateSentences.differ, languages));
  }
  return everywhere(Object.fromEntries(read));
};

/** Returns all expressions of a text as one string, sorted and without duplicates, so that texts can be compared. */
const computed = (template: readonly (string | Expression)[]): string => {
  const all = template.flatMap((part) => (typeof part === 'string' ? [] : JSON.stringify(part)));
  return JSON.stringify([...new Set(all)].toSorted());
};

const wide = '[\u3000-\u9fff\uff00-\uffef]';
const brokenChinese = new RegExp(`(?<=${wide}) +(?=${wide})`, 'g');

/** Joins the broken lines of a lesson's text; at a break between Chinese characters no space stays. */
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
  problems.add(path, problemWith(templateSentences.aStandsAlone, {brace}), {inside: {offset, value}});
