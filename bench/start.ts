// Start-up: wall time from spawn to exit, or to the first frame, median of many, taken in turns so that a busy moment hits all alike.
import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import {median} from './measure.ts';

const rounds = 15;
const folder = join(process.cwd(), 'node_modules', '.cache', 'packet-tutor');

const helloSource = `// Ink's least program, bundled as ours is.
import {createElement} from 'react';
import {render, Text} from 'ink';
const {unmount} = render(createElement(Text, null, 'hello'));
unmount();
`;

const bundleHello = async (): Promise<string> => {
  mkdirSync(folder, {recursive: true});
  const entry = join(folder, 'hello.mjs');
  writeFileSync(entry, helloSource);
  const outfile = join(folder, 'hello-bundled.mjs');
  const builder = `import {shared} from '${join(process.cwd(), 'scripts/build.mjs')}';
    import {build} from '${join(process.cwd(), 'node_modules/esbuild/lib/main.js')}';
    await build({...shared, entryPoints: ['${entry}'], outfile: '${outfile}', minify: true});`;
  const built = spawnSync(process.execPath, ['--input-type=module', '-e', builder], {stdio: 'inherit'});
  if (built.status !== 0) throw new Error('the hello world cannot be bundled');
  return outfile;
};

type Case = {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In a terminal of 120 × 40, until this is written, by the program or in its answer. */
  readonly frame?: {readonly shows: string; readonly answers: boolean};
};

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

const once = ({args, env = {}}: Case): number => {
  const begin = now();
  const {status} = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env},
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return now() - begin;
};

/** Until the first frame stands, then ctrl-c. */
const framed = ({args, env = {}}: Case, {shows, answers}: NonNullable<Case['frame']>): Promise<number> =>
  new Promise((resolve) => {
    const begin = now();
    const terminal = spawn(process.execPath, [...args], {
      ...{cols: 120, rows: 40, name: 'xterm-256color'},
      env: {...process.env, LANG: 'C.UTF-8', ...env},
    });
    let written = '';
    let took: number | undefined;
    terminal.onData((data) => {
      if (answers && data.includes('\x1b]11;?')) terminal.write('\x1b]11;rgb:0000/0000/0000\x07');
      if (answers && data.includes('\x1b[6n')) terminal.write('\x1b[1;2R');
      written += data;
      if (took !== undefined || !written.includes(shows)) return;
      took = now() - begin;
      terminal.write('\x03');
    });
    terminal.onExit(() => resolve(took ?? Number.NaN));
  });

const casesOf = (hello: string): readonly Case[] => {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const env = {PACKET_TUTOR_DATA: join(folder, 'data')};
  const first = {NODE_DISABLE_COMPILE_CACHE: '1'};
  const play = {args: [cli, 'play', 'handshake'], env, frame: {shows: 'Before this', answers: true}};
  return [
    {name: 'node -e 0', args: ['-e', '0']},
    {name: 'Ink hello world, bundled', args: [hello]},
    {name: 'the same, in a terminal', args: [hello], frame: {shows: 'hello', answers: true}},
    {name: 'packet-tutor --version', args: [cli, '--version']},
    {name: 'packet-tutor list', args: [cli, 'list']},
    {name: '  nothing compiled before', args: [cli, 'list'], env: first},
    {name: 'packet-tutor show handshake', args: [cli, 'show', 'handshake']},
    {name: '  nothing compiled before', args: [cli, 'show', 'handshake'], env: first},
    {...play, name: 'play handshake, first frame'},
    {...play, name: '  the terminal is silent', frame: {...play.frame, answers: false}},
    {...play, name: '  nothing compiled before', env: {...env, ...first}},
  ];
};

export const measureStart = async (): Promise<void> => {
  const cases = casesOf(await bundleHello());
  const times = cases.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, each] of cases.entries())
      times[index]?.push(each.frame ? await framed(each, each.frame) : once(each));
  }
  const bare = median(times[0] ?? []);
  console.log(`start-up, node ${process.version}, median of ${rounds}`);
  for (const [index, {name}] of cases.entries()) {
    const ms = median(times[index] ?? []);
    console.log(
      `  ${name.padEnd(30)}${ms.toFixed(0).padStart(6)} ms${(ms / bare).toFixed(2).padStart(8)} × bare node`,
    );
  }
};
