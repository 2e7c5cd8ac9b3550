// Start-up: time of the processors from spawn to exit, in a terminal to the first frame and ctrl-c, median of many, taken in turns
// so that a busy moment hits all alike.
import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import {figure, folder} from './figures.ts';
import {median} from './measure.ts';
import {costIn, costOf, timed} from './process-cost.ts';

const rounds = 9;

/** Another build of the program would have its own compiled code in the user's folder, and this one's go. */
const ownCache = {XDG_CACHE_HOME: join(folder, 'cache')};

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
  /** In a terminal of 120 × 40, until this is written, by the program or in its answer. `ends`: on its own; ctrl-c would end the shell. */
  readonly frame?: {readonly shows: string; readonly answers: boolean; readonly ends?: true};
  /** To which anchor, and how many times as much it may take. */
  readonly held?: readonly [anchor: string, most?: number];
  readonly rounds?: number;
};

/** Milliseconds; NaN: it failed. */
const once = ({args, env = {}}: Case): number =>
  costOf(process.execPath, args, {...ownCache, ...env})?.cpuMs ?? Number.NaN;

/** Until the first frame stands, then ctrl-c. */
export const framed = (
  {args, env = {}}: Pick<Case, 'args' | 'env'>,
  {shows, answers, ends}: NonNullable<Case['frame']>,
): Promise<number> =>
  new Promise((resolve) => {
    const [shell, words] = timed(process.execPath, args);
    const terminal = spawn(shell, [...words], {
      ...{cols: 120, rows: 40, name: 'xterm-256color'},
      env: {...process.env, LANG: 'C.UTF-8', ...ownCache, ...env},
    });
    let written = '';
    let stood = false;
    terminal.onData((data) => {
      if (answers && data.includes('\x1b]11;?')) terminal.write('\x1b]11;rgb:0000/0000/0000\x07');
      if (answers && data.includes('\x1b[6n')) terminal.write('\x1b[1;2R');
      written += data;
      if (stood || !written.includes(shows)) return;
      stood = true;
      if (!ends) terminal.write('\x03');
    });
    terminal.onExit(() => resolve((stood ? costIn(written)?.cpuMs : undefined) ?? Number.NaN));
  });

const bare = 'bare node';
const hello = 'Ink hello';

const lessonFolders = (): readonly string[] =>
  readdirSync('lessons')
    .filter((name) => name !== 'data')
    .map((name) => join('lessons', name));

/** Anchors first. */
const casesOf = (helloFile: string): readonly Case[] => {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const env = {PACKET_TUTOR_DATA: join(folder, 'data')};
  const first = {NODE_DISABLE_COMPILE_CACHE: '1'};
  const play = {args: [cli, 'play', 'handshake'], env, frame: {shows: 'Before this', answers: true}};
  const sheet = ['quiz', 'handshake', '--count', '40', '--seed', '1', '--sheet', 'md'];
  return [
    {name: bare, args: ['-e', '0']},
    {name: hello, args: [helloFile], frame: {shows: 'hello', answers: true, ends: true}},
    {name: '--version', args: [cli, '--version'], held: [bare, 1.15]},
    {name: 'list', args: [cli, 'list'], held: [bare, 1.6]},
    {name: 'list, nothing compiled before', args: [cli, 'list'], env: first, held: [bare]},
    {name: 'show handshake', args: [cli, 'show', 'handshake'], held: [bare, 2.4]},
    {name: 'show, nothing compiled before', args: [cli, 'show', 'handshake'], env: first, held: [bare]},
    {name: 'menu, first frame', args: [cli], env, frame: {shows: '▸', answers: true}, held: [hello, 1.5]},
    {...play, name: 'play handshake, first frame', held: [hello, 1.5]},
    {...play, name: 'the terminal is silent', frame: {...play.frame, answers: false}, held: [hello, 1.5]},
    {...play, name: 'nothing compiled before', env: {...env, ...first}, held: [hello]},
    {name: 'quiz sheet of 40', args: [cli, ...sheet], env, held: [bare, 8]},
    {
      name: 'check of all lessons',
      args: [cli, 'check', ...lessonFolders()],
      env,
      held: [bare, 40],
      rounds: 1,
    },
  ];
};

export const measureStart = async (): Promise<void> => {
  const cases = casesOf(await bundleHello());
  const times = new Map(cases.map(({name}): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const each of cases)
      if (round < (each.rounds ?? rounds))
        times.get(each.name)?.push(each.frame ? await framed(each, each.frame) : once(each));
  console.log(`start-up, node ${process.version}, time of the processors, median of ${rounds}`);
  const middle = (name: string): number => median(times.get(name) ?? []);
  for (const {name, held} of cases) {
    const [to, most] = held ?? [];
    const anchor = to === undefined ? undefined : {name: to, value: middle(to)};
    figure({name, unit: 'ms', value: middle(name), anchor, ...(most === undefined ? {} : {reach: {most}})});
  }
};
