// Checks that compiled code which somebody else may have written into the cache folder is never run. V8 trusts such code: it compares only the
// length of the text.
import {execFileSync, spawnSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import process from 'node:process';
import {beforeEach, describe, expect, test} from 'vitest';
import {codeFile, withForeignCode} from '../helpers/code-file.ts';
import {homeEnv} from '../helpers/home-env.ts';
import {lacks, needsRoot} from '../helpers/posix.ts';
import {some} from '../helpers/seeds.ts';
import {program} from '../helpers/terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  return () => rmSync(home, {recursive: true, force: true});
});

const list = (env: Readonly<Record<string, string>> = {}, before: readonly string[] = []) => {
  const [command = '', ...args] = [...before, process.execPath, program, 'list'];
  return spawnSync(command, args, {
    encoding: 'utf8',
    cwd: home,
    env: {...homeEnv(home), ...env},
    timeout: 60_000,
  });
};

const asAlways = {status: 0, stderr: '', stdout: expect.stringContaining('handshake')};

let planted: {readonly place: string; readonly code: Uint8Array} | undefined;

/**
 * Puts a cache file with foreign code where the program writes its own, with the same modes, and returns its path. The program is
 * started once to make such a file.
 */
const plant = (): string => {
  if (planted === undefined) {
    expect(list()).toMatchObject(asAlways);
    const path = codeFile(home);
    planted = {place: relative(home, path), code: withForeignCode(readFileSync(path))};
  }
  const path = join(home, planted.place);
  mkdirSync(dirname(path), {recursive: true, mode: 0o700});
  writeFileSync(path, planted.code, {mode: 0o600});
  return path;
};

test('code in a file of our own is run, so that the other tests show a refusal by place, owner or mode', () => {
  plant();
  expect(list()).toMatchObject({status: 9, stdout: 'planted'});
});

const noModes = lacks('modes');

test.skipIf(noModes)('only this user may read and write the cache, even without a umask', () => {
  expect(list({}, ['sh', '-c', 'umask 0; exec "$@"', 'sh'])).toMatchObject(asAlways);
  const modes: string[] = [];
  for (let path = codeFile(home); path !== home; path = dirname(path))
    modes.push((statSync(path).mode & 0o777).toString(8));
  expect(modes).toEqual(['600', '700', '700']);
});

const stranger = 65_534;

const give = (path: string): void => chownSync(path, stranger, stranger);

/** Moves a file or folder away and leaves a link to it in its place. */
const moveAway = (path: string): void => {
  const elsewhere = join(home, 'elsewhere');
  renameSync(path, elsewhere);
  symlinkSync(elsewhere, path);
};

describe.skipIf(noModes)('foreign code is not run', () => {
  describe.skipIf(needsRoot('give files away'))('something belongs to another user', () => {
    const places: readonly (readonly [string, (path: string) => string])[] = [
      ['the file', (path) => path],
      ['the folder', (path) => dirname(path)],
      ['the folder above it', (path) => dirname(dirname(path))],
    ];
    test.each(some(places, 1))('%s', (_, place) => {
      give(place(plant()));
      expect(list()).toMatchObject(asAlways);
    });

    test('nothing is made in another user’s home, as sudo may leave it', () => {
      plant();
      rmSync(join(home, '.cache'), {recursive: true});
      give(home);
      expect(list()).toMatchObject(asAlways);
      expect(readdirSync(home)).toEqual([]);
    });
  });

  const loosened: readonly (readonly [string, (path: string) => void])[] = [
    ['a file for everybody', (path) => chmodSync(path, 0o666)],
    ['a file for groups', (path) => chmodSync(path, 0o620)],
    ['a folder for everybody', (path) => chmodSync(dirname(path), 0o777)],
    ['below a world-writable folder', (path) => chmodSync(dirname(dirname(path)), 0o777)],
    ['a link for it', (path) => moveAway(path)],
    ['a link for its folder', (path) => moveAway(dirname(path))],
  ];
  test.each(some(loosened, 2))('%s', (_, loosen) => {
    loosen(plant());
    expect(list()).toMatchObject(asAlways);
  });

  test('an unsafe file is replaced by a new one', () => {
    const path = plant();
    chmodSync(path, 0o666);
    list();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(list()).toMatchObject(asAlways);
  });
});

test.skipIf(noModes)('a start waits for no named pipe in the place of a file that it reads by itself', () => {
  const code = plant();
  const data = join(home, 'data');
  const pack = join(data, 'packs', 'mine');
  const files = ['progress.json', 'progress-summary.json', 'places.json'].map((name) => join(data, name));
  const all = [
    code,
    ...files,
    join(home, '.config', 'packet-tutor', 'config.json'),
    join(pack, 'pack.yaml'),
    join(pack, 'a.yaml'),
  ];
  mkdirSync(pack, {recursive: true});
  rmSync(code);
  for (const path of all) {
    mkdirSync(dirname(path), {recursive: true});
    execFileSync('mkfifo', [path]);
  }
  const {status, stdout} = asAlways;
  const env = {PACKET_TUTOR_DATA: data, XDG_CONFIG_HOME: join(home, '.config')};
  expect(list(env)).toMatchObject({status, stdout});
  // The pipe in the cache is replaced, because everything there is the program's own.
  expect(all.map((path) => statSync(path).isFIFO())).toEqual(all.map((path) => path !== code));
});

describe('without an absolute path, nothing is read and nothing is kept', () => {
  test.each([
    ['no home', {HOME: '', USERPROFILE: '', LOCALAPPDATA: ''}],
    ['a relative cache folder', {XDG_CACHE_HOME: '.cache', LOCALAPPDATA: '.cache'}],
  ])('%s', (_, env) => {
    // Without a home the program also prints that it saves no progress, so standard error is not compared.
    const {status, stdout} = asAlways;
    plant();
    expect(list(env)).toMatchObject({status, stdout});
    rmSync(join(home, '.cache'), {recursive: true, force: true});
    expect(list(env)).toMatchObject({status, stdout});
    expect(readdirSync(home)).toEqual([]);
  });
});
