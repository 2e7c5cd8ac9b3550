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

test('a few keys, some of them in a terminal', () => {
  const tool = [
    'scripts/build.mjs',
    'scripts/monkey.ts',
    '--seed',
    '1',
    '--keys',
    '40',
    '--patience',
    '20000',
  ];
  const {status, stderr} = spawnSync(process.execPath, tool, {
    cwd: root,
    env: {...process.env, TMPDIR: home},
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/^4\d keys over \d+ sources, 0 kinds of failure$/m);
  expect(status).toBe(0);
});
