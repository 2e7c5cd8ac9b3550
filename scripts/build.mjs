// Builds dist/: the program in archives, the library as ES modules, and the lessons, compiled. Plain JavaScript, so that
// `npm ci` on a bare clone can run it (`prepare`) with nothing but esbuild.
import {execFile, execFileSync} from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join, relative, sep} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {minifySync} from 'rolldown/utils';
import {closureOf, makeArchives} from './archive.mjs';
import {packageChanges} from './package-changes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'packet-tutor');

/** What every bundle of this repository has in common: the program, the tools in scripts/, the benchmarks. */
export const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  jsx: 'automatic',
  define: {
    'process.env.NODE_ENV': '"production"',
    PACKET_TUTOR_VERSION: JSON.stringify(
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    ),
  },
  plugins: packageChanges,
  // Its form for browsers has no need of Node, and is made of ES modules.
  alias: {yaml: './node_modules/yaml/browser/index.js'},
  logLevel: 'warning',
};

/** A part of the build that is written in TypeScript, bundled and loaded. */
const loadPart = async (entry, staging) => {
  const outfile = join(staging, `.${basename(entry, '.ts')}.mjs`);
  await build({...shared, entryPoints: [entry], outfile});
  const part = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return part;
};

/** Sentences are modules before anything is bundled. */
const makeCatalogue = async () => {
  const folder = join(cache, `${process.pid}`);
  try {
    const {writeCatalogue} = await loadPart('scripts/catalogue.ts', folder);
    writeCatalogue(root);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
};

// What a tool runs of the program and of the tests finds its files from where it is written, not from where the bundle lies.
const whereWritten = {
  name: 'where-written',
  setup(plugins) {
    plugins.onLoad({filter: /[\\/](source|test)[\\/].*\.tsx?$/}, ({path}) =>
      path.includes('node_modules')
        ? undefined
        : {
            contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', () =>
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: path.endsWith('x') ? 'tsx' : 'ts',
          },
    );
  },
};

/** Bundles one TypeScript tool and runs it with the rest of the arguments. */
const runTool = (entry, args = [], nodeArgs = []) => {
  const outfile = join(cache, `${entry.replaceAll('/', '-').replace(/\.tsx?$/, '')}.mjs`);
  // They bring native code or workers of their own.
  const external = ['oxc-parser', 'vitest', '@lydell/node-pty', '@xterm/headless'];
  const plugins = [whereWritten, ...shared.plugins];
  return build({...shared, plugins, entryPoints: [entry], outfile, external}).then(() => {
    execFileSync(process.execPath, [...nodeArgs, outfile, ...args], {cwd: root, stdio: 'inherit'});
  });
};

// A program that was started a moment ago still has chunks to load.
const graceMs = 10 * 60 * 1000;

/** Chunks first, they are named by their content; then the entry that names them; then what nobody needs any more. */
const install = (staging, target, clean) => {
  if (clean) rmSync(target, {recursive: true, force: true});
  const names = readdirSync(staging, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(staging, join(entry.parentPath, entry.name)))
    .sort((a, b) => Number(!a.startsWith('chunks')) - Number(!b.startsWith('chunks')));
  for (const name of names) {
    mkdirSync(dirname(join(target, name)), {recursive: true});
    renameSync(join(staging, name), join(target, name));
  }
  const chunks = join(target, 'chunks');
  for (const name of readdirSync(chunks)) {
    const stale = Date.now() - statSync(join(chunks, name)).mtimeMs > graceMs;
    if (stale && !names.includes(join('chunks', name))) rmSync(join(chunks, name), {force: true});
  }
};

const smallest = {
  splitting: true,
  minify: true,
  // Of a Chinese character half as many bytes as of its escape.
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  // Names are told from it; what is written stands in files of another folder, or in archives.
  outdir: 'dist',
  write: false,
};

/**
 * Of the program, and of `packet-tutor/core`, which shares its chunks. Licences are gathered from the metafile, not from comments.
 */
export const programOptions = {
  ...shared,
  ...smallest,
  entryPoints: {
    main: 'source/commands/main.ts',
    'core/core': 'source/core.ts',
    'core/node-crypto': 'source/io/crypto.ts',
  },
  chunkNames: 'chunks/[name]-[hash]',
};

/** Of what Node itself loads: it runs the program. */
export const starterOptions = {
  ...shared,
  ...smallest,
  entryPoints: {cli: 'cli.tsx'},
};

/** CommonJS, which Node finds, links and gives its own modules to in a third of the time. */
export const loaderOptions = {
  ...shared,
  ...smallest,
  splitting: false,
  format: 'cjs',
  plugins: [],
  entryPoints: {loader: 'source/loader/load.ts'},
  outExtension: {'.js': '.cjs'},
};

/** Of what `export --format html` writes into its page. */
export const pageOptions = {
  absWorkingDir: root,
  entryPoints: ['source/page/page.ts', 'source/page/page.css'],
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  minify: true,
  charset: 'utf8',
  logLevel: 'warning',
  metafile: true,
};

/** The folder of source/ most of it comes from, or `packages`. */
const roomOf = ({inputs}) => {
  const bytes = new Map();
  for (const [file, {bytesInOutput}] of Object.entries(inputs)) {
    const room = file.startsWith('source/') ? file.split('/')[1] : 'packages';
    bytes.set(room, (bytes.get(room) ?? 0) + bytesInOutput);
  }
  const [largest] = [...bytes].sort(([, a], [, b]) => b - a);
  return largest?.[0] ?? 'packages';
};

/**
 * esbuild's names of chunks → ours, which begin with a room. npm packs files in the order of their names, and gzip sees 32 KB at once:
 * like has to stand beside like.
 */
const chunkNames = (outputs) => {
  const names = new Map();
  const taken = new Set();
  for (const path of Object.keys(outputs).sort()) {
    const [name, hash] = /[^/]+-(\w{8})\.js$/.exec(path.split('chunks/')[1] ?? '') ?? [];
    if (name === undefined) continue;
    const room = roomOf(outputs[path]);
    // Four letters are enough for nearly all, and the tarball has a budget; of some hundred chunks two may share them.
    const short = `${room}-${hash.slice(0, 4)}.js`;
    const given = taken.has(short) ? `${room}-${hash}.js` : short;
    taken.add(given);
    names.set(name, given);
  }
  return names;
};

/** What esbuild has minified another minifier makes smaller by a twentieth, in a second: the tarball has a budget, a start has one. */
const smaller = (name, text) => {
  const {code, errors} = minifySync(name, text, {
    module: name.endsWith('.js'),
    compress: {target: 'node20.19'},
  });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return code;
};

/** What esbuild made, under our names below dist/: codes, and outputs as in the metafile. */
export const madeOf = ({outputFiles, metafile}) => {
  const names = chunkNames(metafile.outputs);
  const renamed = (text) => text.replace(/(?<=\/)[\w-]+-\w{8}\.js/g, (name) => names.get(name) ?? name);
  const nameOf = (path) => renamed(path.replace(/^dist\//, ''));
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [
    nameOf(path),
    {...output, imports: output.imports.map((each) => ({...each, path: nameOf(each.path)}))},
  ]);
  const codes = outputFiles.map(({path, text}) => {
    const name = nameOf(relative(root, path).split(sep).join('/'));
    return [name, renamed(smaller(name, text))];
  });
  return {outputs: Object.fromEntries(outputs), codes: new Map(codes.sort(([a], [b]) => (a < b ? -1 : 1)))};
};

/** The library as modules; the program as archives, which have what is no module of the library. */
export const shippedOf = async ({outputs, codes}, asFunction) => {
  const modules = closureOf(['core/core.js', 'core/node-crypto.js'], outputs);
  const needed = (...files) =>
    closureOf(
      Object.keys(outputs).filter((name) => files.includes(outputs[name].entryPoint)),
      outputs,
    );
  const source = (name) => `source/${name}.ts`;
  // The commands come first, followed by the modules that they load while they run.
  const shown = [
    'commands/show',
    'commands/play',
    'commands/inspect',
    'commands/menu',
    'io/lessons',
    'io/packs-here',
  ];
  const simulated = ['lesson/bind', 'lesson/run-scenario', 'lesson/signed', 'sim/simulate'];
  const inspected = ['view/inspect/report', 'view/inspect/selection'];
  const stages = [
    needed(...['commands/main', 'commands/list'].map(source)),
    needed(...[...shown, ...simulated, ...inspected].map(source)),
    needed('source/ui/start.tsx', source('app/run-app')),
  ];
  const program = closureOf(['main.js'], outputs, ['import-statement', 'dynamic-import']);
  const chunks = new Map([...codes].filter(([name]) => program.has(name)));
  const archives = await makeArchives(chunks, {modules, stages, asFunction});
  return {...Object.fromEntries([...codes].filter(([name]) => modules.has(name))), ...archives};
};

const compilerPath = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** A type that is any text, a text by name, or one of some words: whoever needs it alone does not need the rest of its file. */
const wordsOf = (file, type) => {
  const text = String.raw`string|\{\s*readonly \[\w+: string\]: string;\s*\}|(?:[\s|]*'[^']*')+`;
  return new RegExp(`^export type ${type} = (${text});`, 'm').exec(file.replace(/\/\*\*.*?\*\//gs, ''))?.[1];
};

/** What the library's two entries say of their types, and the files that these name; not those of the whole program. */
const writeTypes = async (staging) => {
  const made = join(staging, '.types');
  await promisify(execFile)(
    process.execPath,
    [compilerPath, '-p', 'tsconfig.library.json', '--outDir', made],
    {
      cwd: root,
    },
  );
  const seen = new Set();
  const declared = (name) => readFileSync(join(made, `${name}.d.ts`), 'utf8');
  const take = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const text = declared(name).replace(/import\("(\.[^"]+)\.ts"\)\.(\w+)/g, (whole, path, type) => {
      const written = wordsOf(declared(join(dirname(name), path)), type);
      return written === undefined ? whole : `(${written})`;
    });
    const imported = /(['"])(\.[^'"]+)\.ts\1/g;
    for (const [, , path] of text.matchAll(imported)) take(join(dirname(name), path));
    const target = join(staging, 'core', 'types', `${name}.d.ts`);
    mkdirSync(dirname(target), {recursive: true});
    writeFileSync(target, text.replace(imported, "'$2.js'"));
  };
  for (const entry of ['core', 'io/crypto']) take(entry);
  rmSync(made, {recursive: true});
};

// Made aside, so that a build that fails leaves the program of before.
export const buildAll = async ({clean = false} = {}) => {
  const staging = join(root, `dist.${process.pid}`);
  const target = join(root, 'dist');
  try {
    mkdirSync(staging, {recursive: true});
    const parts = [
      build(programOptions),
      build(starterOptions),
      build(loaderOptions),
      build({...pageOptions, outdir: join(staging, 'page')}),
      writeTypes(staging),
    ];
    // Where one fails the others still write: what they write into must not be cleared away meanwhile.
    await Promise.allSettled(parts);
    const bundles = await Promise.all(parts);
    const [program, starter, loader] = bundles.map((bundle) => bundle?.outputFiles && madeOf(bundle));
    const {asFunction} = await loadPart('source/loader/as-function.ts', staging);
    const shipped = {
      ...(await shippedOf(program, asFunction)),
      ...Object.fromEntries([...starter.codes, ...loader.codes]),
    };
    for (const [name, content] of Object.entries(shipped)) {
      mkdirSync(dirname(join(staging, name)), {recursive: true});
      writeFileSync(join(staging, name), content);
    }
    chmodSync(join(staging, 'cli.js'), 0o755);
    const {thirdPartyLicenses} = await loadPart('scripts/third-party.ts', staging);
    const notices = thirdPartyLicenses(
      root,
      bundles.flatMap((bundle) => bundle?.metafile ?? []),
    );
    writeFileSync(join(staging, 'THIRD-PARTY-LICENSES'), notices);
    const {compileLessons, writeSchema} = await loadPart('scripts/compile-lessons.ts', staging);
    compileLessons(join(root, 'lessons'), join(staging, 'lessons'));
    writeSchema(join(staging, 'lesson.schema.json'));
    install(staging, target, clean);
  } finally {
    rmSync(staging, {recursive: true, force: true});
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tool, ...args] = process.argv.slice(2);
  try {
    const clean = tool === '--clean';
    await makeCatalogue();
    await (tool === undefined || clean
      ? buildAll({clean})
      : runTool(tool, args, tool.startsWith('bench/') ? ['--expose-gc'] : []));
  } catch (problem) {
    // The tool has said on its own what is wrong.
    if (typeof problem.status !== 'number')
      console.error(problem.errors ? 'build failed' : problem.cause === 'files' ? problem.message : problem);
    process.exitCode = problem.status || 1;
  }
}
