// In which languages a lesson's texts are: one is enough, what is absent falls back, and what is half translated is named.

import {expect, test} from 'vitest';
import {lessonJsonSchema} from '../../source/lesson/json-schema.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import type {Wanted} from '../../source/lesson/translated.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {json} from '../../source/words/written.ts';
import {errorLine, errorsOf, lessonText, load} from './fragments.ts';

const wanting = (text: string, languages: Wanted): readonly string[] => {
  const lesson = loadLesson(text, 'sample.yaml', {languages});
  return lesson.ok ? [] : lesson.error.map(errorLine);
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
  [
    '{}',
    '10:48 a value of another kind is expected here | write the text in one language or more, such as {en: hello}',
  ],
  ['{xx: hello}', `10:49 no key “xx” | allowed here: ${ours}`],
  ['{cn: 你好}', `10:49 no key “cn” | did you mean en? allowed here: ${ours}`],
  ['{en: hello, eng: hello}', `10:60 no key “eng” | did you mean en? allowed here: ${ours}`],
  ['{en: hello, sv: [a]}', '10:64 a value of another kind is expected here | write text in that language'],
  ['{en: hello, so}', '10:60 “so” is a key without a value | text with a comma needs quotes inside { }'],
  [
    '{en: hello, indeed}',
    '10:60 “indeed” is a key without a value | text with a comma needs quotes inside { }',
  ],
  [
    '{pl: "cześć {p.tcp.seq}", zh: 你好}',
    '10:53 zh and pl fill in different values | use the same {…} in zh and pl',
  ],
])('%s', (say, error) => {
  const beats = `beats:\n  - {when: {sends: client, flags: [SYN]}, say: ${say}}\n`;
  expect(errorsOf({beats}).map((each) => each.replace(/^\d+/, '10'))).toEqual([error]);
});

test('a text that lacks a language of the lesson is named, wherever it stands', () => {
  const text = lessonText({
    beats: 'beats:\n  - {when: {sends: client, flags: [SYN]}, say: {en: hello, pl: cześć}}\n',
    whatIf: 'whatIf:\n  - title: {zh: 丢失}\n',
  });
  const places = wanting(text, 'its own').map((each) => /^\d+:\d+|not in [^|]*/g.exec(each)?.[0]);
  expect(wanting(text, 'its own')).toEqual([
    expect.stringMatching(/^3:8 this text is not in pl \| write it in pl too; it is in en, zh$/),
    expect.stringMatching(/^4:10 this text is not in pl /),
    expect.stringMatching(/^1\d:\d+ this text is not in zh \| write it in zh too; it is in en, pl$/),
    expect.stringMatching(/^1\d:\d+ this text is not in en, pl /),
  ]);
  expect(places).toHaveLength(4);
  expect(wanting(text, ['en', 'zh'])).toHaveLength(2);
  expect(wanting(lessonText(), 'its own')).toEqual([]);
});

test('cookies and headers are no texts, whatever their names', () => {
  const script = `${lessonText().split('beats:')[0]?.split('script:')[1]}  - {at: 1s, host: client, call: get, url: 'http://server/', cookies: {id: a}, headers: {de: b}}\n`;
  const said = wanting(lessonText({script: `script:${script}`}), ['en', 'zh']);
  expect(said.filter((each) => each.includes('this text'))).toEqual([]);
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
  expect(strict.error.map(errorLine)).toEqual([
    '3:12 this text is not in zh | write it in zh too; it is in en',
  ]);
});

test('editors offer the languages of the program, take others, and want one', () => {
  const text = JSON.stringify(lessonJsonSchema());
  expect(text).toMatch(/"properties":\{"en":\{[^}]*\},"zh":\{[^}]*\}/);
  expect(text).toContain('"minProperties":1');
});
