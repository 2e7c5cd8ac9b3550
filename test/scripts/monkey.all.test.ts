// `npm run monkey` as somebody would call it: it finds lessons, captures and the program, presses keys and counts them.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true, force: true}));

const walked = (keys: number, ...options: readonly string[]) =>
  spawnSync(
    process.execPath,
    [
      ...['scripts/build.mjs', 'scripts/monkey.ts', '--seed', '1', '--keys', String(keys)],
      ...['--patience', '20000', ...options],
    ],
    {cwd: root, env: {...process.env, TMPDIR: home}, encoding: 'utf8'},
  );

test('a few keys, some of them in a terminal', () => {
  const {status, stderr} = walked(40);
  expect(stderr).toMatch(/^4\d keys over \d+ sources, 0 kinds of failure$/m);
  expect(status).toBe(0);
});

test('drawn to goals: none in a terminal, and what was reached is counted', () => {
  const {status, stderr} = walked(300, '--goals');
  expect(stderr).toMatch(/^0 of them in a terminal$/m);
  expect(stderr).toMatch(/ keys over \d+ sources, 0 kinds of failure$/m);
  expect(stderr).toMatch(/^reached [1-9]\d* × \w/m);
  expect(status).toBe(0);
});
