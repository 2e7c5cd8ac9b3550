// The built program as a child process without a terminal.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {compiledEnv, homeEnv} from './home-env.ts';
import {root} from './root.ts';
import {program} from './terminal.ts';

export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
};

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  readonly cwd?: string;
};

/** A home of its own: what the tester has set must not matter. */
export const runProgram = (args: readonly string[], {env = {}, input, cwd = root}: RunOptions = {}): Ran => {
  const home = mkdtempSync(join(tmpdir(), 'packet-tutor-home-'));
  const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input: input ?? '',
    env: {...homeEnv(home), ...compiledEnv, ...env},
    maxBuffer: 256 * 2 ** 20,
  });
  rmSync(home, {recursive: true, force: true});
  return {code: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), bytes: stdout};
};
