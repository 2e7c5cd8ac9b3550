// What the build puts into dist/, as esbuild itself tells it (metafile), under the names of ours: the source of truth for licences and imports.
import {execFileSync} from 'node:child_process';
import process from 'node:process';
import type {Metafile} from 'esbuild';
import {root} from './root.ts';

const script = `
import {build} from 'esbuild';
import {chunkNames, pageOptions, programOptions} from './scripts/build.mjs';
const options = {outdir: 'dist', write: false};
const made = [await build({...programOptions, ...options}), await build({...pageOptions, ...options})];
const names = chunkNames(made[0].metafile);
const named = ([path, output]) => [path.replace(/[^/]+$/, (name) => names.get(name) ?? name), output];
const outputs = ({metafile}) => Object.fromEntries(Object.entries(metafile.outputs).map(named));
process.stdout.write(JSON.stringify(made.map((each) => ({inputs: each.metafile.inputs, outputs: outputs(each)}))));
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

/** The chunks of this build: dist/ keeps those of the last one for a while, for programs that still run. */
export const chunksIn = (built: readonly Metafile[]): readonly string[] =>
  built.flatMap(({outputs}) => Object.keys(outputs)).filter((path) => path.startsWith('dist/chunks/'));
