// What the build puts into dist/, as esbuild itself tells it (metafile): the source of truth for licences and imports.
import {execFileSync} from 'node:child_process';
import process from 'node:process';
import type {Metafile} from 'esbuild';
import {root} from './root.ts';

const script = `
import {build} from 'esbuild';
import {loaderOptions, madeOf, pageOptions, programOptions, starterOptions} from './scripts/build.mjs';
const named = async (options) => {
  const made = await build(options);
  return {inputs: made.metafile.inputs, outputs: madeOf(made).outputs};
};
const page = await build({...pageOptions, outdir: 'dist', write: false});
const made = await Promise.all([programOptions, starterOptions, loaderOptions].map(named));
process.stdout.write(JSON.stringify([...made, page.metafile]));
`;

export const metafiles = (): readonly Metafile[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    }),
  );

/** Files of which a byte is in dist/. */
export const filesIn = (built: readonly Metafile[]): readonly string[] => [
  ...new Set(
    built
      .flatMap(({outputs}) => Object.values(outputs))
      .flatMap(({inputs}) => Object.entries(inputs))
      .filter(([, {bytesInOutput}]) => bytesInOutput > 0)
      .map(([file]) => file)
      // What the build makes up itself is no file.
      .filter((file) => !/^(empty|builtin):/.test(file)),
  ),
];

/** The chunks of this build, below dist/: it keeps those of the last one for a while, for programs that still run. */
export const chunksIn = (built: readonly Metafile[]): readonly string[] =>
  built.flatMap(({outputs}) => Object.keys(outputs)).filter((path) => path.startsWith('chunks/'));
