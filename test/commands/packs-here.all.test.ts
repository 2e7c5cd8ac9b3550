// Packs that nobody names: those at hand and those that were put away, through the program.
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {noPackOfCode} from '../../source/words/catalogue/errors.ts';
import {runProgram} from '../helpers/run-program.ts';

const cwd = mkdtempSync(join(tmpdir(), 'packet-tutor-here-'));
afterAll(() => rmSync(cwd, {recursive: true}));

const data = join(cwd, 'data');
const env = {PACKET_TUTOR_DATA: data};
const run = (args: readonly string[], place = cwd) =>
  runProgram([...args, '--lang', 'en'], {cwd: place, env});

const completed = (...typed: readonly string[]): readonly string[] =>
  runProgram(['--get-yargs-completions', 'packet-tutor', ...typed], {cwd: empty, env})
    .stdout.trim()
    .split('\n');

const empty = join(cwd, 'empty');
mkdirSync(empty);
run(['new', '--pack', 'dial']);

type Change = (text: string) => string;

const change = (file: string, by: Change): void => {
  const before = readFileSync(file, 'utf8');
  expect(by(before), file).not.toBe(before);
  writeFileSync(file, by(before));
};

/** A pack like dial, where packs are put away, with its lesson and its belief under other names. */
const putAway = (folder: string, lesson: string, name = folder): string => {
  const place = join(data, 'packs', folder);
  cpSync(join(cwd, 'dial'), place, {recursive: true});
  const [from, to] = ['first-connection', lesson].map((id) => join(place, 'lessons', `${id}.yaml`));
  cpSync(from ?? '', to ?? '');
  if (from !== to) rmSync(from ?? '');
  for (const file of [to ?? '', join(place, 'lessons', 'misconceptions.yaml')])
    change(
      file,
      (text) => `${text.replaceAll('first-connection', lesson).replaceAll('dial-', `${lesson}-`)}\n`,
    );
  change(join(place, 'package.json'), (text) => text.replace('"dial"', JSON.stringify(name)));
  return place;
};

const listed = (place?: string): readonly {readonly id: string; readonly pack?: string}[] =>
  JSON.parse(run(['list', '--json'], place).stdout);
const ofPacks = (place?: string) =>
  listed(place).flatMap(({id, pack}) => (pack === undefined ? [] : [`${pack}: ${id}`]));

test('one at hand is listed, from beside it and from inside', () => {
  expect(ofPacks()).toEqual(['dial: first-connection']);
  expect(ofPacks(join(cwd, 'dial'))).toEqual(['dial: first-connection']);
  expect(ofPacks(join(cwd, 'dial', 'lessons'))).toEqual(['dial: first-connection']);
  expect(ofPacks(empty)).toEqual([]);
  expect(run(['list', 'dial']).stdout).toBe('dial\n  first-connection    5 min  A first connection\n');
  expect(run(['list', 'dail'])).toMatchObject({code: 2, stdout: ''});
});

test('one that was put away is there from everywhere: by its lesson’s id, by its name', () => {
  const place = putAway('kurs', 'second-call');
  expect(ofPacks(empty)).toEqual(['kurs: second-call']);
  const shown = run(['show', 'second-call'], empty);
  expect(shown).toMatchObject({code: 0, stderr: ''});
  expect(run(['show', 'kurs'], empty)).toEqual(shown);
  expect(run(['play', join(place, 'lessons', 'second-call.yaml')], empty)).toEqual(shown);
  for (const name of ['kurs', 'second-call']) {
    const sheet = JSON.parse(run(['quiz', name, '--json', '--count', '6', '--seed', '3'], empty).stdout);
    expect(sheet.map(({lesson}: {lesson: string}) => lesson)).toEqual(Array(6).fill('second-call'));
  }
  expect(run(['play', 'secnd-call'], empty).stderr).toContain('did you mean second-call?');
  expect(run(['quiz', 'kusr', '--json'], empty).stderr).toContain('did you mean kurs?');
  expect(completed('play', 'sec')).toEqual(['second-call']);
  expect(completed('list', '')).toEqual(['kurs']);
});

test('its replay code goes by the pack: anywhere, and in another folder; without it the pack is named', () => {
  const first = run(['show', 'second-call', '--json', '--drop', '1'], empty);
  const code = /"code":"(pt1-[\w-]+)"/.exec(first.stdout)?.[1] ?? '';
  expect(Buffer.from(code.slice(4), 'base64url').toString()).not.toContain(data);
  expect(run(['show', code, '--json'], cwd)).toEqual(first);
  const elsewhere = join(cwd, 'elsewhere', 'renamed');
  cpSync(join(data, 'packs', 'kurs'), elsewhere, {recursive: true});
  const other = (place: string) =>
    runProgram(['show', code, '--json', '--lang', 'en'], {
      cwd: place,
      env: {PACKET_TUTOR_DATA: join(cwd, 'none')},
    });
  expect(other(elsewhere).stdout.split('\n').at(-2)).toBe(first.stdout.split('\n').at(-2));
  const lacking = other(empty);
  expect([lacking.code, lacking.stderr.split('\n')]).toEqual([
    2,
    [
      `packet-tutor: ${noPackOfCode.what.en({name: 'second-call.yaml', pack: 'kurs'})}`,
      noPackOfCode.remedy.en({folder: join(cwd, 'none', 'packs')}),
      '',
    ],
  ]);
  // The same file name in another pack is not the lesson that the code means.
  const foreign = join(cwd, 'foreign');
  cpSync(elsewhere, join(foreign, 'third'), {recursive: true});
  change(join(foreign, 'third', 'package.json'), (text) => text.replace('kurs', 'third'));
  change(join(foreign, 'third', 'lessons', 'second-call.yaml'), (text) =>
    text.replace('port: 80', 'port: 81').replace(':80', ':81'),
  );
  expect(other(foreign).stderr).toBe(lacking.stderr);
});

test('a lesson with faults costs itself only; it is told with place and remedy', () => {
  const place = putAway('broken', 'third-call');
  cpSync(join(place, 'lessons', 'third-call.yaml'), join(place, 'lessons', 'fourth-call.yaml'));
  change(join(place, 'lessons', 'fourth-call.yaml'), (text) =>
    text.replace('id: third-call', 'id: fourth-call').replace('track: tcp-open', 'track: tcp-opened'),
  );
  const {code, stdout, stderr} = run(['list'], empty);
  expect(code).toBe(0);
  for (const id of ['handshake', 'second-call', 'third-call']) expect(stdout).toContain(`  ${id} `);
  const line =
    1 +
    readFileSync(join(place, 'lessons', 'fourth-call.yaml'), 'utf8')
      .split('\n')
      .findIndex((each) => each.startsWith('track:'));
  expect(stderr.split('\n')[0]).toContain(`(fourth-call.yaml:${line}:8)`);
  expect(stderr.split('\n')[1]).toContain('did you mean tcp-open?');
  const opened = run(['play', 'fourth-call'], empty);
  expect([opened.code, opened.stderr]).toEqual([1, stderr]);
  rmSync(place, {recursive: true});
});

test('of two packs with one lesson’s id the first keeps it; of two with one name the first is there', () => {
  const place = putAway('later', 'second-call');
  const twice = run(['list'], empty);
  expect(twice.stdout).not.toContain('later');
  expect(twice.stderr).toMatch(
    /another pack has a lesson second-call, too: .*kurs.* \(second-call\.yaml:4:5\)\n.*choose another id/,
  );
  change(join(place, 'package.json'), (text) => text.replace('"later"', '"kurs"'));
  const {stderr} = run(['list'], empty);
  expect(stderr).toMatch(
    /two packs are called kurs: .*kurs and .*later; only the first one is used\n.*rename one/,
  );
  expect(ofPacks(empty)).toEqual(['kurs: second-call']);
  rmSync(place, {recursive: true});
});

test('an id of ours is refused there, too', () => {
  const place = putAway('ours', 'handshake');
  expect(run(['list', 'ours'], empty).stderr).toMatch(/packet-tutor already has a lesson handshake .*:4:5/);
  rmSync(place, {recursive: true});
});

test('names are any Unicode, and harmless; one language is enough', () => {
  const name = '网络课 \u001b[31m\u202e🦊';
  const place = putAway('xyz', 'ein-anruf', name);
  change(join(place, 'lessons', 'ein-anruf.yaml'), (text) =>
    text.replace('{en: A first connection, zh: 第一次连接}', '{de: "Ein \\u001b]0;Anruf\\u0007"}'),
  );
  for (const language of ['en', 'zh']) {
    const {stdout, stderr} = run(['list', '--lang', language], empty);
    expect(stderr).toBe('');
    expect(stdout).toContain('网络课 ␛[31m·🦊\n');
    expect(stdout).toMatch(/ein-anruf +5 min {2}Ein ␛\]0;Anruf␇\n/);
  }
  expect(ofPacks(empty)).toContain(`${name}: ein-anruf`);
  expect(run(['show', name], empty).code).toBe(0);
  // A shell would obey it.
  expect(completed('list', '')).toEqual(['kurs']);
  rmSync(place, {recursive: true});
});
