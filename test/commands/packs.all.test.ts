// Packs: lessons, beliefs and questions of somebody else, in the quiz, its report, Anki notes, review and `check`.
import {cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {progressText} from '../../source/quiz/progress-format.ts';
import type {ProgressRecord} from '../../source/quiz/progress-record.ts';
import type {Question} from '../../source/quiz/question.ts';
import {loadSentences} from '../../source/words/catalogue/lesson.ts';
import {runProgram} from '../helpers/run-program.ts';

const cwd = mkdtempSync(join(tmpdir(), 'packet-tutor-packs-'));
afterAll(() => rmSync(cwd, {recursive: true}));

const run = (...args: readonly string[]) => runProgram([...args, '--lang', 'en'], {cwd});
const made = run('new', '--pack', 'dial');
const belief = 'dial-data-in-syn';
const lessonFile = join('dial', 'lessons', 'first-connection.yaml');

const sheetOf = (...args: readonly string[]): readonly Question[] => {
  const {stdout, stderr} = run('quiz', ...args, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

// No sheet turns on one belief twice: of some seeds this one, of others that.
const sheet = ['dial', '--seed', '3', '--count', '30'];
const questions = sheetOf(...sheet);
const others = ['1', '2', '4', '5', '6'].flatMap((seed) => sheetOf('dial', '--seed', seed, '--count', '30'));

test('what `new --pack` says is what can be done at once', () => {
  expect(made.stdout.split('\n')).toEqual([
    'packet-tutor check dial',
    `packet-tutor play ${lessonFile}`,
    'packet-tutor quiz dial',
    '',
  ]);
  const {code, stdout} = run('check', 'dial');
  expect([code, stdout]).toEqual([
    0,
    `${join('dial', 'lessons', 'misconceptions.yaml')}: ok\n${lessonFile}: ok\n`,
  ]);
});

describe('the quiz', () => {
  test('asks the pack’s question and about its belief; the evidence names the file', () => {
    const own = [...questions, ...others].filter(({touches}) => touches.includes(belief));
    expect(new Set(own.map(({kind}) => kind))).toEqual(new Set(['question', 'is-it-so']));
    for (const {lesson, evidence} of questions) {
      expect(lesson).toBe('first-connection');
      expect(evidence.source).toBe(lessonFile);
    }
    const asked = questions.find(({kind}) => kind === 'question')?.evidence;
    expect(asked).toMatchObject({packet: 1, field: 'tcp.len', value: '0'});
    const shown = run('show', lessonFile, '--json', '--run', asked?.run ?? '', '--seed', `${asked?.seed}`);
    const events = shown.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    const syn = events.find(({kind, packet}) => kind === 'send' && packet === 1);
    const tcp = syn.layers.find(({protocol}: {protocol: string}) => protocol === 'tcp');
    expect(String(tcp.fields['tcp.len'])).toBe('0');
  });

  test('is the same wherever the pack lies', () => {
    cpSync(join(cwd, 'dial'), join(cwd, 'elsewhere'), {recursive: true});
    const there = sheetOf('elsewhere', ...sheet.slice(1));
    const without = (list: readonly Question[]) =>
      list.map(({evidence: {source: _, ...rest}, ...each}) => ({...each, rest}));
    expect(without(there)).toEqual(without(questions));
  });

  test('mixes packs, files, lessons and tracks', () => {
    const mixed = sheetOf('dial', 'handshake', 'dns', '--count', '24');
    const lessons = new Set(mixed.map(({lesson}) => lesson));
    for (const id of ['first-connection', 'handshake', 'dns-cache']) expect(lessons).toContain(id);
    expect(new Set(sheetOf(lessonFile, '--count', '5').map(({lesson}) => lesson))).toEqual(
      new Set(['first-connection']),
    );
  });

  test('reports the pack’s belief', () => {
    const held = questions.flatMap(({id, choices}) => {
      const wrong = choices.find(({misconception}) => misconception === belief);
      return wrong ? [[id, wrong.id] as const] : [];
    });
    expect(held.length).toBeGreaterThan(0);
    writeFileSync(join(cwd, 'answers.json'), JSON.stringify({answers: Object.fromEntries(held)}));
    const {code, stdout} = run('quiz', ...sheet, '--answers', 'answers.json', '--report', 'json');
    const {misconceptions} = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(misconceptions[0]).toEqual({id: belief, asked: held.length, wrong: held.length});
  });

  test.each([
    [
      'two of one name',
      ['dial', 'elsewhere'],
      /two lessons are called first-connection: .* and /,
      /name one of them/,
    ],
    ['a folder without lessons', ['empty'], /empty has no lessons/, /lessons\/, one \.yaml each/],
    ['no such file', ['dial/lessons/none.yaml'], /none\.yaml/, /./],
    ['a capture', ['x.pcapng'], /“x\.pcapng” is a capture/, /quiz --source x\.pcapng/],
  ])('%s: exit 2', (_, names, says, remedy) => {
    mkdirSync(join(cwd, 'empty'), {recursive: true});
    const {code, stdout, stderr} = run('quiz', ...names, '--json');
    const [what = '', then = ''] = stderr.split('\n');
    expect([code, stdout]).toEqual([2, '']);
    expect(what).toMatch(says);
    expect(then).toMatch(remedy);
  });
});

test('Anki notes say what the pack says of its belief', () => {
  const {stdout} = run('export', lessonFile, '--format', 'anki');
  expect(stdout).toContain(belief);
  expect(stdout).toContain('only opens the connection');
});

/** A pack whose beliefs or lesson are written otherwise. */
const spoilt = (
  name: string,
  spoil: {readonly beliefs?: (text: string) => string; readonly lesson?: (text: string) => string},
) => {
  const folder = join(cwd, name, 'lessons');
  cpSync(join(cwd, 'dial'), join(cwd, name), {recursive: true});
  const [beliefs, lesson] = ['misconceptions.yaml', 'first-connection.yaml'].map((each) =>
    join(folder, each),
  );
  for (const [file = '', change] of [
    [beliefs, spoil.beliefs],
    [lesson, spoil.lesson],
  ] as const) {
    const before = readFileSync(file, 'utf8');
    const after = change?.(before) ?? before;
    if (change) expect(after, name).not.toBe(before);
    writeFileSync(file, after);
  }
  return join(name, 'lessons', 'misconceptions.yaml');
};

const faults: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  [
    'one of our ids',
    (text) => text.replace(`id: ${belief}`, 'id: flags-stick'),
    /^4:7 .*flags-stick is one of the program’s own/,
  ],
  [
    'no language',
    (text) => text.replace('    zh: 连接的第一', '    cn: 连接的第一'),
    /^8:5 .*no key “cn”.*en, zh/,
  ],
  ['an unknown key', (text) => `${text}  rfcs: none\n`, /^\d+:3 .*no key “rfcs”.*did you mean rfc\?/],
  [
    'no counter',
    (text) => text.replace(/ {2}counter:[\s\S]*/, ''),
    /^4:7 .*no run contradicts dial-data-in-syn.*add counter:/,
  ],
  ['a wrong counter', (text) => text.replace('> 2', '> 20'), /^21:11 .*the run base does not contradict/],
  [
    'an unreadable counter',
    (text) => text.replace("that: 'first", "that: 'frist"),
    /^21:12 .*no name “frist”.*did you mean first\?/,
  ],
  [
    'a counter elsewhere',
    (text) => text.replace('    lesson: first', '    lesson: last'),
    /^18:13 .*no lesson of this pack “last-connection”/,
  ],
  [
    'a home that is none',
    (text) => text.replace('  lesson: first', '  lesson: last'),
    /^16:11 .*no lesson “last-connection”/,
  ],
];

test('`check` says what a belief lacks, where, and what to write', () => {
  const files = faults.map(([name, beliefs]) => spoilt(name.replaceAll(' ', '-'), {beliefs}));
  const unseen = spoilt('unseen', {
    beliefs: (text) => text.replace('    run: base', '    faults: [{drop: {packet: 9}}]'),
    lesson: (text) => text.replace(`, misconception: ${belief}`, ''),
  });
  const {code, stdout} = run('check', ...files, unseen, '--json');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const said = lines.map(
    ({error: {line, column, message, remedy}}) => `${line}:${column} ${message} ${remedy}`,
  );
  expect(code).toBe(1);
  for (const [index, [name, , says]] of faults.entries()) expect(said[index], name).toMatch(says);
  expect(said.at(-1)).toMatch(/^4:7 .*no question shows whether a learner believes dial-data-in-syn/);
});

test('a belief that nobody has is named where the lesson names it', () => {
  spoilt('misnamed', {lesson: (text) => text.replaceAll(belief, 'dial-data-in-sin')});
  const file = join('misnamed', 'lessons', 'first-connection.yaml');
  const named = readFileSync(join(cwd, file), 'utf8').split('\n');
  const line = named.findIndex((text) => text.includes('dial-data-in-sin'));
  const column = (named[line]?.indexOf('dial-data-in-sin') ?? 0) + 1;
  const {code, stderr} = run('check', file);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `no misconception “dial-data-in-sin” (first-connection.yaml:${line + 1}:${column})`,
  );
  expect(stderr).toContain(`did you mean ${belief}?`);
});

test('a folder is no lesson: export says which file would be one, play and show take its first', () => {
  const {code, stderr} = run('export', 'dial', '--format', 'anki');
  expect([code, stderr.split('\n')[1]]).toEqual([2, `for example: ${lessonFile}`]);
  const first = run('show', lessonFile);
  for (const command of ['play', 'show']) expect(run(command, 'dial')).toEqual(first);
  mkdirSync(join(cwd, 'bare'), {recursive: true});
  expect(run('show', 'bare')).toMatchObject({code: 2, stdout: ''});
});

test('a lesson of a pack has an id of its own, outside of one it may be a draft', () => {
  spoilt('ours', {lesson: (text) => text.replace('id: first-connection', 'id: handshake')});
  renameSync(join(cwd, 'ours/lessons/first-connection.yaml'), join(cwd, 'ours/lessons/handshake.yaml'));
  const file = join('ours', 'lessons', 'handshake.yaml');
  for (const command of [
    ['check', file],
    ['show', file],
    ['quiz', 'ours', '--json'],
  ]) {
    const {code, stderr} = run(...command);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`${loadSentences.takenId.message.en({id: 'handshake'})} (handshake.yaml:4:5)`),
    ]);
  }
  cpSync(join(cwd, lessonFile), join(cwd, 'first-connection.yaml'));
  writeFileSync(
    join(cwd, 'handshake.yaml'),
    readFileSync(join(cwd, lessonFile), 'utf8')
      .replace('id: first-connection', 'id: handshake')
      .replace(`, misconception: ${belief}`, ''),
  );
  expect(run('check', 'handshake.yaml').stderr).toBe('');
});

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20, 12);
const answered = (file: string): ProgressRecord => ({
  ...{
    id: 'one',
    atMs: nowMs - 2 * dayMs,
    kind: 'answer',
    question: 'q',
    text: 'q',
    lesson: 'first-connection',
    file,
  },
  ...{asks: 'question', topic: 'tcp', skill: 'first-connection/question', touches: [belief], wrongWays: 3},
  ...{given: 'a', right: false, means: [belief], hints: 0, askedIn: 'practice'},
});

test('review asks as long as the lesson lies there, and goes on without it', () => {
  const data = mkdtempSync(join(cwd, 'data-'));
  const review = (file: string) => {
    writeFileSync(join(data, 'progress.json'), progressText([answered(file)]));
    const env = {PACKET_TUTOR_DATA: data, PACKET_TUTOR_TEST_NOW: String(nowMs), TZ: 'UTC'};
    const [reviewed, progress] = ['review', 'progress'].map((name) => runProgram([name, '--json'], {env}));
    expect([reviewed?.code, progress?.code, reviewed?.stderr]).toEqual([0, 0, '']);
    const {misconceptions} = JSON.parse(progress?.stdout ?? '');
    expect(misconceptions.at(-1)).toMatchObject({id: belief, answers: [false]});
    return JSON.parse(reviewed?.stdout ?? '').due.map(({name}: {name: string}) => name);
  };
  expect(review(join(cwd, lessonFile))).toEqual([belief, 'first-connection/question']);
  expect(review(join(cwd, 'gone', lessonFile))).toEqual([]);
});
