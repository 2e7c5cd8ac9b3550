// What every command prints with `--json`, over all lessons and captures, beside the tables of docs/reference.md: nothing is missing there, and
// nothing stands there that no command prints.
import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {allLessons} from '../helpers/all-runs.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder, todayFiles} from '../wire/captures.ts';
import {type Listed, listedIn, membersOf, namesIn, rowsOf, unlisted} from './reference-page.ts';
import {lineMembers, unlistedLines} from './shown-lines.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));

const fixtures = (folder: string): readonly string[] =>
  readdirSync(join(root, 'test/fixtures', folder))
    .filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name))
    .map((name) => join(root, 'test/fixtures', folder, name));

const captures = [...fixtures('captures'), ...todayFiles.values(), ...fixtures('captures-made')];

const outputOf = (...args: readonly string[]): string => runProgram([...args, '--json']).stdout;

/** Returns what a capture has with the key log beside it. */
const withKeys = (command: string, file: string): string => {
  const keys = file.replace(/\.pcap(ng)?(\.gz)?$/, '.keys');
  return outputOf(command, file, ...(existsSync(keys) ? ['--keylog', keys] : []));
};

/** Returns each listed member that none of these values has. */
const neverPrinted = (listed: Listed, printed: ReadonlySet<string>): readonly string[] =>
  [...listed].flatMap(([place, names]) =>
    [...names].map((name) => `${place}.${name}`).filter((name) => !printed.has(name)),
  );

const placed = (value: unknown): readonly string[] =>
  [...membersOf(value)].map(([place, name]) => `${place}.${name}`);

test('inspect', () => {
  const listed = listedIn('`inspect --json`');
  const printed = new Set<string>();
  for (const file of captures) {
    const output = withKeys('inspect', file);
    if (output === '') continue;
    const inspected: unknown = JSON.parse(output);
    expect(unlisted(inspected, listed), file).toEqual([]);
    for (const name of placed(inspected)) printed.add(name);
  }
  // A record has only the parts of its type, and each list of records has the same row; no capture here asks for a part of a content.
  const ofRecords = /^dns\[\]\.(answers|authority|additional)\[\]\./;
  const rare = new Set(['range', 'contentRange', 'ifMatch', 'ifModifiedSince', 'ifRange']);
  const ofHttp3 = /^http3\[\]\.streams\[\]\./;
  const missing = neverPrinted(listed, printed).filter(
    (name) => !ofRecords.test(name) && !ofHttp3.test(name) && !rare.has(name.replace('http[].', '')),
  );
  expect(missing).toEqual([]);
}, 900_000);

test('show', () => {
  const printed = new Set<string>();
  const sources = [
    ...allLessons().map(({id}) => [id]),
    ['handshake', '--fault', 'edit:tcp.window_size_value=1@packet=2'],
    ['why-three', '--run', 'two-way'],
    ...captures.filter((_, index) => index % 8 === 0).map((file) => [file]),
  ];
  for (const args of sources) {
    const output = outputOf('show', ...args);
    expect(unlistedLines(output), args.join(' ')).toEqual([]);
    for (const [row, name] of lineMembers(output))
      for (const place of [row, '']) printed.add(`${place}.${name}`);
  }
  const listed = listedIn('`show --json`', '| line | members |');
  expect(neverPrinted(listed, printed)).toEqual([]);
}, 900_000);

test('quiz', () => {
  const asked: unknown[] = JSON.parse(outputOf('quiz', '--seed', '1', '--count', '60'));
  const capture = join(captureFolder, '14a-http10-close-per-request.pcap');
  const ofCapture: unknown[] = JSON.parse(outputOf('quiz', '--source', capture, '--connection', '1'));
  const listed = listedIn('`quiz --json`');
  expect(unlisted([...asked, ...ofCapture], listed)).toEqual([]);
  const printed = new Set([...asked, ...ofCapture].flatMap(placed));
  expect(neverPrinted(listed, printed).filter((name) => name !== 'wrongAnswers[].belief')).toEqual([]);
}, 60_000);

test('explain', () => {
  const capture = join(captureFolder, '06c-refused-three-ports.pcap');
  const rows = rowsOf('`explain --json`', '| with | members |');
  for (const [option = '', members = ''] of rows) {
    const output = outputOf('explain', capture, namesIn(option)[0] ?? '', '1');
    expect(Object.keys(JSON.parse(output)).toSorted()).toEqual(namesIn(members).toSorted());
  }
});

const others = rowsOf('The other commands with `--json`', '| command | in | members |');

/** Returns what is listed of one command. */
const listedOf = (command: string): Listed =>
  new Map(
    others
      .filter(([first = '']) => namesIn(first)[0] === command)
      .map(([, place = '', members = '']) => [namesIn(place)[0] ?? '', new Set(namesIn(members))] as const),
  );

test.each([
  ['list', []],
  ['progress', []],
  ['review', []],
  ['words', []],
  ['interview', []],
])('%s', (command, args) => {
  expect(listedOf(command).size).toBeGreaterThan(0);
  expect(unlisted(JSON.parse(outputOf(command, ...args)), listedOf(command))).toEqual([]);
});

test('check, also of what fails', () => {
  writeFileSync(join(home, 'wrong.yaml'), 'format: 2\n');
  writeFileSync(join(home, 'wrong.pkt'), '0 nothing\n');
  const lesson = join(root, 'lessons/foundations/handshake.yaml');
  const lines = outputOf('check', lesson, join(home, 'wrong.yaml'), join(home, 'wrong.pkt')).split('\n');
  const printed: readonly unknown[] = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  expect(printed).toHaveLength(3);
  expect(unlisted(printed, listedOf('check'))).toEqual([]);
});

test('quiz: a report and a class', () => {
  const answers = join(home, 'answers.json');
  writeFileSync(answers, '{"answers": {}}');
  const sheet = ['quiz', 'handshake', '--seed', '7', '--count', '3', '--answers', answers];
  const report: unknown = JSON.parse(runProgram([...sheet, '--report', 'json']).stdout);
  expect(unlisted(report, listedOf('quiz --report json'))).toEqual([]);
  runProgram([...sheet, '--name', 'Ann', '--save', join(home, 'class', 'ann.json')]);
  runProgram([...sheet, '--name', 'Ann', '--save', join(home, 'ann.json')]);
  const graded: unknown = JSON.parse(outputOf('quiz', '--grade', home));
  expect(placed(graded)).toContain('people[].name');
  expect(unlisted(graded, listedOf('quiz --grade'))).toEqual([]);
});
