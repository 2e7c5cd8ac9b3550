// Files that are written: the old one stays until all of the new one is there, what it was made from is never written over, and what is
// no file is written straight.
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
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
import {createFile, createFiles, replaceFile, setAside, writeNew} from '../../source/io/file-writing.ts';
import {lacks, noLinux, noMounts} from '../helpers/posix.ts';
import {some} from '../helpers/seeds.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
const done = {ok: true, value: undefined};
const isWindows = lacks('links and rights, named pipes, devices, /bin/sh');

test('a new file, and one in the place of another; nothing else stays', () => {
  expect(replaceFile(at('a'), 'one')).toEqual(done);
  expect(replaceFile(at('a'), 'two')).toEqual(done);
  expect([text('a'), readdirSync(folder)]).toEqual(['two', ['a']]);
  expect(replaceFile(at('a'), 'three', {keepAs: at('b')})).toEqual(done);
  expect([text('a'), text('b')]).toEqual(['three', 'two']);
});

test('a name as long as the system takes', () => {
  const name = 'n'.repeat(255);
  expect(replaceFile(at(name), 'one')).toEqual(done);
  expect(replaceFile(at(name), 'two')).toEqual(done);
  expect(text(name)).toBe('two');
});

test.skipIf(isWindows)('what the content was made from is never written over, whatever its name', () => {
  writeFileSync(at('source'), 'precious');
  linkSync(at('source'), at('hard'));
  symlinkSync(at('source'), at('soft'));
  for (const name of ['source', 'hard', 'soft'])
    expect(replaceFile(at(name), 'x', {from: [at('gone'), at('source')]})).toEqual({
      ok: false,
      error: {code: 'input'},
    });
  expect(text('source')).toBe('precious');
});

test.skipIf(isWindows)('links stay links, and a file keeps its rights', () => {
  writeFileSync(at('file'), 'one');
  chmodSync(at('file'), 0o640);
  symlinkSync('file', at('link'));
  symlinkSync('link', at('linked'));
  expect(replaceFile(at('linked'), 'two')).toEqual(done);
  expect([lstatSync(at('linked')).isSymbolicLink(), lstatSync(at('link')).isSymbolicLink()]).toEqual([
    true,
    true,
  ]);
  expect([text('file'), statSync(at('file')).mode & 0o777]).toEqual(['two', 0o640]);
  symlinkSync('not-yet', at('dangling'));
  expect(replaceFile(at('dangling'), 'new')).toEqual(done);
  expect([text('not-yet'), lstatSync(at('dangling')).isSymbolicLink()]).toEqual(['new', true]);
  symlinkSync('round', at('round'));
  expect(replaceFile(at('round'), 'x')).toEqual({ok: false, error: {code: 'system', name: 'ELOOP'}});
});

test('a folder is no file', () => {
  mkdirSync(at('folder'));
  expect(replaceFile(at('folder'), 'x')).toEqual({ok: false, error: {code: 'kind', kind: 'folder'}});
  expect(replaceFile(at('gone/file'), 'x')).toEqual({ok: false, error: {code: 'system', name: 'ENOENT'}});
  expect(readdirSync(folder)).toEqual(['folder']);
});

describe.skipIf(isWindows)('pipes and devices are written straight', () => {
  test('a named pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reader = spawn('cat', [at('pipe')]);
    let heard = '';
    reader.stdout.on('data', (data) => {
      heard += String(data);
    });
    const long = 'x'.repeat(300_000);
    // Bundled aside: whoever writes waits for the reader, and this process has to listen.
    const writer = spawn(process.execPath, [bundled(), at('pipe'), long.slice(0, 1000), '300']);
    await Promise.all([once(reader, 'close'), once(writer, 'close')]);
    expect(heard).toBe(long);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  test('/dev/null stays what it is, and a full device says so', () => {
    expect(replaceFile('/dev/null', 'x')).toEqual(done);
    expect(statSync('/dev/null').isFile()).toBe(false);
    if (process.platform === 'linux')
      expect(replaceFile('/dev/full', 'x')).toEqual({ok: false, error: {code: 'system', name: 'ENOSPC'}});
  });

  test('/dev/stdout is the place in the file that is there', () => {
    const out = openSync(at('out'), 'w');
    const line = `echo before; "$0" "$1" /dev/stdout now 1; echo; echo after`;
    spawnSync('/bin/sh', ['-c', line, process.execPath, bundled()], {stdio: ['ignore', out, 'inherit']});
    expect(text('out')).toBe('before\nnow\nafter\n');
  });
});

test('a new file is only new', () => {
  expect(createFile(at('a'), 'one')).toEqual(done);
  expect(createFile(at('a'), 'two')).toEqual({ok: false, error: {code: 'there'}});
  expect(writeNew(at('a.json'), 'x')).toEqual({ok: true, value: at('a.json')});
  expect(writeNew(at('a.json'), 'y')).toEqual({ok: true, value: at('a-2.json')});
  expect(text('a')).toBe('one');
  expect(readdirSync(folder).sort()).toEqual(['a', 'a-2.json', 'a.json']);
});

test.skipIf(isWindows)(
  'a file that the program keeps for itself is not written through a link or into a pipe',
  () => {
    writeFileSync(at('file'), 'one');
    symlinkSync('file', at('link'));
    symlinkSync('not-yet', at('dangling'));
    for (const name of ['link', 'dangling'])
      expect(replaceFile(at(name), 'x', {isOurs: true})).toEqual({ok: false, error: {code: 'link'}});
    expect([text('file'), readdirSync(folder).sort()]).toEqual(['one', ['dangling', 'file', 'link']]);
    execFileSync('mkfifo', [at('pipe')]);
    // With this reader, nobody who opens the pipe for writing has to wait.
    const reader = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    expect(replaceFile(at('pipe'), 'x', {isOurs: true})).toEqual({
      ok: false,
      error: {code: 'kind', kind: 'pipe'},
    });
    closeSync(reader);
    rmSync(at('pipe'));
    expect(replaceFile(at('ours'), 'x', {isOurs: true})).toEqual(done);
    expect(statSync(at('ours')).mode & 0o777).toBe(0o600);
  },
);

test.skipIf(isWindows)('a new file has the mode that the shell would give it', () => {
  const script = bundled();
  spawnSync('/bin/sh', ['-c', 'umask 027; exec "$0" "$@"', process.execPath, script, at('file'), 'x', '1']);
  expect(statSync(at('file')).mode & 0o777).toBe(0o640);
});

test.skipIf(isWindows)('unfinished: a random name, for its writer only', () => {
  const seen: string[] = [];
  const content: readonly Uint8Array[] = Object.assign([], {
    *[Symbol.iterator]() {
      const [name = ''] = readdirSync(folder);
      seen.push(name);
      expect(statSync(at(name)).mode & 0o777).toBe(0o600);
      yield Buffer.from('x');
    },
  });
  for (const _ of [1, 2]) {
    expect(replaceFile(at('file'), content)).toEqual(done);
    rmSync(at('file'));
  }
  expect(new Set(seen).size).toBe(2);
  expect(seen.join('')).not.toContain(String(process.pid));
});

test('what a killed process left is removed by a later write into that folder, but not what is being written', () => {
  const [left, busy, foreign] = [
    '.packet-tutor-AAAAAAAAA-_0.tmp',
    '.packet-tutor-BBBBBBBBBBBB.tmp',
    '.packet-tutor.tmp',
  ];
  for (const name of [left, busy, foreign]) writeFileSync(at(name), 'half');
  const before = (Date.now() - 2 * 3_600_000) / 1000;
  for (const name of [left, foreign]) utimesSync(at(name), before, before);
  expect(replaceFile(at('a'), 'one')).toEqual(done);
  expect(readdirSync(folder).sort()).toEqual([busy, foreign, 'a'].sort());
});

/** Makes a folder in a separate process, after the shell command `before`, and returns what the system reported. */
const making = (path: string, before = 'true', shell: readonly string[] = []): string => {
  const script = at('.making.cjs');
  buildSync({
    stdin: {
      contents: `import {makeOwnFolder} from './source/io/file-writing.ts';
        try { makeOwnFolder(process.argv[2]); } catch ({code}) { process.stdout.write(code); }`,
      resolveDir: process.cwd(),
    },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const line = `node=$0; ${before}; exec "$node" "$1" "$2"`;
  const [program = '/bin/sh', ...words] = [...shell, '/bin/sh', '-c'];
  const {stdout} = spawnSync(program, [...words, line, process.execPath, script, path], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return stdout;
};

test.skipIf(noLinux('/proc'))('making a folder where none can be made fails at once', () => {
  expect(making('/proc/none/deep')).toBe('ENOENT');
});

const ownMounts = ['unshare', '-r', '-m'];

test.skipIf(noMounts())('a read-only disk is reported as read-only, not as a missing folder', () => {
  mkdirSync(at('disk'));
  const mount = `mount -t tmpfs -o ro tmpfs '${at('disk')}'`;
  expect(making(at('disk/a/b'), mount, ownMounts)).toBe('EROFS');
});

test('what is set aside takes a name that nothing has', () => {
  for (const content of ['one', 'two', 'three']) {
    writeFileSync(at('file'), content);
    setAside(at('file'), '.bad');
  }
  expect(['file.bad', 'file.bad2', 'file.bad3'].map(text)).toEqual(['one', 'two', 'three']);
});

test('several files: all or none', () => {
  const files = [
    {path: 'pack/one', text: '1'},
    {path: 'pack/two', text: '2'},
  ];
  const blocked = [...files, {path: 'pack/one/three', text: '3'}];
  expect(createFiles(folder, blocked)).toMatchObject({ok: false, error: {file: at('pack/one/three')}});
  expect(readdirSync(folder)).toEqual([]);
  expect(createFiles(folder, files, 'pack')).toEqual(done);
  expect(createFiles(folder, files, 'pack')).toMatchObject({ok: false, error: {error: {code: 'there'}}});
});

/** The module as a program: FILE, TEXT, and how many times. */
const bundled = (): string => {
  const outfile = at('.writing.cjs');
  buildSync({
    stdin: {
      contents: `import {replaceFile} from './source/io/file-writing.ts';
        const [, , file, text, times] = process.argv;
        const done = replaceFile(file, text.repeat(Number(times)));
        if (!done.ok) { process.stderr.write(JSON.stringify(done.error)); process.exitCode = 1; }`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return outfile;
};

// The shell's limit on the size of files (in blocks of 512 bytes) cuts a write short, as a disk does that fills up.
test.skipIf(isWindows)('on a disk that fills up the old file stays, and no part of the new one', () => {
  const script = bundled();
  writeFileSync(at('old'), 'old');
  const {stderr} = spawnSync(
    '/bin/sh',
    ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, script, at('old'), 'x'.repeat(1000), '100'],
    {encoding: 'utf8'},
  );
  expect(JSON.parse(stderr)).toEqual({code: 'system', name: 'EFBIG'});
  expect([text('old'), readdirSync(folder).sort()]).toEqual(['old', ['.writing.cjs', 'old']]);
});

test.skipIf(isWindows)('a kill at any instant leaves the old file or the new one', async () => {
  const script = bundled();
  const old = 'old'.repeat(1000);
  const fresh = 'new'.repeat(1000);
  writeFileSync(at('file'), old);
  for (const n of some([...Array(20).keys()], 5)) {
    const child = spawn(process.execPath, [script, at('file'), fresh, '4000'], {stdio: 'ignore'});
    const killer = setTimeout(() => child.kill('SIGKILL'), 30 + 5 * n);
    await once(child, 'close');
    clearTimeout(killer);
    expect([old.length, fresh.length * 4000]).toContain(statSync(at('file')).size);
  }
});
