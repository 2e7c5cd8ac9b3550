// `dearest-tests.mjs REPORT`: prints which twenty test files take most processor time, each alone in a fresh worker. To run all of them alone would
// take half an hour. So only those are run that took longest in the run of which REPORT is Vitest's JSON report: there a file that is the
// first to load or simulate something pays for others, too.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import process from 'node:process';

const tried = 30;
const printed = 20;

const [report = ''] = process.argv.slice(2);
const {testResults} = JSON.parse(readFileSync(report, 'utf8'));
const tookMs = ({startTime, endTime}) => endTime - startTime;
const files = testResults
  .toSorted((one, other) => tookMs(other) - tookMs(one))
  .slice(0, tried)
  .map(({name}) => relative(process.cwd(), name));

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-costs-'));
const costs = join(folder, 'costs');
const args = ['--no-install', 'vitest', 'run', '--isolate', '--reporter=dot', ...files];
// `test/helpers/set-up.ts` writes them there.
spawnSync('npx', args, {env: {...process.env, TEST_COSTS: costs}, stdio: ['ignore', 'ignore', 'inherit']});
const lines = existsSync(costs) ? readFileSync(costs, 'utf8').trim().split('\n') : [];
rmSync(folder, {recursive: true});

console.log(
  `the dearest files of npm test, each alone in a worker of its own, with the start of the worker:`,
);
const rows = lines
  .map((line) => line.split(' '))
  .map(([seconds, file]) => ({seconds: Number(seconds), file}));
for (const {seconds, file} of rows.toSorted((one, other) => other.seconds - one.seconds).slice(0, printed))
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${relative(process.cwd(), file)}`);
