// The source as modules that Node itself loads, for tests: esbuild makes them of all files in a second, where Vite would be asked for each
// file by each worker. The folder is named by what is in it: no change is missed, runs beside each other do not meet.
import {createHash} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import type {Plugin} from 'vitest/config';
import {root} from './root.ts';

const cache = join(root, 'node_modules', '.cache', 'packet-tutor', 'compiled');
const dayMs = 24 * 60 * 60 * 1000;

const named = (file: string): string => file.replace(/\.tsx?$/, '.js');

const digestOf = (files: readonly string[]): string => {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
};

/** Files import each other as modules of Node; what asks where it stands is told where its source does. */
const asModule = (text: string, file: string): string =>
  text
    .replace(/(\bfrom |\bimport |\bimport\()"(\.[^"]+)\.tsx?"/g, '$1"$2.js"')
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));

const compile = async (files: readonly string[], folder: string): Promise<void> => {
  const {outputFiles} = await build({
    ...{entryPoints: [...files], outdir: join(folder, 'source'), outbase: join(root, 'source'), write: false},
    ...{format: 'esm', target: 'node20', jsx: 'automatic', sourcemap: 'inline', sourcesContent: false},
  });
  const sources = new Map(files.map((file) => [join(folder, named(relative(root, file))), file]));
  for (const {path, text} of outputFiles) {
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, asModule(text, sources.get(path) ?? path));
  }
};

/** Of what was used last. */
const forget = (): void => {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > dayMs) rmSync(folder, {recursive: true, force: true});
  }
};

/** The folder that holds them, made where no run before has made it. */
const compiled = async (): Promise<string> => {
  const files = readdirSync(join(root, 'source'), {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, 'source', name))
    .sort();
  const folder = join(cache, digestOf(files));
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const made = `${folder}.${process.pid}`;
  await compile(files, made);
  forget();
  if (existsSync(folder)) rmSync(made, {recursive: true});
  else renameSync(made, folder);
  return folder;
};

/** What tests import of source/ comes from there. */
export const compiledSource = async (): Promise<Plugin> => {
  const folder = await compiled();
  const source = join(root, 'source');
  return {
    // What Vitest keeps of a test from one run to the next names the folder, and is kept by the names of plugins, too.
    name: `compiled-source ${basename(folder)}`,
    enforce: 'pre',
    config: () => ({test: {provide: {compiled: folder}}}),
    resolveId(name, importer) {
      if (!name.startsWith('.') || importer === undefined || !/\.tsx?$/.test(name)) return;
      const file = join(dirname(importer), name);
      if (!file.startsWith(source)) return;
      return {id: join(folder, named(relative(root, file))), external: true};
    },
  };
};
