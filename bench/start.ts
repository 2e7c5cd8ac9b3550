// Start-up: wall time from spawn to exit, median of many, taken in turns so that a busy moment hits all alike.
import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
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

const once = (args: readonly string[]): number => {
  const begin = process.hrtime.bigint();
  const {status} = spawnSync(process.execPath, args, {stdio: ['ignore', 'pipe', 'pipe']});
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
};

export const measureStart = async (): Promise<void> => {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const cases: readonly (readonly [name: string, args: readonly string[]])[] = [
    ['node -e 0', ['-e', '0']],
    ['Ink hello world, bundled', [await bundleHello()]],
    ['packet-tutor --version', [cli, '--version']],
    ['packet-tutor list', [cli, 'list']],
    ['packet-tutor show handshake', [cli, 'show', 'handshake']],
  ];
  const times = cases.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, args]] of cases.entries()) times[index]?.push(once(args));
  }
  const bare = median(times[0] ?? []);
  console.log(`start-up, node ${process.version}, median of ${rounds}`);
  for (const [index, [name]] of cases.entries()) {
    const ms = median(times[index] ?? []);
    console.log(
      `  ${name.padEnd(30)}${ms.toFixed(0).padStart(6)} ms${(ms / bare).toFixed(2).padStart(8)} × bare node`,
    );
  }
};
