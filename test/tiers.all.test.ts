// The tier that is asked for by `--mode` reaches the tests: Vitest reads its configuration once more for each group of them.
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {expect, inject, test} from 'vitest';
import {root} from './helpers/root.ts';

const wanted = process.env['WANTED_TIER'];

test.runIf(wanted !== undefined)('this is the tier', () => {
  expect(inject('tier')).toBe(wanted);
});

test.runIf(wanted === undefined).each(['all', 'rest'])('--mode %s', (tier) => {
  const {status, stdout} = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--mode', tier, 'test/tiers.all.test.ts'],
    {cwd: root, env: {...process.env, WANTED_TIER: tier, NO_COLOR: '1'}, encoding: 'utf8'},
  );
  expect(`${stdout}`).toMatch(/1 passed/);
  expect(status).toBe(0);
});
