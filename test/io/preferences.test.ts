// The config file: written whole, read with care, set aside when it is damaged or of a newer version, never the end of a command.
import {execFileSync} from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {changePreferences, readPreferences} from '../../source/io/preferences.ts';
import {lacks} from '../helpers/posix.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const file = (): string => join(folder, 'deep', 'config.json');
const write = (text: string): void => {
  mkdirSync(join(folder, 'deep'), {recursive: true});
  writeFileSync(file(), text);
};
const names = (): readonly string[] => readdirSync(join(folder, 'deep')).sort();

test('what is written is read again, and nothing else is left behind', () => {
  const stored = {language: 'zh', theme: 'light', ascii: true, motion: 'none', reasons: 'plain'} as const;
  expect(changePreferences(stored, file())).toBe(undefined);
  expect(readPreferences(file())).toEqual({stored});
  expect(names()).toEqual(['config.json']);
});

test('without a file nothing is set', () => {
  expect(readPreferences(file())).toEqual({stored: {}});
});

test('what another copy of the program wrote stays, and what this one does not know of', () => {
  write('{"format": 1, "language": "zh", "later": [1], "theme": 3}');
  expect(changePreferences({ascii: true}, file())).toBeUndefined();
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
    format: 1,
    language: 'zh',
    later: [1],
    theme: 3,
    ascii: true,
  });
});

test.each(['{"format": 1, "language": "zh"', '{"format": 1,', '{\n  "format": 1\n} }'])(
  'damaged (%j): set aside',
  (text) => {
    write(text);
    const trouble = {code: 'damaged', file: file(), aside: `${file()}.bad`};
    expect(readPreferences(file())).toEqual({stored: {}, trouble});
    expect(readFileSync(`${file()}.bad`, 'utf8')).toBe(text);
  },
);

test('the second damaged file does not take the place of the first', () => {
  for (const text of ['{"format": 1 one', '{"format": 1 two']) {
    write(text);
    readPreferences(file());
  }
  expect(['.bad', '.bad2'].map((ending) => readFileSync(file() + ending, 'utf8'))).toEqual([
    '{"format": 1 one',
    '{"format": 1 two',
  ]);
});

test.each(['Chapter 1', '{"language": "zh"', '[]', 'null', '\xff'])(
  // When a setting changes.
  'foreign (%j): it stays as it is',
  (text) => {
    write('');
    writeFileSync(file(), text, 'latin1');
    const trouble = {code: 'foreign', file: file()};
    expect(readPreferences(file())).toEqual({stored: {}, trouble});
    expect(changePreferences({ascii: true}, file())).toEqual(trouble);
    expect([names(), readFileSync(file(), 'latin1')]).toEqual([['config.json'], text]);
  },
);

test('an empty file causes no error', () => {
  write('');
  expect(readPreferences(file())).toEqual({stored: {}});
  expect(changePreferences({ascii: true}, file())).toBeUndefined();
  expect(readPreferences(file())).toEqual({stored: {ascii: true}});
});

test.skipIf(lacks('links'))('settings are read through a link, and nothing is written through it', () => {
  const real = join(folder, 'real');
  mkdirSync(join(folder, 'deep'));
  symlinkSync(real, file());
  for (const text of ['{"ascii": true}', '{"format": 2}', '{"format": 1 damaged', 'Chapter 1']) {
    writeFileSync(real, text);
    readPreferences(file());
    expect(changePreferences({ascii: false}, file())).toMatchObject({file: file()});
    expect([names(), readFileSync(real, 'utf8')]).toEqual([['config.json'], text]);
  }
  writeFileSync(real, '{"ascii": true}');
  expect(readPreferences(file())).toEqual({stored: {ascii: true}});
  rmSync(real);
  expect(changePreferences({ascii: false}, file())).toEqual({code: 'link', file: file()});
  expect(readdirSync(folder)).toEqual(['deep']);
});

test.skipIf(lacks('rights'))('only the learner may read the folder and the file', () => {
  changePreferences({ascii: true}, file());
  expect([statSync(join(folder, 'deep')).mode & 0o777, statSync(file()).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
});

test('the file of a newer version is kept aside untouched, and a new one begun', () => {
  const newer = '{"format": 2, "language": {"spoken": "zh"}}';
  write(newer);
  const trouble = {code: 'newer', file: file(), format: 2, aside: `${file()}.v2`};
  expect(readPreferences(file())).toEqual({stored: {}, trouble});
  expect(changePreferences({ascii: true}, file())).toBeUndefined();
  expect(readFileSync(`${file()}.v2`, 'utf8')).toBe(newer);
  expect(readPreferences(file())).toEqual({stored: {ascii: true}});
});

test('values of the wrong kind are left out', () => {
  // A tag that nobody's language has (ISO 639-2: reserved for local use).
  write('{"language": "qaa", "theme": 3, "ascii": "yes", "motion": "none", "more": 1}');
  expect(readPreferences(file())).toEqual({stored: {motion: 'none'}});
});

test('a folder in its place is told, and stays', () => {
  mkdirSync(file(), {recursive: true});
  const trouble = {code: 'unreadable', file: file(), error: {code: 'kind', kind: 'folder'}};
  expect(readPreferences(file())).toEqual({stored: {}, trouble});
  expect(changePreferences({ascii: true}, file())).toEqual(trouble);
  expect(names()).toEqual(['config.json']);
});

test.skipIf(lacks('named pipes'))('nobody waits for a pipe in its place', () => {
  mkdirSync(join(folder, 'deep'));
  execFileSync('mkfifo', [file()]);
  expect(readPreferences(file()).trouble).toMatchObject({error: {kind: 'pipe'}});
  expect(changePreferences({ascii: true}, file())).toMatchObject({error: {kind: 'pipe'}});
});

test('a place that cannot be written is told, and nothing half-written stays', () => {
  writeFileSync(join(folder, 'plain'), '');
  expect(changePreferences({ascii: true}, join(folder, 'plain', 'config.json'))).toMatchObject({
    code: 'unwritable',
  });
  expect(readdirSync(folder)).toEqual(['plain']);
});
