// Text with expressions in braces. Oracle: the language's own description: `{expression}`, and `{{` and `}}` for the signs themselves.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {Problems} from '../../source/lesson/problems.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {readTemplate} from '../../source/lesson/template.ts';
import {inEvery} from '../../source/words/catalogue/language.ts';

const names = {hosts: ['client'], connections: [], vocabulary};

const read = (en: string, zh = en) => {
  const problems = new Problems();
  const template = readTemplate({en, zh}, ['say'], names, problems);
  return {template, found: problems.found};
};

const computed = (text: string) => {
  const expression = parseExpression(text, names);
  if (!expression.ok) throw new Error(text);
  return expression.value;
};

test.each([
  ['no braces', ['no braces']],
  ['folded\n', ['folded']],
  ['', []],
  ['{1 + 2}', [computed('1 + 2')]],
  ['a {1} b {2}', ['a ', computed('1'), ' b ', computed('2')]],
  ['{1}{2}', [computed('1'), computed('2')]],
  ['{{not}} this', ['{not} this']],
  ['{{{1}}}', ['{', computed('1'), '}']],
  ['{count({sends: client})}.', [computed('count({sends: client})'), '.']],
  ['{"}" == "{"}!', [computed('"}" == "{"'), '!']],
])('%j', (text, parts) => {
  const {template, found} = read(text);
  expect(found).toEqual([]);
  expect(template).toEqual(inEvery(() => parts));
});

describe('braces that stand alone, at their place', () => {
  test.each([
    ['a } b', '}', 2, ['a } b']],
    ['} {1}', '}', 0, ['} ', computed('1')]],
    ['a {1', '{', 2, []],
    ['{1} {"}', '{', 4, [computed('1')]],
  ])('%j', (text, brace, offset, parts) => {
    const {template, found} = read(text, 'well');
    expect(template).toEqual(everywhere<unknown>({en: parts, zh: ['well']}));
    expect(found).toMatchObject([
      {message: {en: `a “${brace}” has no partner`}, path: ['say', 'en'], inside: {offset, value: text}},
    ]);
  });
  test('what is no expression is told at its place in the whole text', () => {
    const {template, found} = read('well', 'ab {1 +} c');
    expect(template.zh).toEqual(['ab ', ' c']);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({path: ['say', 'zh'], inside: {value: 'ab {1 +} c'}});
    expect(found[0]?.inside?.offset).toBeGreaterThanOrEqual(4);
    expect(found[0]?.inside?.offset).toBeLessThanOrEqual(7);
  });
});

test.each([
  ['a {1} b {2}', '{2} 和 {1}', true],
  ['{1} and {1}', '{1}', true],
  ['{1}', '没有', false],
  ['{1}', '{2}', false],
  ['{1}', '{1} {2}', false],
  ['none', '没有', true],
])('%j and %j compute the same: %j', (en, zh, same) => {
  expect(read(en, zh).found.map(({path}) => path)).toEqual(same ? [] : [['say', 'zh']]);
});
