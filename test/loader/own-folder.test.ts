// Checks which folders and files count as ours alone, up to the root. The rules are those of sshd for `authorized_keys`, and each is tried with
// files on the disk.
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
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
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

test('what was written is opened, and nothing lies beside it', () => {
  const folder = made('a', 'own');
  writeOwn(folder, 'kept', Buffer.from('anew'));
  expect(opened(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual(['kept']);
  expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('anew');
});

test('what cannot be put in place leaves nothing', () => {
  const folder = made('own');
  rmSync(join(folder, 'kept'));
  mkdirSync(join(folder, 'kept', 'in the way'), {recursive: true});
  expect(() => writeOwn(folder, 'kept', Buffer.from('anew'))).toThrow();
  expect(readdirSync(folder)).toEqual(['kept']);
});

const noModes = lacks('modes');

test.skipIf(noModes)(
  'in a folder that all may write to a name can be taken from us, unless it is sticky as /tmp is',
  () => {
    const folder = made('parent', 'own');
    chmodSync(join(above, 'parent'), 0o777);
    expect(opened(folder)).toBe(false);
    chmodSync(join(above, 'parent'), 0o1777);
    expect(opened(folder)).toBe(true);
    chmodSync(join(above, 'parent'), 0o770);
    expect(opened(folder)).toBe(false);
  },
);

test.skipIf(noModes)('a folder above counts as well', () => {
  const folder = made('top', 'parent', 'own');
  chmodSync(join(above, 'top'), 0o777);
  expect(opened(folder)).toBe(false);
  expect(() => write(join(above, 'top', 'new', 'own'))).toThrow();
  expect(existsSync(join(above, 'top', 'new'))).toBe(false);
});

test.skipIf(noModes)('a link of ours may lead to the folder above, none to the folder itself', () => {
  made('real', 'own');
  symlinkSync(join(above, 'real'), join(above, 'link'));
  symlinkSync(join(above, 'real', 'own'), join(above, 'real', 'linked'));
  expect(opened(join(above, 'link', 'own'))).toBe(true);
  expect(opened(join(above, 'real', 'linked'))).toBe(false);
});

test.skipIf(noModes || needsRoot('give links away'))('a link of somebody else leads nowhere', () => {
  made('real', 'own');
  symlinkSync(join(above, 'real'), join(above, 'link'));
  lchownSync(join(above, 'link'), 65_534, 65_534);
  expect(opened(join(above, 'link', 'own'))).toBe(false);
});

test.skipIf(noModes || needsRoot('give folders away'))(
  'nothing is made in a sticky folder of somebody else, or read there',
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

test('a relative path is none', () => {
  expect(opened('own')).toBe(false);
  expect(() => write(join('nowhere', 'own'))).toThrow();
  expect(existsSync('nowhere')).toBe(false);
});

test.skipIf(noModes)('a file that others could have written is none', () => {
  const folder = made('own');
  writeFileSync(join(folder, 'kept'), 'theirs');
  chmodSync(join(folder, 'kept'), 0o602);
  expect(opened(folder)).toBe(false);
});
