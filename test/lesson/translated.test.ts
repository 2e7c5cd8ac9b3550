// In which languages a lesson's texts are: one is enough, what is absent falls back, and what is half translated is named.

import {expect, test} from 'vitest';
import {lessonJsonSchema} from '../../source/lesson/json-schema.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import type {Wanted} from '../../source/lesson/translated.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {json} from '../../source/words/written.ts';
import {errorLine, errorsOf, lessonText, load} from './fragments.ts';
import {type Told, toldError} from './told-problem.ts';

const wanting = (text: string, languages: Wanted): readonly Told[] => {
  const lesson = loadLesson(text, 'sample.yaml', {languages});
  return lesson.ok ? [] : lesson.error.map(toldError);
};

test.each([
  ['en', ['zh']],
  ['zh', ['en']],
  ['pl', ['en', 'zh']],
  ['pt-BR', ['en', 'zh']],
])('a lesson in %s alone', (tag, absent) => {
  const whole = lessonText();
  const text = whole.replaceAll(/\{en: ([^,]*), zh: [^}]*\}/g, `{${tag}: $1}`);
  expect(text).not.toBe(whole);
  const lesson = loadLesson(text, 'sample.yaml', {languages: [tag]});
  if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
  const {title, beats} = lesson.value;
  const fallback = absent.filter((each) => each !== tag);
  expect(JSON.parse(json.value(title))).toEqual({en: 'Sample', zh: 'Sample', fallback});
  expect(beats[0]).toMatchObject({say: {en: ['hello'], zh: ['hello'], fallback}});
});

test('English stands in before the others', () => {
  const {title} = load({
    head: lessonText().split('topology')[0]?.replace('en: Sample, zh: 样例', 'pl: Próbka, en: Sample') ?? '',
  });
  expect(title).toMatchObject({en: 'Sample', zh: 'Sample', fallback: ['zh']});
});

test('what is in both languages says nothing of it', () => {
  expect(load().title.fallback).toBeUndefined();
  expect(json.value(load().title)).toBe('{"en":"Sample","zh":"样例"}');
});

const ours = languages.join(', ');

test.each([
  ['{}', {at: '16:48', says: 'schemaProblems.expected.aValueOf', what: 'text'}],
  ['{xx: hello}', {at: '16:49', says: 'problem.unknownWord', kind: 'key', given: 'xx', all: ours}],
  ['{cn: 你好}', {at: '16:49', says: 'problem.unknownWord', given: 'cn', near: 'en', all: ours}],
  [
    '{en: hello, eng: hello}',
    {at: '16:60', says: 'problem.unknownWord', given: 'eng', near: 'en', all: ours},
  ],
  ['{en: hello, sv: [a]}', {at: '16:64', says: 'schemaProblems.expected.aValueOf', what: 'further language'}],
  ['{en: hello, so}', {at: '16:60', says: 'schemaProblems.cut', given: 'so'}],
  ['{en: hello, indeed}', {at: '16:60', says: 'schemaProblems.cut', given: 'indeed'}],
  ['{pl: "cześć {p.tcp.seq}", zh: 你好}', {at: '16:53', says: 'template.differ', first: 'zh', second: 'pl'}],
])('%s', (say, error) => {
  const beats = `beats:\n  - {when: {sends: client, flags: [SYN]}, say: ${say}}\n`;
  expect(errorsOf({beats})).toMatchObject([error]);
});

test('a text that lacks a language of the lesson is named, wherever it stands', () => {
  const text = lessonText({
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: hello, pl: cześć}}\n',
    whatIf: 'whatIf:\n  - title: {zh: 丢失}\n',
  });
  expect(wanting(text, 'its own')).toMatchObject([
    {at: '3:8', says: 'translated', lacking: ['pl'], languages: ['en', 'zh']},
    {at: '4:10', says: 'translated', lacking: ['pl'], languages: ['en', 'zh']},
    {at: '16:48', says: 'translated', lacking: ['zh'], languages: ['en', 'pl']},
    {at: '18:12', says: 'translated', lacking: ['en', 'pl'], languages: ['zh']},
  ]);
  expect(wanting(text, ['en', 'zh'])).toHaveLength(2);
  expect(wanting(lessonText(), 'its own')).toEqual([]);
});

test('cookies and headers are no texts, whatever their names', () => {
  const script = `${lessonText().split('beats:')[0]?.split('script:')[1]}  - {at: 1s, host: client, call: get, url: 'http://server/', cookies: {id: a}, headers: {de: b}}\n`;
  const said = wanting(lessonText({script: `script:${script}`}), ['en', 'zh']);
  expect(said.filter(({says}) => says === 'translated')).toEqual([]);
});

test('beliefs of a pack', () => {
  const text = `- id: mine
  belief: {en: So., zh: 是。}
  correct: {en: Not so.}
  answerMeans: {en: As if., zh: 以为。}
  rfc: 9293 §3.4
  lesson: handshake
`;
  const file = 'misconceptions.yaml';
  expect(loadData({misconceptions: {text, file}})).toMatchObject({ok: true});
  const strict = loadData({misconceptions: {text, file}}, 'its own');
  if (strict.ok) expect.fail('nothing was named');
  expect(strict.error.map(toldError)).toMatchObject([
    {at: '3:12', says: 'translated', lacking: ['zh'], languages: ['en']},
  ]);
});

test('editors offer the languages of the program, take others, and want one', () => {
  const text = JSON.stringify(lessonJsonSchema());
  expect(text).toMatch(/"properties":\{"en":\{[^}]*\},"zh":\{[^}]*\}/);
  expect(text).toContain('"minProperties":1');
});
