// Checks which folders and files count as ours alone, up to the root. The rules are those of sshd for `authorized_keys`, and each is tried with
// files on the disk.
import {execFileSync, spawnSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {buildSync} from 'esbuild';
import {beforeEach, expect, test} from 'vitest';
import {openOwn, writeOwn} from '../../source/loader/own-folder.ts';
import {lacks, needsRoot} from '../helpers/posix.ts';

let above = '';
beforeEach(() => {
  above = realpathSync(mkdtempSync(join(tmpdir(), 'packet-tutor-')));
  return () => rmSync(above, {recursive: true, force: true});
});

const opened = (folder: string): boolean => {
  try {
    closeSync(openOwn(folder, 'kept'));
    return true;
  } catch {
    return false;
  }
};

const write = (folder: string): void => writeOwn(folder, 'kept', Buffer.from('ours'));

const made = (...names: readonly string[]): string => {
  const folder = join(above, ...names);
  write(folder);
  return folder;
};

test('a written file can be opened, and no temporary file is left', () => {
  const folder = made('a', 'own');
  writeOwn(folder, 'kept', Buffer.from('anew'));
  expect(opened(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual(['kept']);
  expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('anew');
});

test('a file that cannot be renamed into place leaves nothing behind', () => {
  const folder = made('own');
  rmSync(join(folder, 'kept'));
  mkdirSync(join(folder, 'kept', 'in the way'), {recursive: true});
  expect(() => writeOwn(folder, 'kept', Buffer.from('anew'))).toThrow();
  expect(readdirSync(folder)).toEqual(['kept']);
});

test('what a killed process left under a temporary name is removed by a later write, but not what is being written', () => {
  const folder = made('own');
  const [left, busy] = ['left', 'busy'].map(() => `kept.${crypto.randomUUID()}`);
  for (const name of [`${left}`, `${busy}`, 'kept.other']) writeFileSync(join(folder, name), 'half');
  const before = (Date.now() - 2 * 3_600_000) / 1000;
  for (const name of [`${left}`, 'kept.other', 'kept']) utimesSync(join(folder, name), before, before);
  write(folder);
  expect(readdirSync(folder).sort()).toEqual(['kept', `${busy}`, 'kept.other'].sort());
});

const noModes = lacks('modes');

test.skipIf(noModes)('a folder that everybody may write to is refused, unless it is sticky like /tmp', () => {
  const folder = made('parent', 'own');
  chmodSync(join(above, 'parent'), 0o777);
  expect(opened(folder)).toBe(false);
  chmodSync(join(above, 'parent'), 0o1777);
  expect(opened(folder)).toBe(true);
  chmodSync(join(above, 'parent'), 0o770);
  expect(opened(folder)).toBe(false);
});

test.skipIf(noModes)('the folders above are checked as well', () => {
  const folder = made('top', 'parent', 'own');
  chmodSync(join(above, 'top'), 0o777);
  expect(opened(folder)).toBe(false);
  expect(() => write(join(above, 'top', 'new', 'own'))).toThrow();
  expect(existsSync(join(above, 'top', 'new'))).toBe(false);
});

test.skipIf(noModes)('a link of our own may lead to the folder above, but not to the folder itself', () => {
  made('real', 'own');
  symlinkSync(join(above, 'real'), join(above, 'link'));
  symlinkSync(join(above, 'real', 'own'), join(above, 'real', 'linked'));
  expect(opened(join(above, 'link', 'own'))).toBe(true);
  expect(opened(join(above, 'real', 'linked'))).toBe(false);
});

test.skipIf(noModes || needsRoot('give links away'))('a link of another user is refused', () => {
  made('real', 'own');
  symlinkSync(join(above, 'real'), join(above, 'link'));
  lchownSync(join(above, 'link'), 65_534, 65_534);
  expect(opened(join(above, 'link', 'own'))).toBe(false);
});

test.skipIf(noModes || needsRoot('give folders away'))(
  'nothing is made or read in another user’s sticky folder',
  () => {
    const folder = made('theirs', 'own');
    chownSync(join(above, 'theirs'), 65_534, 65_534);
    chmodSync(join(above, 'theirs'), 0o1777);
    expect(opened(folder)).toBe(false);
    rmSync(folder, {recursive: true});
    expect(() => write(folder)).toThrow();
    expect(existsSync(folder)).toBe(false);
  },
);

test('a relative path is refused', () => {
  expect(opened('own')).toBe(false);
  expect(() => write(join('nowhere', 'own'))).toThrow();
  expect(existsSync('nowhere')).toBe(false);
});

test.skipIf(noModes)('a file that others could have written is refused', () => {
  const folder = made('own');
  writeFileSync(join(folder, 'kept'), 'theirs');
  chmodSync(join(folder, 'kept'), 0o602);
  expect(opened(folder)).toBe(false);
});

test.skipIf(noModes)('a named pipe is refused at once, although nobody writes into it', () => {
  const folder = made('own');
  rmSync(join(folder, 'kept'));
  execFileSync('mkfifo', ['-m', '600', join(folder, 'kept')]);
  const outfile = join(above, 'opening.cjs');
  buildSync({
    stdin: {
      contents: `import {openOwn} from './source/loader/own-folder.ts';
        try { openOwn(process.argv[2], 'kept'); } catch { process.stdout.write('refused'); }`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  // A separate process, because one that waits for a pipe cannot be interrupted from within.
  const opening = spawnSync(process.execPath, [outfile, folder], {encoding: 'utf8', timeout: 20_000});
  expect(opening).toMatchObject({status: 0, stdout: 'refused'});
  write(folder);
  expect(opened(folder)).toBe(true);
});
