// What playing takes of one core, and of memory: the built program in a terminal of 120 × 40 that answers, left to play by itself.
// Read from /proc, so on Linux alone.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {figure, folder} from './figures.ts';

/** So that nothing is loaded or compiled for the first time any more. */
const settlingMs = 5000;

/** Clock ticks of Linux a second, of which the times in /proc are. */
const ticks = 100;

/** Milliseconds of all processors. */
const cpuMsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may have spaces; user and system are the 12th and 13th behind it.
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user + system) / ticks) * 1000;
};

const mebibytesOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${what}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

type Played = {
  readonly share: number;
  readonly earlyMib: number;
  readonly lateMib: number;
  readonly peakMib: number;
};

const played = async (args: readonly string[], ms: number): Promise<Played> => {
  const terminal = spawn(process.execPath, [join('dist', 'cli.js'), ...args], {
    ...{cols: 120, rows: 40, name: 'xterm-256color'},
    env: {
      ...process.env,
      LANG: 'C.UTF-8',
      XDG_CACHE_HOME: join(folder, 'cache'),
      PACKET_TUTOR_DATA: join(folder, 'share'),
    },
  });
  terminal.onData((data) => {
    if (data.includes('\x1b]11;?')) terminal.write('\x1b]11;rgb:0000/0000/0000\x07');
    if (data.includes('\x1b[6n')) terminal.write('\x1b[1;2R');
  });
  const {pid} = terminal;
  await wait(settlingMs);
  const before = cpuMsOf(pid);
  const begin = performance.now();
  const earlyMib = mebibytesOf(pid, 'VmRSS');
  await wait(ms);
  const share = (100 * (cpuMsOf(pid) - before)) / (performance.now() - begin);
  const told = {share, earlyMib, lateMib: mebibytesOf(pid, 'VmRSS'), peakMib: mebibytesOf(pid, 'VmHWM')};
  terminal.kill();
  return told;
};

/** Ten minutes of what is played, at eight times the speed. */
const longMs = 75_000;

export const measureShare = async (): Promise<void> => {
  if (!existsSync('/proc/self/stat')) return;
  console.log('a player left to itself, one core, 120 × 40');
  const share = (name: string, {share: value}: Played, most: number) =>
    figure({name: `share of a core, ${name}`, unit: '%', value, reach: {most}});
  share('1 ×', await played(['play', 'congestion', '--autoplay', '--speed', '1'], 30_000), 8);
  const fast = await played(['play', 'congestion', '--autoplay', '--speed', '8'], longMs);
  share('8 ×', fast, 12);
  share('paused', await played(['play', 'congestion', '--at', 'end'], 10_000), 0);
  figure({name: 'its memory at 8 ×, first', unit: 'MiB', value: fast.earlyMib});
  figure({name: 'the same ten minutes of play later', unit: 'MiB', value: fast.lateMib});
  figure({name: 'its peak', unit: 'MiB', value: fast.peakMib, reach: {most: 160}});
};
