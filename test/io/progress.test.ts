// The progress file in the hands of one program: kept, merged, set aside, and what is said when it cannot be kept.
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildSync} from 'esbuild';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openProgress, type Progress} from '../../source/io/progress.ts';
import {loadProgress} from '../../source/io/progress-file.ts';
import {progressText, readProgress} from '../../source/quiz/progress-format.ts';
import type {FreshRecord} from '../../source/quiz/progress-record.ts';
import {lacks, noLinux} from '../helpers/posix.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  file = join(folder, 'deep', 'progress.json');
});
afterEach(() => rmSync(folder, {recursive: true}));

const open = (at = file): Progress => openProgress(() => 1_700_000_000_000, at);
const done = (lesson: string): FreshRecord => ({kind: 'finished', lesson});
const lessonsIn = (progress: Progress): readonly string[] =>
  progress
    .records()
    .map(({lesson}) => lesson)
    .sort();
const nameIn = (at: string): readonly string[] => readdirSync(join(at, '..')).sort();

const damage = (text: string): void => {
  mkdirSync(join(file, '..'), {recursive: true});
  writeFileSync(file, text);
};

test('what is recorded is there the next time, and nothing is written before', () => {
  const first = open();
  expect(existsSync(file)).toBe(false);
  expect([first.trouble, first.record(done('handshake')), first.record(done('refused'))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(lessonsIn(open())).toEqual(['handshake', 'refused']);
  // Records of one instant stand in the order of their ids, which are drawn.
  expect(new Set(open().records())).toEqual(new Set(first.records()));
  expect(nameIn(file)).toEqual(['progress.json']);
});

test('what was cut off by a full disk is passed over, and what follows is whole', () => {
  open().record(done('handshake'));
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n{"id":"half`, {flag: 'w'});
  const later = open();
  expect(later.trouble).toBeUndefined();
  later.record(done('refused'));
  expect(lessonsIn(open())).toEqual(['handshake', 'refused']);
  expect(open().trouble).toBeUndefined();
});

test('a damaged file is set aside, its whole lines are kept, and that is told once', () => {
  open().record(done('handshake'));
  const bad = `${readFileSync(file, 'utf8')}\nscribbled over`;
  damage(bad);
  const progress = open();
  expect(progress.trouble).toEqual({code: 'damaged', file, aside: `${file}.bad`, kept: 1});
  expect(readFileSync(`${file}.bad`, 'utf8')).toBe(bad);
  progress.record(done('refused'));
  const next = open();
  expect([next.trouble, lessonsIn(next)]).toEqual([undefined, ['handshake', 'refused']]);
  damage('{"type":"progress","format":1}\nscribble');
  expect(open().trouble).toEqual({code: 'damaged', file, aside: `${file}.bad2`, kept: 0});
  expect(nameIn(file)).toEqual(['progress.json', 'progress.json.bad', 'progress.json.bad2']);
});

test('what another program adds to a file that is being set aside is carried over', () => {
  open().record(done('handshake'));
  const other = open();
  damage(`scribbled${readFileSync(file, 'utf8')}`);
  open();
  other.record(done('refused'));
  expect(lessonsIn(open())).toEqual(['handshake', 'refused']);
});

test('the file of a later version is set aside untouched, and a new one begun', () => {
  const later = '{"type":"progress","format":2}\n{"unknown":true}\n';
  damage(later);
  const progress = open();
  expect(progress.trouble).toEqual({code: 'newer', file, format: 2, aside: `${file}.v2`});
  expect(readFileSync(`${file}.v2`, 'utf8')).toBe(later);
  progress.record(done('handshake'));
  expect([open().trouble, lessonsIn(open())]).toEqual([undefined, ['handshake']]);
});

test('a place that cannot be written is told with what waits for it; the session goes on', () => {
  writeFileSync(join(folder, 'plain'), '');
  const progress = open(join(folder, 'plain', 'progress.json'));
  expect(progress.unsaved()).toBeUndefined();
  expect(progress.record(done('handshake'))).toMatchObject({code: 'unwritable'});
  expect(progress.record(done('refused'))).toMatchObject({code: 'unwritable'});
  expect(progress.unsaved()).toMatchObject({count: 2, trouble: {code: 'unwritable'}});
  expect(progress.saveUnsaved()).toMatchObject({count: 2});
  expect(lessonsIn(progress)).toEqual(['handshake', 'refused']);
});

test('at the end what could not be kept is tried once more', () => {
  const blocked = join(folder, 'home');
  writeFileSync(blocked, '');
  const progress = open(join(blocked, 'progress.json'));
  progress.record(done('handshake'));
  rmSync(blocked);
  expect(progress.saveUnsaved()).toBeUndefined();
  expect(lessonsIn(open(join(blocked, 'progress.json')))).toEqual(['handshake']);
});

test.skipIf(lacks('named pipes, /bin/sh'))(
  // Nobody waits for it, and nothing is lost in it.
  'a pipe in its place',
  () => {
    mkdirSync(join(file, '..'));
    execFileSync('mkfifo', [file]);
    const progress = open();
    expect(progress.trouble).toMatchObject({code: 'unreadable', error: {kind: 'pipe'}});
    expect(progress.record(done('handshake'))).toMatchObject({code: 'unwritable', name: 'ENXIO'});
    // Somebody reads it.
    const descriptor = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
    expect(progress.record(done('refused'))).toMatchObject({code: 'unwritable', name: 'ENXIO'});
    closeSync(descriptor);
  },
);

test('what could not be kept is kept as soon as there is room', () => {
  const blocked = join(folder, 'home');
  writeFileSync(blocked, '');
  const at = join(blocked, 'progress.json');
  const progress = open(at);
  progress.record(done('handshake'));
  rmSync(blocked);
  expect(progress.record(done('refused'))).toBeUndefined();
  expect(lessonsIn(open(at))).toEqual(['handshake', 'refused']);
});

test.skipIf(noLinux('/dev/full'))('a device behind a link is neither read nor written', () => {
  mkdirSync(join(file, '..'));
  symlinkSync('/dev/full', file);
  const progress = open();
  expect(progress.trouble).toMatchObject({code: 'unreadable'});
  expect(progress.record(done('handshake'))).toEqual({code: 'link', file});
});

const thesis = 'Chapter 1\n\nA thesis.\n';

test.each([thesis, '{"broken', '{"version": 3, "name": "thesis"}', '[]', '\0'.repeat(100)])(
  'foreign (%j): it stays as it is',
  (text) => {
    damage(text);
    const progress = open();
    const foreign = {code: 'foreign', file};
    expect([progress.trouble, progress.records()]).toEqual([foreign, []]);
    expect(progress.record(done('handshake'))).toEqual(foreign);
    expect(progress.merge([{id: 'one', atMs: 1, kind: 'finished', lesson: 'refused'}])).toEqual(foreign);
    expect(progress.unsaved()).toEqual({count: 2, trouble: foreign});
    expect(progress.reset()).toEqual(foreign);
    expect([nameIn(file), readFileSync(file, 'utf8')]).toEqual([['progress.json'], text]);
  },
);

describe.skipIf(lacks('links'))('the progress file is a link', () => {
  const real = (): string => join(folder, 'real');
  const linked = (text: string): Progress => {
    writeFileSync(real(), text);
    mkdirSync(join(file, '..'), {recursive: true});
    symlinkSync(real(), file);
    return open();
  };

  test.each([
    thesis,
    '{"type":"progress","format":2}\n',
    `${progressText([{id: 'one', atMs: 1, kind: 'finished', lesson: 'refused'}])}scribbled`,
  ])('not written through, not moved: %j', (text) => {
    const progress = linked(text);
    expect(progress.trouble).toBeDefined();
    expect(progress.record(done('handshake'))).toMatchObject({file});
    expect(progress.reset()).toMatchObject({file});
    expect([nameIn(file), readFileSync(real(), 'utf8')]).toEqual([['progress.json'], text]);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });

  test('progress is read through it, and the next answer says that it is not kept', () => {
    const text = progressText([{id: 'one', atMs: 1, kind: 'finished', lesson: 'refused'}]);
    const progress = linked(text);
    const link = {code: 'link', file};
    expect([progress.trouble, lessonsIn(progress)]).toEqual([link, ['refused']]);
    expect(progress.record(done('handshake'))).toEqual(link);
    expect(readFileSync(real(), 'utf8')).toBe(text);
  });

  test('a link that was put there in the meantime is not followed either', () => {
    const progress = open();
    linked(thesis);
    expect(progress.record(done('handshake'))).toEqual({code: 'link', file});
    expect(readFileSync(real(), 'utf8')).toBe(thesis);
  });

  test('a folder that is a link is followed', () => {
    mkdirSync(real());
    symlinkSync(real(), join(file, '..'));
    expect(open().record(done('handshake'))).toBeUndefined();
    expect(lessonsIn(open(join(real(), 'progress.json')))).toEqual(['handshake']);
  });

  test('a name that is a link to nowhere is not used for a file that is set aside', () => {
    open().record(done('handshake'));
    symlinkSync(join(folder, 'nowhere'), `${file}.bad`);
    damage(`${readFileSync(file, 'utf8')}\nscribbled`);
    expect(open().trouble).toMatchObject({aside: `${file}.bad2`});
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});

test.skipIf(lacks('rights'))('only the learner may read the folder and the file', () => {
  open().record(done('handshake'));
  expect([statSync(join(file, '..')).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('without a folder for it, progress lasts as long as the program, and the program says so', () => {
  const before = {...process.env};
  Object.assign(process.env, {HOME: '', USERPROFILE: '', XDG_DATA_HOME: 'beside', PACKET_TUTOR_DATA: ''});
  const progress = openProgress(() => 1_700_000_000_000);
  process.env = before;
  const nowhere = {code: 'nowhere'};
  expect(progress.trouble).toEqual(nowhere);
  expect(progress.record(done('handshake'))).toEqual(nowhere);
  expect([lessonsIn(progress), progress.unsaved()]).toEqual([['handshake'], {count: 1, trouble: nowhere}]);
});

// The shell's limit on the size of files cuts the last write short, as a disk does that fills up.
test.skipIf(lacks('named pipes, /bin/sh'))('a short write: told, nothing before it lost', () => {
  const script = join(folder, 'answering.cjs');
  buildSync({
    entryPoints: ['test/helpers/answering.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  mkdirSync(join(file, '..'));
  const {stdout} = spawnSync(
    '/bin/sh',
    ['-c', `ulimit -f 4; exec "$0" "$@"`, process.execPath, script, file, '40'],
    {
      encoding: 'utf8',
    },
  );
  const lines = stdout.trim().split('\n');
  const kept = lines.filter((line) => !line.startsWith('trouble'));
  expect(lines.some((line) => /^trouble unwritable (ENOSPC|EFBIG)$/.test(line))).toBe(true);
  const text = readFileSync(file, 'utf8');
  expect(text.endsWith('}')).toBe(false);
  const {trouble, ...stored} = loadProgress(file, {offsetMs: 0});
  const records = stored.records();
  expect(trouble).toBeUndefined();
  expect(records.length).toBeGreaterThan(3);
  // Those after the first failure are said to be kept by the session only.
  const before = kept.slice(
    0,
    lines.findIndex((line) => line.startsWith('trouble')),
  );
  expect(records.map(({id}) => id).sort()).toEqual(before.sort());
});

test('processes that begin the file at the same time write one header, and nothing of theirs is lost', async () => {
  const script = join(folder, 'beginning.cjs');
  buildSync({
    stdin: {
      contents: `import {openProgress} from './source/io/progress.ts';
        const [, , file, name, startMs] = process.argv;
        const progress = openProgress(() => Date.now(), file);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(startMs) - Date.now() - 5);
        while (Date.now() < Number(startMs));
        progress.record({kind: 'finished', lesson: name});`,
      resolveDir: process.cwd(),
    },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const names = ['one', 'two', 'three', 'four'];
  for (const round of [1, 2, 3]) {
    const log = join(folder, `${round}`, 'progress.json');
    // A file without a byte may be there already; the others have no folder yet.
    if (round === 1) mkdirSync(join(log, '..'));
    if (round === 1) writeFileSync(log, '');
    const startMs = String(Date.now() + 1500);
    await Promise.all(
      names.map((name) =>
        once(spawn(process.execPath, [script, log, name, startMs], {stdio: 'inherit'}), 'close'),
      ),
    );
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.map((line) => line.includes('"type":"progress"'))).toEqual([
      true,
      ...names.map(() => false),
    ]);
    expect(lessonsIn(open(log))).toEqual([...names].sort());
    expect(open(log).trouble).toBeUndefined();
  }
});

test('what a killed process left beside the file is removed at the next start', () => {
  const beside = join(file, '..', '.packet-tutor-AAAAAAAAAAAA.tmp');
  mkdirSync(join(file, '..'));
  writeFileSync(beside, 'half');
  utimesSync(beside, 1, 1);
  open();
  expect(nameIn(file)).toEqual([]);
});

test('the records of another machine are added once', () => {
  const here = open();
  here.record(done('handshake'));
  const there = open(join(folder, 'there', 'progress.json'));
  there.record(done('refused'));
  const carried = readProgress(progressText(there.records()));
  if (carried.kind !== 'read') throw new Error('unreadable');
  expect(here.merge(carried.records)).toBe(1);
  expect(here.merge(carried.records)).toBe(0);
  expect(open().merge(carried.records)).toBe(0);
  expect(lessonsIn(open())).toEqual(['handshake', 'refused']);
});

test('after a reset nothing is left, and the next answer begins anew', () => {
  const progress = open();
  progress.record(done('handshake'));
  expect(progress.reset()).toBeUndefined();
  expect(existsSync(file)).toBe(false);
  progress.record(done('refused'));
  expect(lessonsIn(open())).toEqual(['refused']);
});

test('a clock that was put back: records stay in the order of their times', () => {
  let clock = 0;
  const progress = openProgress(() => clock, file);
  for (const [lesson, at] of [
    ['a', 5000],
    ['b', 9000],
    ['c', 2000],
    ['d', 7000],
  ] as const) {
    clock = at;
    progress.record(done(lesson));
  }
  expect(progress.records().map(({lesson}) => lesson)).toEqual(['c', 'a', 'd', 'b']);
});
