// Checks that compiled code which somebody else may have written into the cache folder is never run. V8 trusts such code: it compares only the
// length of the text.
import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
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
import {dirname, join} from 'node:path';
import process from 'node:process';
import {beforeEach, describe, expect, test} from 'vitest';
import {codeFile, withForeignCode} from '../helpers/code-file.ts';
import {homeEnv} from '../helpers/home-env.ts';
import {lacks, needsRoot} from '../helpers/posix.ts';
import {program} from '../helpers/terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  return () => rmSync(home, {recursive: true, force: true});
});

const list = (env: Readonly<Record<string, string>> = {}, before: readonly string[] = []) => {
  const [command = '', ...args] = [...before, process.execPath, program, 'list'];
  return spawnSync(command, args, {encoding: 'utf8', cwd: home, env: {...homeEnv(home), ...env}});
};

const asAlways = {status: 0, stderr: '', stdout: expect.stringContaining('handshake')};

/** Starts the program so that it writes its cache file, puts foreign code into that file and returns its path. */
const plant = (): string => {
  expect(list()).toMatchObject(asAlways);
  const path = codeFile(home);
  writeFileSync(path, withForeignCode(readFileSync(path)));
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
    test.each([
      ['the file', (path: string) => path],
      ['the folder', (path: string) => dirname(path)],
      ['the folder above it', (path: string) => dirname(dirname(path))],
    ])('%s', (_, place) => {
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

  test.each([
    ['a file that everybody may write to', (path: string) => chmodSync(path, 0o666)],
    ['a file that its group may write to', (path: string) => chmodSync(path, 0o620)],
    ['a folder that everybody may write to', (path: string) => chmodSync(dirname(path), 0o777)],
    ['below a world-writable folder', (path: string) => chmodSync(dirname(dirname(path)), 0o777)],
    ['a link in the place of the file', (path: string) => moveAway(path)],
    ['a link in the place of the folder', (path: string) => moveAway(dirname(path))],
  ])('%s', (_, loosen) => {
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
