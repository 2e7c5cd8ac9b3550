// Replay codes through the program: of lessons of one's own and of packs, from elsewhere, after edits, and of other machines.
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {machineVersion} from '../../source/sim/identity.ts';
import {noPackOfCode} from '../../source/words/catalogue/errors.ts';
import {runProgram} from '../helpers/run-program.ts';

const cwd = mkdtempSync(join(tmpdir(), 'packet-tutor-codes-'));
afterAll(() => rmSync(cwd, {recursive: true}));

const run = (args: readonly string[], place = cwd) => runProgram([...args, '--lang', 'en'], {cwd: place});

run(['new', '--pack', 'dial']);
const file = join('dial', 'lessons', 'first-connection.yaml');
const shown = (source: string, place?: string) => run(['show', source, '--json', '--drop', '1'], place);
const codeIn = ({stdout}: {readonly stdout: string}): string =>
  /"code":"(pt1-[\w-]+)"/.exec(stdout)?.[1] ?? '';

const first = shown(file);
const code = codeIn(first);

/** Another folder with the pack in it, changed. */
const elsewhere = (
  name: string,
  place: string,
  change: (text: string) => string = (text) => text,
): string => {
  const folder = join(cwd, name);
  cpSync(join(cwd, 'dial'), join(folder, place), {recursive: true});
  const lesson = join(folder, place, 'lessons', 'first-connection.yaml');
  const before = readFileSync(lesson, 'utf8');
  writeFileSync(lesson, change(before));
  return folder;
};

const again = (place?: string) => run(['show', code, '--json'], place);

describe('a lesson of a pack', () => {
  test('its code gives the run again', () => {
    expect(code).not.toBe('');
    expect(again()).toMatchObject({code: 0, stdout: first.stdout});
  });

  test.each([
    ['in another folder', 'other'],
    ['in its own', '.'],
  ])('wherever the pack lies: %s', (_, place) => {
    const there = again(elsewhere(`lies-${place === '.' ? 'here' : place}`, place));
    expect([there.code, there.stderr]).toEqual([0, '']);
    expect(there.stdout.split('\n').at(-2)).toBe(first.stdout.split('\n').at(-2));
  });

  test('where it does not lie the pack is named', () => {
    mkdirSync(join(cwd, 'empty'), {recursive: true});
    const {code: exit, stderr} = again(join(cwd, 'empty'));
    expect([exit, stderr.split('\n')[0]]).toEqual([
      2,
      `packet-tutor: ${noPackOfCode.what.en({name: 'first-connection.yaml', pack: 'dial'})}`,
    ]);
    const zh = runProgram(['show', code, '--lang', 'zh'], {cwd: join(cwd, 'empty')});
    expect(zh.stderr).toContain('课程包 dial 里的 first-connection.yaml');
  });

  test('a comment and another title keep it', () => {
    const folder = elsewhere('commented', '.', (text) =>
      text
        .replace(/^title:.*$/m, '# by hand\ntitle: {en: Otherwise, zh: 别的}')
        .replace(/^minutes: \d+$/m, 'minutes: 9'),
    );
    expect(again(folder)).toMatchObject({code: 0, stderr: ''});
  });

  test('another cause does not', () => {
    const folder = elsewhere('caused', '.', (text) =>
      text.replace('port: 80', 'port: 81').replace(':80', ':81'),
    );
    const {code: exit, stderr} = again(folder);
    expect([exit, stderr.split('\n')[0]]).toEqual([
      2,
      expect.stringMatching(
        /^packet-tutor: the replay code was made with another version of .*first-connection\.yaml/,
      ),
    ]);
  });
});

describe('of other machines', () => {
  const made = (parts: readonly unknown[]): string =>
    `pt1-${Buffer.from(JSON.stringify(parts)).toString('base64url')}`;
  const ours = JSON.parse(Buffer.from(code.slice(4), 'base64url').toString()) as readonly unknown[];

  test('the code names its own', () => expect(ours[0]).toBe(machineVersion));

  test.each([
    [
      'before there were versions',
      made(['handshake', 'a5c4348b975d', 1, 'linux', 'base', []]),
      1,
      'an earlier',
      '较早',
    ],
    ['later', made(ours.with(0, machineVersion + 1)), machineVersion + 1, 'a later', '较新'],
  ])('%s', (_, other, machine, en, zh) => {
    for (const command of ['show', 'play']) {
      const {code: exit, stdout, stderr} = run([command, other]);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        new RegExp(
          `${en} version of the program made this replay code \\(machine ${machine}, this is machine ${machineVersion}\\).*\n.+`,
        ),
      );
    }
    const told = runProgram(['show', other, '--lang', 'zh'], {cwd}).stderr;
    expect(told).toContain(`由${zh}版本的程序生成（模拟器第 ${machine} 版，当前为第 ${machineVersion} 版）`);
  });
});
