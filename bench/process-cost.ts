// What a process costs: time of the processors, which a busy machine changes less than the clock's, and its peak of memory.
import {spawnSync} from 'node:child_process';
import process from 'node:process';

export type Cost = {readonly cpuMs: number; readonly wallMs: number; readonly peakKib: number};

/** For Node: tells the peak of the whole process, as the kernel counts it. */
export const tellPeak = [
  '--import',
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))',
];

/** Node does not count what its children take; a shell does. */
export const timed = (command: string, args: readonly string[]): readonly [string, readonly string[]] => [
  'bash',
  ['-c', 'TIMEFORMAT="cpu %3U %3S %3R"; time "$@"', 'timed', command, ...args],
];

export const costIn = (written: string): Cost | undefined => {
  const [, user, system, real] = /cpu ([\d.]+) ([\d.]+) ([\d.]+)/.exec(written) ?? [];
  if (real === undefined) return undefined;
  const peakKib = Number(/peak (\d+)/.exec(written)?.[1] ?? 0);
  return {cpuMs: (Number(user) + Number(system)) * 1e3, wallMs: Number(real) * 1e3, peakKib};
};

/** undefined: it is not installed, or it failed. */
export const costOf = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Cost | undefined => {
  const [shell, words] = timed(command, args);
  const {status, stderr} = spawnSync(shell, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: {...process.env, LC_ALL: 'C', ...env},
  });
  return status === 0 ? costIn(stderr) : undefined;
};
