// What V8 compiled is kept for the next start, and costs nothing where it cannot be kept or is not what it was.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {beforeEach, expect, test} from 'vitest';
import {codeBytes, codeFile, codeParts, withForeignCode} from '../helpers/code-file.ts';
import {homeEnv} from '../helpers/home-env.ts';
import {program} from '../helpers/terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  return () => rmSync(home, {recursive: true});
});

const list = (env: Readonly<Record<string, string>> = {}, folder = home) => {
  const {status, stdout, stderr} = spawnSync(process.execPath, [program, 'list'], {
    encoding: 'utf8',
    env: {...homeEnv(folder), ...env},
  });
  return {status, stdout, stderr};
};

const kept = (): readonly string[] =>
  readdirSync(home, {recursive: true, encoding: 'utf8'})
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile());

test('it is one file, the same after the same call', () => {
  const first = list();
  expect(first).toMatchObject({status: 0, stderr: ''});
  const [path = '', ...others] = kept();
  expect(others).toEqual([]);
  const {mtimeMs, size} = statSync(path);
  expect(size).toBeGreaterThan(100_000);
  expect(list()).toEqual(first);
  expect(statSync(path).mtimeMs).toBe(mtimeMs);
});

/** Replaces the code in the file and leaves the checksums as they are. */
const withCodes = (put: (code: Buffer) => Buffer) => (bytes: Buffer) => {
  const {head, codes} = codeParts(bytes);
  return codeBytes({head, codes: codes.map(put)});
};

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  [
    'with a flipped bit',
    withCodes((code) => Buffer.from(code.map((byte, at) => (at === code.length >> 1 ? byte ^ 4 : byte)))),
  ],
  [
    'of another build',
    (bytes: Buffer) => {
      const {head, codes} = codeParts(withForeignCode(bytes));
      return codeBytes({head: {...head, build: 'another'}, codes});
    },
  ],
  ['not made by V8', withCodes((code) => Buffer.alloc(code.length, 'foreign'))],
])('%s it is made anew', (_, spoil) => {
  const first = list();
  const path = codeFile(home);
  const whole = readFileSync(path);
  const spoilt = Buffer.from(spoil(whole));
  writeFileSync(path, spoilt);
  expect(list()).toEqual(first);
  expect(kept()).toEqual([path]);
  const made = readFileSync(path);
  expect(made.equals(spoilt)).toBe(false);
  // How much V8 had compiled by then differs by some octets from run to run.
  const known = ({head}: ReturnType<typeof codeParts>) => [
    head.build,
    ...head.places.map(([name]) => name).toSorted(),
  ];
  expect(known(codeParts(made))).toEqual(known(codeParts(whole)));
});

test('the cache file contains no text of the program', () => {
  list();
  const {codes} = codeParts(readFileSync(codeFile(home)));
  expect(codes.length).toBeGreaterThan(30);
  for (const code of codes) expect(code.indexOf('__need,__later,require')).toBe(-1);
});

test('where none can be written, and where Node is told to keep none, all goes on', () => {
  const first = list({NODE_DISABLE_COMPILE_CACHE: '1'});
  expect(first).toMatchObject({status: 0, stderr: ''});
  expect(readdirSync(home)).toEqual([]);
  const noFolder = join(home, 'file');
  writeFileSync(noFolder, '');
  expect(list({}, noFolder)).toEqual(first);
  expect(kept()).toEqual([noFolder]);
});
