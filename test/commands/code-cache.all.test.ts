// What V8 compiled is kept for the next start, and costs nothing where it cannot be kept or is not what it was.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {beforeEach, expect, test} from 'vitest';
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

const signed = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat([createHash('sha256').update(bytes).digest(), bytes]);

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

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  [
    'with a flipped bit',
    (bytes: Buffer) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 4 : byte)),
  ],
  [
    'of another build',
    (bytes: Buffer) =>
      signed(
        Buffer.from(
          bytes
            .subarray(32)
            .toString('latin1')
            .replace(/"build":"./, '"build":"x'),
          'latin1',
        ),
      ),
  ],
  [
    'with code of another program',
    (bytes: Buffer) => {
      const end = bytes.indexOf('\n', 32) + 1;
      return signed(Buffer.concat([bytes.subarray(32, end), Buffer.alloc(bytes.length - end, 'foreign')]));
    },
  ],
])('%s it is made anew', (_, spoil) => {
  const first = list();
  const [path = ''] = kept();
  const whole = readFileSync(path);
  const spoilt = spoil(whole);
  writeFileSync(path, spoilt);
  expect(list()).toEqual(first);
  expect(kept()).toEqual([path]);
  const made = readFileSync(path);
  expect(made.equals(spoilt)).toBe(false);
  // How much V8 had compiled by then differs by some octets from run to run.
  const head = (bytes: Buffer): string => bytes.toString('latin1', 32, 132).replace(/,\d+"?\]?.*$/, '');
  expect(head(made)).toBe(head(whole));
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
