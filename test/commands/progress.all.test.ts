// `progress` and `review` as commands: empty, carried to another computer, reset, and with files that cannot be used.
import {spawnSync} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lessonData} from '../../source/io/lessons.ts';
import {mythAndFact} from '../../source/lesson/belief.ts';
import {progressText, readProgress} from '../../source/quiz/progress-format.ts';
import type {ProgressRecord} from '../../source/quiz/progress-record.ts';
import {importNotSaved} from '../../source/words/catalogue/progress.ts';
import {progressTroubles} from '../../source/words/catalogue/progress-file.ts';
import {lacks, noMounts} from '../helpers/posix.ts';
import {type Ran, runProgram} from '../helpers/run-program.ts';
import {program} from '../helpers/terminal.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'packet-tutor-data-'));
});
afterEach(() => rmSync(data, {recursive: true}));

const nowMs = Date.UTC(2026, 10, 20, 12);
const run = (args: readonly string[], folder = data): Ran =>
  runProgram(args, {env: {PACKET_TUTOR_DATA: folder, PACKET_TUTOR_TEST_NOW: String(nowMs), TZ: 'UTC'}});

const file = (): string => join(data, 'progress.json');
const wrong = (id: string): ProgressRecord => ({
  ...{id, atMs: nowMs - 2 * 86_400_000, kind: 'answer', question: id, text: id, lesson: 'handshake'},
  ...{asks: 'next-ack', topic: 'tcp', skill: 'handshake/next-ack', touches: ['every-packet-plus-one']},
  ...{
    wrongWays: 3,
    given: 'a',
    right: false,
    means: ['every-packet-plus-one'],
    hints: 0,
    askedIn: 'practice',
  },
});
const records: readonly ProgressRecord[] = [
  wrong('one'),
  wrong('two'),
  {id: 'three', atMs: nowMs, kind: 'finished', lesson: 'handshake'},
];

test('without records both say how to begin, in both languages, and write nothing', () => {
  for (const command of ['progress', 'review']) {
    for (const language of ['en', 'zh'])
      expect(run([command, '--lang', language]).stdout).toContain('packet-tutor play first-packet');
  }
  expect(readdirSync(data)).toEqual([]);
});

test('what was answered stands in progress, review and list', () => {
  writeFileSync(file(), progressText(records));
  const told = run(['progress', '--lang', 'en']).stdout;
  const known = lessonData().misconceptions.find(({id}) => id === 'every-packet-plus-one');
  const [myth = ''] = known === undefined ? [] : mythAndFact(known, 'en');
  expect(told).toContain(myth);
  expect(told).toMatch(/✗✗ +weak .*today/);
  const progress = JSON.parse(run(['progress', '--json']).stdout);
  expect(progress).toMatchObject({answers: 2, right: 0, lessons: {handshake: {finished: true, answers: 2}}});
  expect(progress.misconceptions).toContainEqual(
    expect.objectContaining({id: 'every-packet-plus-one', level: 'weak', answers: [false, false]}),
  );
  expect(progress.misconceptions).toContainEqual(
    expect.objectContaining({id: 'flags-stick', level: 'unseen'}),
  );
  const {due} = JSON.parse(run(['review', '--json']).stdout);
  expect(due.map(({name}: {name: string}) => name)).toEqual(['every-packet-plus-one', 'handshake/next-ack']);
  const listed = JSON.parse(run(['list', '--json']).stdout);
  const handshake = listed.find(({id}: {id: string}) => id === 'handshake');
  expect(handshake.progress).toEqual({finished: true, answers: 2, right: 0});
  expect(run(['list']).stdout).toContain('✓ handshake');
});

test('records go to another computer once', () => {
  writeFileSync(file(), progressText(records));
  const carried = join(data, 'carried.json');
  const other = join(data, 'other');
  expect(run(['progress', '--export', carried])).toMatchObject({
    code: 0,
    stdout: `3 records written to ${carried}\n`,
  });
  expect(run(['progress', '--import', carried], other).stdout).toBe('3 records added\n');
  expect(run(['progress', '--import', carried], other).stdout).toBe('0 records added\n');
  expect(run(['progress', '--json'], other).stdout).toBe(run(['progress', '--json']).stdout);
  writeFileSync(carried, 'no progress');
  expect(run(['progress', '--import', carried])).toMatchObject({code: 2});
  expect(run(['progress', '--import', join(data, 'nothing')])).toMatchObject({code: 2});
});

test('a reset needs a terminal to ask in, or --yes', () => {
  writeFileSync(file(), progressText(records));
  expect(run(['progress', '--reset'])).toMatchObject({code: 2});
  expect(readFileSync(file(), 'utf8')).toBe(progressText(records));
  expect(run(['progress', '--reset', '--yes'])).toMatchObject({code: 0, stdout: 'progress is empty again\n'});
  expect(existsSync(file())).toBe(false);
});

test('a damaged file is set aside, reported, and no obstacle', () => {
  const broken = `${progressText([])}{"broken`;
  writeFileSync(file(), broken);
  const {code, stderr} = run(['progress']);
  expect(code).toBe(0);
  expect(stderr).toContain(`${file()} was damaged: kept as ${file()}.bad`);
  expect(readFileSync(`${file()}.bad`, 'utf8')).toBe(broken);
  expect(run(['progress']).stderr).toBe('');
});

const thesis = 'Chapter 1\n\nA thesis.\n';

test('another program’s file in the place of the progress is neither changed nor moved, and commands about progress fail', () => {
  const target = join(data, 'thesis.txt');
  writeFileSync(target, thesis);
  const carried = join(data, 'carried.json');
  writeFileSync(carried, progressText(records));
  for (const put of [() => writeFileSync(file(), thesis), () => symlinkSync(target, file())]) {
    put();
    for (const args of [
      ['progress'],
      ['progress', '--json'],
      ['progress', '--import', carried],
      ['progress', '--export', join(data, 'out')],
      ['progress', '--reset', '--yes'],
      ['review'],
      ['review', '--json'],
    ])
      expect(run(args)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^packet-tutor: \S+progress\.json was not written by packet-tutor\n.+\n$/,
        ),
      });
    // The lessons can still be listed.
    const listed = run(['list', '--lang', 'zh']);
    expect([listed.code, listed.stderr.includes('不是 packet-tutor 写的文件')]).toEqual([0, true]);
    expect([readFileSync(file(), 'utf8'), readFileSync(target, 'utf8')]).toEqual([thesis, thesis]);
    expect(readdirSync(data).sort()).toEqual(['carried.json', 'progress.json', 'thesis.txt']);
    rmSync(file());
  }
});

test.skipIf(lacks('HOME, XDG'))('without a home nothing is kept, not even in the current directory', () => {
  const carried = join(data, 'carried.json');
  writeFileSync(carried, progressText(records));
  const lost = {
    HOME: '',
    XDG_DATA_HOME: 'share',
    XDG_CONFIG_HOME: 'config',
    XDG_CACHE_HOME: join(data, 'cache'),
  };
  const {code, stderr} = runProgram(['progress', '--import', carried], {cwd: data, env: lost});
  expect([code, stderr.match(/nothing can be saved/g)]).toEqual([2, ['nothing can be saved']]);
  const listed = runProgram(['list'], {cwd: data, env: lost});
  expect([listed.code, listed.stderr.match(/nothing can be saved/g)]).toEqual([0, ['nothing can be saved']]);
  const home = {...lost, HOME: join(data, 'home')};
  expect(runProgram(['progress', '--import', carried], {cwd: data, env: home}).code).toBe(0);
  expect(existsSync(join(data, 'home/.local/share/packet-tutor/progress.json'))).toBe(true);
  expect(
    readdirSync(data)
      .filter((name) => name !== 'cache')
      .sort(),
  ).toEqual(['carried.json', 'home']);
});

test('a newer file is set aside, reported, and no obstacle', () => {
  writeFileSync(file(), '{"type":"progress","format":9}\n');
  const {code, stderr} = run(['review', '--lang', 'zh']);
  expect(code).toBe(0);
  expect(stderr).toContain(`原样存为 ${file()}.v9`);
  expect(readFileSync(`${file()}.v9`, 'utf8')).toContain('"format":9');
});

test('a folder that cannot be written is said, and the import fails', () => {
  const blocked = join(data, 'plain');
  writeFileSync(blocked, '');
  const carried = join(data, 'carried.json');
  writeFileSync(carried, progressText(records));
  expect(run(['progress'], blocked)).toMatchObject({code: 0});
  const {code, stderr} = run(['progress', '--import', carried], join(blocked, 'deeper'));
  expect(code).toBe(2);
  expect(stderr).toContain(progressTroubles.unwritable.what.en({file: join(blocked, 'deeper'), reason: ''}));
  expect(stderr).toContain(importNotSaved.remedy.en({full: false}));
  mkdirSync(join(data, 'fine'));
  expect(run(['progress', '--import', carried], join(data, 'fine')).code).toBe(0);
});

const many = Array.from({length: 2000}, (_, n): ProgressRecord => ({...wrong(`many-${n}`), atMs: nowMs - n}));

test.skipIf(noMounts())(
  'an import onto a full disk fails, and after room is made, a second one adds the rest',
  () => {
    const [disk, carried] = [join(data, 'disk'), join(data, 'carried.json')];
    mkdirSync(disk);
    writeFileSync(carried, progressText(many));
    const script = `
    mount -t tmpfs -o size=64k tmpfs "$2" || exit 99
    for size in 64k 64k 8m 8m; do
      mount -o remount,size=$size "$2"
      "$0" "$1" progress --import "$3"; echo "exit $?"
    done
    cp "$2"/progress.json "$3"`;
    const {stdout, stderr} = spawnSync(
      'unshare',
      ['-r', '-m', '/bin/sh', '-c', script, process.execPath, program, disk, carried],
      {
        encoding: 'utf8',
        env: {...process.env, PACKET_TUTOR_DATA: disk, PACKET_TUTOR_LANG: 'en', XDG_CACHE_HOME: data},
      },
    );
    expect(stdout.match(/exit \d/g)).toEqual(['exit 2', 'exit 2', 'exit 0', 'exit 0']);
    expect(stdout).toContain('0 records added\n');
    const said = importNotSaved.remedy.en({full: true});
    expect(stderr.split('\n').filter((line) => line === said)).toEqual([said, said]);
    expect(stderr).toContain('ENOSPC');
    const kept = readProgress(readFileSync(carried, 'utf8'));
    expect(kept).toMatchObject({kind: 'read', damaged: 0});
    expect(new Set(kept.kind === 'read' ? kept.records.map(({id}) => id) : [])).toEqual(
      new Set(many.map(({id}) => id)),
    );
  },
);

test.skipIf(lacks('limits on the size of files'))(
  'so does one whose file would be larger than allowed',
  () => {
    const carried = join(data, 'carried.json');
    writeFileSync(carried, progressText(many));
    const {status, stderr} = spawnSync(
      '/bin/sh',
      ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, program, 'progress', '--import', carried],
      {
        encoding: 'utf8',
        env: {...process.env, PACKET_TUTOR_DATA: data, PACKET_TUTOR_LANG: 'en', XDG_CACHE_HOME: data},
      },
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining(importNotSaved.remedy.en({full: true}))]);
    expect(run(['progress', '--import', carried]).code).toBe(0);
    const kept = readProgress(readFileSync(file(), 'utf8'));
    expect(kept).toMatchObject({kind: 'read', damaged: 0});
    expect(kept.kind === 'read' && kept.records.length).toBe(many.length);
  },
);
