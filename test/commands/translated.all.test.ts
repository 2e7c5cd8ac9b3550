// Lessons in one language: they play, programs are told what falls back, and `check` names what is left to translate.
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {translatedSentences} from '../../source/words/catalogue/lesson-check.ts';
import {runProgram} from '../helpers/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'translated-'));
const file = join(folder, 'first.yaml');

/** Polish alone, but for the summary. */
writeFileSync(
  file,
  `format: 1
id: first
title: {pl: Pierwsza próba}
summary: {pl: Dwa hosty., zh: 两台主机。}
track: tcp-open
minutes: 5
rfc: [9293 §3.5]
script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', as: c}
beats:
  - before: {sends: client, flags: [SYN]}
    ask: {pl: Jaki numer?}
    hint: {pl: Patrz wyżej.}
    answer: p.tcp.seq_raw
    distractors: [{text: {pl: inny}}, {text: {pl: żaden}}]
    explain: {pl: 'Ten: {p.tcp.seq_raw}.'}
`,
);

test('it plays, in whatever language the program speaks', () => {
  for (const language of ['en', 'zh']) {
    const {code, stdout} = runProgram(['show', file, '--lang', language]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Pierwsza próba')]);
  }
});

test('questions have both languages of the contract, and say which stand in', () => {
  const {code, stdout} = runProgram(['quiz', file, '--json', '--count', '50', '--seed', '7']);
  expect(code).toBe(0);
  const questions: readonly Readonly<Record<string, unknown>>[] = JSON.parse(stdout);
  const asked = questions.find(({kind}) => kind === 'prediction');
  const both = {en: expect.stringContaining('Jaki numer?'), zh: expect.stringContaining('Jaki numer?')};
  expect(asked).toMatchObject({
    prompt: {...both, fallback: ['en', 'zh']},
    hints: [{en: 'Patrz wyżej.', fallback: ['en', 'zh']}],
    explain: {fallback: ['en', 'zh']},
  });
  const ours = questions.filter(({kind}) => kind !== 'prediction').map(({prompt}) => prompt);
  expect(JSON.stringify(ours)).not.toContain('fallback');
});

test('check passes and names the texts that lack a language of the lesson', () => {
  const {code, stdout, stderr} = runProgram(['check', file]);
  expect([code, stdout]).toEqual([0, `${file}: ok\n`]);
  expect(stderr).toContain(
    `${translatedSentences.message.en({lacking: ['zh']})} (first.yaml:3:8)\n${translatedSentences.remedy.en({lacking: ['zh'], languages: ['pl']})}\n`,
  );
  expect(stderr.match(/not in zh/g)).toHaveLength(6);
  const line: unknown = JSON.parse(runProgram(['check', file, '--json']).stdout);
  expect(line).toMatchObject({file, ok: true, untranslated: [{line: 3, column: 8}, {}, {}, {}, {}, {}]});
});

test.each([
  ['pl', 0, 0],
  ['zh', 1, 6],
  ['en', 1, 7],
  ['pt-BR', 1, 7],
])('check --missing %s', (language, code, texts) => {
  const said = runProgram(['check', '--missing', language, file]);
  expect(said.code).toBe(code);
  expect(said.stderr.match(/this text is not in/g) ?? []).toHaveLength(texts);
});

test('the sentences of the program are there in the languages that it has', () => {
  for (const language of ['en', 'zh'])
    expect(runProgram(['check', '--missing', language])).toMatchObject({
      code: 0,
      stdout: `source/words/${language}: ok\n`,
    });
  expect(runProgram(['check', '--missing', 'xx'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^packet-tutor: --missing cannot be “xx”\nknown: en, zh(, [\w-]+)*\n$/),
  });
  expect(runProgram(['check'])).toMatchObject({code: 2, stderr: expect.stringContaining('check needs FILE')});
});
