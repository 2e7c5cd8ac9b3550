// A capture whose names and payloads, and a lesson whose texts, hold escape sequences, controls and bidi overrides: whatever the
// program prints or exports of them shows harmless marks. Both lie in files whose names try the same, and a shell.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {harmful, hostileLesson, hostilePcap} from '../helpers/hostile.ts';
import {lacks} from '../helpers/posix.ts';
import {root} from '../helpers/root.ts';
import {type Ran, runProgram} from '../helpers/run-program.ts';
import {few} from '../helpers/seeds.ts';
import {program} from '../helpers/terminal.ts';
import {xmlFault} from '../helpers/xml.ts';

let folder = '';
let capture = '';
let lesson = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  capture = join(folder, "evil\u001b[31m\u202e\u2028'; touch X;.pcap");
  const inside = join(folder, 'evil\u001b[31m `touch X`; touch X;');
  mkdirSync(inside);
  lesson = join(inside, 'hostile.yaml');
  writeFileSync(capture, hostilePcap());
  writeFileSync(lesson, hostileLesson());
});
afterAll(() => rmSync(folder, {recursive: true}));

/** What is left of a recording when our own sequences are gone: places, colours, erasing, the cursor. */
const written = (cast: string): string =>
  cast
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => String(JSON.parse(line)[2]).replace(/\u001b\[(\d+;1H|[\d;]*m|K|2J|\?25l)/g, ''))
    .join('\n');

const judge = (format: string, {stdout, stderr}: Ran): void => {
  expect(stderr.match(harmful)).toBe(null);
  expect(stdout.match(harmful)).toBe(null);
  if (format === 'cast') expect(written(stdout).match(harmful)).toBe(null);
  if (format === 'html' || format === 'anki') expect(stdout).not.toContain('<script>alert');
  if (format === 'svg') expect(xmlFault(stdout.replace(/<style>.*?<\/style>/s, ''))).toBe(undefined);
};

/** Each says somewhere that the attack was there, in the form that this format has for it. */
const formats = [
  ['text', '\\027[31mred', '<script>'],
  ['json', '<script>', '<script>'],
  ['md', '\\<script\\>', '\\<script\\>'],
  ['mermaid', '#60;script#62;', 'sequenceDiagram'],
  ['svg', '&lt;script&gt;', '&lt;script&gt;'],
  ['html', '&lt;script&gt;', '&lt;script&gt;'],
  ['cast', 'evil', '<script>'],
  ['anki', 'evil', '‹script›'],
] as const;

test.each(few(formats, 3))('a capture as %s', (format, sign) => {
  const ran = runProgram(['export', capture, '--format', format, '--lang', 'en']);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain(sign);
  judge(format, ran);
  // The values themselves are whole: JSON has its own way to write such characters.
  if (format === 'json')
    expect(
      ran.stdout.split('\n').some((line) => line !== '' && harmful.test(JSON.parse(line).source ?? '')),
    ).toBe(true);
});

test.each(few(formats, 3))('a lesson as %s', (format, _, sign) => {
  for (const language of ['en', 'zh']) {
    const ran = runProgram(['export', lesson, '--format', format, '--lang', language]);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain(sign);
    judge(format, ran);
  }
});

test('the headers of an Anki file stay ours, and its deck is one below packet-tutor', () => {
  const {stdout} = runProgram(['export', lesson, '--format', 'anki']);
  const headers = stdout.split('\n').filter((line) => line.startsWith('#'));
  expect(headers.map((line) => /^#[a-z ]+/.exec(line)?.[0])).toEqual(
    ['separator', 'html', 'notetype', 'deck', 'guid column', 'tags column', 'columns'].map(
      (name) => `#${name}`,
    ),
  );
  expect(headers[3]).toMatch(/^#deck:packet-tutor::((?!::|<).)+$/);
});

test.each([
  ['show', 'capture', []],
  ['show', 'capture', ['--json']],
  ['inspect', 'capture', []],
  ['inspect', 'capture', ['--json']],
  ['play', 'capture', ['--at', 'nowhere\u001b[31m\u202e']],
  ['show', 'capture', ['--connection', '99']],
  ['quiz', 'capture', []],
  ['show', 'lesson', ['--run', 'lost']],
  ['show', 'lesson', ['--json']],
  ['check', 'lesson', []],
  ['check', 'lesson', ['--json']],
  ['quiz', 'lesson', ['--json', '--count', '3']],
  ['quiz', 'lesson', ['--count', '3']],
  ['show', 'lesson', ['--run', 'none\u001b[31m\u202e']],
  ['show', 'lesson', ['--fault', '\u001b]0;x\u0007']],
  ['export', 'lesson', ['--format', 'md', '-o', '/nowhere\u001b[31m\u202e/x']],
  ['nothing\u001b[31m', 'lesson', ['--lang', 'en']],
  ['list', 'lesson', []],
  ['progress', 'capture', ['--import']],
] as const)('%s %s %j', (command, source, options) => {
  const file = source === 'capture' ? capture : lesson;
  const importing = options.some((option) => option === '--import');
  for (const language of ['en', 'zh']) {
    const ran = runProgram([
      command,
      ...(importing ? ['--import', file] : [file, ...options]),
      '--lang',
      language,
    ]);
    expect(ran.stdout + ran.stderr).not.toBe('');
    judge('text', ran);
  }
});

/** The last of them that says how to see it again. */
const callIn = (text: string): string => /^(?:play it: |to play it: )(.*)$/m.exec(text)?.[1] ?? '';

test.skipIf(lacks('bash')).each([
  ['a capture', () => capture],
  ['a lesson', () => lesson],
])('%s: what is told plays it', (_, file) => {
  const {stdout} = runProgram(['show', file(), '--lang', 'en']);
  const call = callIn(stdout);
  expect(call).toMatch(/^packet-tutor play /);
  // `play` without a terminal is `show`.
  const script = `packet-tutor() { '${process.execPath}' '${program}' "$@" --lang en; }; ${call}`;
  const again = spawnSync('bash', ['-c', script], {
    cwd: folder,
    input: '',
    env: {HOME: folder},
    encoding: 'utf8',
  });
  expect(again.stdout).toBe(stdout);
  expect(existsSync(join(folder, 'X'))).toBe(false);
  expect(existsSync(join(root, 'X'))).toBe(false);
});
