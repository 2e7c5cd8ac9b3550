// The built program with an input that asks too much of it: how it ended, and what that took.
import {spawnSync} from 'node:child_process';
import {homeEnv} from '../home-env.ts';
import {root} from '../root.ts';
import {program} from '../terminal.ts';

type Measured = {
  readonly code: number | null;
  readonly stderr: string;
  /** Of processors, not of the clock: the machine has other work, too. */
  readonly seconds: number;
  readonly mebibytes: number;
};

/** Tells what the process has used as it ends, behind all that it says. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import {readFileSync, writeSync} from 'node:fs';
  // On Linux the maximum of resourceUsage may be that of whoever started the process.
  const most = () => {
    try {
      return Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
    } catch {
      return process.resourceUsage().maxRSS;
    }
  };
  process.on('exit', () => {
    const {userCPUTime, systemCPUTime} = process.resourceUsage();
    writeSync(3, JSON.stringify({seconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes: most() / 1024}));
  });
`)}`;

/** `home`: whose settings and progress. What it writes to standard output is let go of. */
export const measured = (args: readonly string[], home: string): Measured => {
  const {status, output} = spawnSync(
    process.execPath,
    ['--import', meter, program, ...args, '--lang', 'en'],
    {
      cwd: root,
      env: homeEnv(home),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 26,
      encoding: 'utf8',
    },
  );
  const {seconds, mebibytes} = JSON.parse(output[3] || '{"seconds": 0, "mebibytes": 0}');
  return {code: status, stderr: output[2] ?? '', seconds, mebibytes};
};
