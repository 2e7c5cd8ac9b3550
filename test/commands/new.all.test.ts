// `new`: what it writes passes its check and plays at once, in both languages, and nothing is ever written over.
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {alreadyThere} from '../../source/words/catalogue/new-errors.ts';
import {runProgram} from '../helpers/run-program.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'packet-tutor-new-'));
});
afterAll(() => rmSync(cwd, {recursive: true}));

const run = (...args: readonly string[]) => runProgram(args, {cwd});

test('a lesson passes its check and plays in both languages', () => {
  const made = run('new', 'my-lesson');
  expect(made).toMatchObject({
    code: 0,
    stderr: '',
    stdout: 'packet-tutor check my-lesson.yaml\npacket-tutor play my-lesson.yaml\n',
  });
  expect(run('check', 'my-lesson.yaml')).toMatchObject({code: 0, stdout: 'my-lesson.yaml: ok\n'});
  expect(run('show', 'my-lesson.yaml', '--lang', 'zh').stdout).toContain('客户端请求建立连接');
  expect(run('show', 'my-lesson.yaml', '--run', 'lost', '--lang', 'en').code).toBe(0);
});

test('its first line shows an editor where the schema is', () => {
  run('new', 'with-schema.yaml');
  const [hint = ''] = readFileSync(join(cwd, 'with-schema.yaml'), 'utf8').split('\n');
  const url = /^# yaml-language-server: \$schema=(file:.*)$/.exec(hint)?.[1] ?? '';
  const schema: {readonly title?: string} = JSON.parse(readFileSync(new URL(url), 'utf8'));
  expect(schema.title).toBe('packet-tutor lesson');
});

test('a pack is a folder with its own test', () => {
  expect(run('new', '--pack', 'my-pack').code).toBe(0);
  const pack: {readonly scripts: {readonly test: string}} = JSON.parse(
    readFileSync(join(cwd, 'my-pack/package.json'), 'utf8'),
  );
  expect(pack.scripts.test).toBe('packet-tutor check lessons/*.yaml');
  expect(readFileSync(join(cwd, 'my-pack/README.md'), 'utf8')).toMatch(/^# my-pack\n/);
  expect(run('check', 'my-pack/lessons/first-connection.yaml').code).toBe(0);
  expect(runProgram(['new', 'lessons/another'], {cwd: join(cwd, 'my-pack')}).code).toBe(0);
  expect(run('check', 'my-pack/lessons/another.yaml').code).toBe(0);
});

test.each([
  ['dns', 'dns'],
  ['elsewhere', 'tcp-open'],
])('the folder %s: track %s', (folder, track) => {
  mkdirSync(join(cwd, folder));
  expect(run('new', `${folder}/placed`).code).toBe(0);
  expect(readFileSync(join(cwd, folder, 'placed.yaml'), 'utf8')).toContain(`\ntrack: ${track}\n`);
  expect(run('check', `${folder}/placed.yaml`).code).toBe(0);
});

test('nothing is written over', () => {
  writeFileSync(join(cwd, 'mine.yaml'), 'mine');
  mkdirSync(join(cwd, 'folder'));
  const refused = run('new', 'mine');
  expect(refused).toMatchObject({code: 2, stdout: ''});
  expect(refused.stderr).toBe(
    `packet-tutor: ${alreadyThere.what.en({file: 'mine.yaml'})}\n${alreadyThere.remedy.en}\n`,
  );
  expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('mine');
  expect(run('new', 'folder', '--pack')).toMatchObject({code: 2});
  expect(existsSync(join(cwd, 'folder/package.json'))).toBe(false);
});

test.each([
  [
    ['new', 'My_Lesson'],
    2,
    /“My_Lesson” cannot be a name\nuse lower-case letters, digits and -, such as my-lesson/,
  ],
  [['new', '--pack', 'a b'], 2, /“a b” cannot be a name/],
  [
    ['new', 'mine.yaml/below'],
    2,
    /cannot write mine\.yaml\/below\.yaml\b.* \(E\w+\)\nname another file or folder/,
  ],
  [['new'], 2, /new needs NAME/],
] as const)('%s', (args, code, says) => {
  const ran = run(...args);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr.split('\n')).toHaveLength(3);
});

test('a challenge passes its check and can be played', () => {
  expect(run('new', '--challenge', 'lose-it')).toMatchObject({
    code: 0,
    stdout: 'packet-tutor check lose-it.yaml\npacket-tutor challenge lose-it.yaml\n',
  });
  expect(run('check', 'lose-it.yaml')).toMatchObject({code: 0, stdout: 'lose-it.yaml: ok\n'});
  expect(run('challenge', 'lose-it.yaml').code).toBe(1);
});
