// What Anki's text import asks for (docs.ankiweb.net/importing/text-files.html): header lines, one line for a note, tabs between its
// fields, quotation marks only as entities, a GUID that stays.

import {expect, test} from 'vitest';
import {ankiLines} from '../../source/io/export/anki.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {valuesLine} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {runProgram} from '../helpers/run-program.ts';

const exported = (...args: readonly string[]): readonly string[] => {
  const {stdout, stderr} = runProgram(['export', ...args, '--format', 'anki']);
  if (stdout === '') throw new Error(stderr);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout.slice(0, -1).split('\n');
};

const headersOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('#'));
const notesOf = (lines: readonly string[]) =>
  lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));

const lines = exported('handshake', '--seed', '3');

test('the headers come first, and say what the columns are', () => {
  const headers = headersOf(lines);
  expect(lines.slice(0, headers.length)).toEqual(headers);
  expect(headers).toContain('#separator:tab');
  expect(headers).toContain('#html:true');
  expect(headers).toContain('#columns:GUID\tFront\tBack\tTags');
});

test.each(['en', 'zh'])('four fields, one language: %s', (language) => {
  const headers = headersOf(exported('handshake', '--seed', '3', '--lang', language));
  const notes = notesOf(exported('handshake', '--seed', '3', '--lang', language));
  expect(notes.length).toBeGreaterThanOrEqual(20);
  const isChinese = language === 'zh';
  expect(/\p{Script=Han}/u.test(headers.join('\n'))).toBe(isChinese);
  for (const note of notes) {
    expect(note).toHaveLength(4);
    const [, front = '', back = '', tags = ''] = note;
    for (const side of [front, back]) expect(/\p{Script=Han}/u.test(side)).toBe(isChinese);
    expect(tags.split(' ')).toContain('lesson::handshake');
  }
  expect(notes.map(([guid]) => guid)).toEqual(notesOf(lines).map(([guid]) => guid));
});

test('a question has the same GUID each time, and no other has it', () => {
  const guids = notesOf(lines).map(([guid]) => guid);
  expect(new Set(guids).size).toBe(guids.length);
  expect(notesOf(exported('handshake', '--seed', '3')).map(([guid]) => guid)).toEqual(guids);
});

const guidsOf = (...args: readonly string[]) => notesOf(exported(...args)).map(([guid]) => guid);

test('the notes are the questions of the quiz about the run that was chosen', () => {
  const sheet = runProgram(['quiz', 'why-four', '--run', 'three', '--count', '30', '--json']).stdout;
  const ids = JSON.parse(sheet).map(({id}: Question) => id);
  expect(guidsOf('why-four', '--run', 'three')).toEqual(ids);
  expect(guidsOf('why-four')).not.toEqual(ids);
});

const text = (en: string) => everywhere({en, zh: en});

test('signs of HTML and of the file in a text stay signs of the text', () => {
  const question: Question = {
    ...{id: 'x-1', lesson: 'l', kind: 'next-ack', topic: 'tcp', form: 'choice', answer: 'a'},
    prompt: [valuesLine('"GET" <b>\t& more'), text('Which?')],
    choices: [{id: 'a', text: text('a < b'), value: '1'}],
    ...{wrongAnswers: [], hints: [], explain: text('so'), skill: 's', touches: [], place: {n: 1}},
    evidence: {
      source: 'l',
      seed: 1,
      run: 'base',
      profile: 'linux',
      faults: [],
      packet: 1,
      field: 'f',
      value: '1',
    },
  };
  const deck = {language: 'en', title: text('t'), questions: [question], misconceptions: []} as const;
  const [note = ''] = [...ankiLines(deck)].slice(-1);
  const [, front = '', back = ''] = note.split('\t');
  expect(front).toBe(
    '<code>&quot;GET&quot; &lt;b&gt; &amp; more</code><br>Which?<ol type=a><li>a &lt; b</li></ol>',
  );
  expect(back).toBe('<b>a. a &lt; b</b><br>so');
  expect(note.split('\t')).toHaveLength(4);
  expect(note).not.toContain('"');
});
