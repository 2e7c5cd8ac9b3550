// Before each test file: fast-check starts from the seed of the run, where a test gives none of its own. Two runs that share a file
// TESTS_ONCE, as in `.ci/run`, don't have a test twice that does the same in both tiers.
import {appendFileSync, existsSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {configureGlobal} from 'fast-check';
import {afterAll, afterEach, beforeEach, expect, inject} from 'vitest';
import {asked} from './seeds.ts';

configureGlobal({seed: inject('seed')});

const once = process.env['TESTS_ONCE'];
const tier = inject('tier');

asked.file = false;
asked.isRunning = false;
const ran = new Set(
  once !== undefined && tier === 'rest' && existsSync(once) ? readFileSync(once, 'utf8').split('\n') : [],
);

beforeEach(({task, skip}) => {
  asked.isRunning = true;
  asked.test = false;
  if (ran.has(JSON.stringify([task.file.name, task.fullTestName]))) skip('npm test has run it');
});

afterEach(({task}) => {
  asked.isRunning = false;
  if (once === undefined || tier !== 'short' || asked.file || asked.test) return;
  if (task.result?.state !== 'fail')
    appendFileSync(once, `${JSON.stringify([task.file.name, task.fullTestName])}\n`);
});

/** Returns the seconds of processor time that the programs have taken that this worker started, by proc(5): in hundredths. */
const secondsOfPrograms = (): number => {
  if (!existsSync('/proc/self/stat')) return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
};

// Written down for `scripts/dearest-tests.mjs`, which gives each file a worker of its own.
const costs = process.env['TEST_COSTS'];
if (costs !== undefined)
  afterAll(() => {
    const {user, system} = process.cpuUsage();
    const seconds = (user + system) / 1e6 + secondsOfPrograms();
    appendFileSync(costs, `${seconds} ${expect.getState().testPath}\n`);
  });
