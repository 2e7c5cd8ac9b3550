// A sheet on paper: all that is asked, nothing of what is right. The key has what is right, and nothing that is asked.
import {expect, test} from 'vitest';
import {paperHtml, paperLines} from '../../../source/io/export/paper.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {valuesLine} from '../../../source/quiz/prompt.ts';
import type {Question} from '../../../source/quiz/question.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {paperOf} from '../../../source/view/quiz/paper.ts';
import {textWidth} from '../../../source/words/width.ts';
import {questionOf, roundOf} from '../../helpers/questions.ts';

const forms = ['choice', 'several', 'order', 'number', 'packet'] as const;
const questions = forms.map((form) => questionOf(form));
const {reference} = roundOf([]);

const paper = (withKey: boolean, of: readonly Question[] = questions, language: 'en' | 'zh' = 'en') =>
  paperOf(
    {title: 'handshake', conditions: '5 questions · seed 7', questions: of},
    {language, glyphs: unicodeGlyphs, withKey, reference},
  );

const printed = (...args: Parameters<typeof paper>) =>
  [paperHtml(paper(...args)), [...paperLines(paper(...args))].join('\n')] as const;

test('without --key nothing says what is right', () => {
  for (const text of printed(false)) {
    expect(text).not.toMatch(/Key|A SYN uses up one number|“a name”/);
    expect(text.match(/Which number is it/g)).toHaveLength(5);
  }
});

test('the key has answers and their derivations, in order, and the reply to a wrong choice', () => {
  const {key = []} = paper(true);
  expect(key.map(({right}) => right)).toEqual(['b  1001', 'b  1001 · c  1002', 'c a b', '1001', '2']);
  expect(key[0]?.because).toEqual([
    'A SYN uses up one number.',
    'a: As if every packet used up a number: it is 1001.',
  ]);
  for (const text of printed(true)) {
    expect(text.match(/A SYN uses up one number/g)).toHaveLength(5);
    expect(text).not.toMatch(/Which number is it|☐|Name:/);
  }
});

test('a reply that several wrong answers get is printed once, with all their letters', () => {
  const one = questionOf('choice');
  const belief = everywhere({en: 'No.', zh: '不对。'});
  const {key = []} = paper(true, [
    {...one, choices: one.choices.map(({id, text, value}) => ({id, text, value, belief}))},
  ]);
  expect(key[0]?.because.slice(1)).toEqual(['a, c: No.']);
});

test('packets stand on a ladder whose lines end below each other', () => {
  const [drawn] = paper(false).questions?.[0]?.prompt ?? [];
  expect(drawn?.kind).toBe('drawn');
  expect(drawn?.lines).toHaveLength(2);
  const ends = drawn?.lines.map((line) => textWidth(line.slice(0, line.indexOf('server'))));
  expect(new Set(ends).size).toBe(1);
  const plain = paperOf(
    {title: '', conditions: '', questions},
    {language: 'en', glyphs: asciiGlyphs, withKey: false, reference},
  );
  expect(plain.questions?.[0]?.prompt[0]?.lines.join('')).toMatch(/^[ -~]+$/);
});

test('boxes where one marks, a line where one writes', () => {
  const [html, text] = printed(false);
  expect(html.match(/☐/g)).toHaveLength(6);
  expect(html.match(/class="line"/g)).toHaveLength(3);
  expect(text.match(/- ☐ \*\*[abc]\*\*/g)).toHaveLength(6);
  expect(text.match(/:\* _{16}/g)).toHaveLength(3);
});

test('in Chinese nothing of ours is English', () => {
  const [html, text] = printed(true, questions, 'zh');
  expect(html).toContain('<html lang="zh-CN">');
  const body = html.slice(html.indexOf('</style>')).replace(/<[^>]*>/g, '');
  for (const each of [body, text]) expect(each).not.toMatch(/Name|Date|Key|right|answer/i);
});

test('what came from outside is text, on paper too', () => {
  const evil = '<script>alert(1)</script> [a](http://b) \u001b[31m';
  const text = everywhere({en: evil, zh: evil});
  const [first, ...rest] = questionOf('choice').choices;
  const question: Question = {
    ...questionOf('choice'),
    prompt: [valuesLine(evil), text],
    choices: first === undefined ? rest : [{...first, text}, ...rest],
    explain: text,
  };
  const both = [false, true].map((withKey) => printed(withKey, [question]));
  const [html, md] = [both.map(([page]) => page).join(''), both.map(([, text]) => text).join('')];
  expect(html.match(/<script/g)).toBe(null);
  expect(html.match(/&lt;script&gt;/g)).toHaveLength(4);
  for (const each of [html, md]) expect(each).not.toContain('\u001b');
  // In a block of code it stands as it is; elsewhere no sign of it acts.
  const outside = md.split('\n').filter((line) => !line.startsWith('    '));
  expect(outside.join('\n')).not.toMatch(/(?<!\\)(?:<script|\]\()/);
});
