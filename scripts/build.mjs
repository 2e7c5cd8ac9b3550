// Builds dist/: the program as ES modules that load on demand, and the lessons, compiled. Plain JavaScript, so that
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
import {isBuiltin} from 'node:module';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {brotliCompressSync} from 'node:zlib';
import {build} from 'esbuild';
import {minifySync} from 'rolldown/utils';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'packet-tutor');

// With DEV=true Ink asks for React's devtools, over a WebSocket: not in a program that keeps off the network.
const emptyDevtools = {
  name: 'empty-devtools',
  setup(plugins) {
    plugins.onResolve({filter: /^\.\/devtools\.js$/}, () => ({path: 'devtools', namespace: 'empty'}));
    plugins.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
  },
};

// Yoga comes as WebAssembly in a data: URL, which gzip cannot make smaller and which its loader would fetch(). Here it is unpacked
// by Node and handed over, as the loader allows.
const smallerYoga = {
  name: 'smaller-yoga',
  setup(plugins) {
    plugins.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => {
      const source = readFileSync(path, 'utf8');
      const url = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;
      const options = 'loadYoga = loadYoga || {};';
      const [, base64] = url.exec(source) ?? [];
      if (base64 === undefined || !source.includes(options)) {
        throw new Error('Yoga has another form: look at smallerYoga in scripts/build.mjs');
      }
      const packed = brotliCompressSync(Buffer.from(base64, 'base64')).toString('base64');
      const binary = `brotliDecompressSync(Buffer.from('${packed}', 'base64'))`;
      const handed = source.replace(url, '""').replace(options, () => `loadYoga = {wasmBinary: ${binary}};`);
      return {contents: `import {brotliDecompressSync} from 'node:zlib';\n${handed}`};
    });
  },
};

// What a host of React may have and Ink's says it has not: without them a tenth of the reconciler is out of reach, and left out.
const smallerReconciler = {
  name: 'smaller-reconciler',
  setup(plugins) {
    plugins.onLoad({filter: /react-reconciler\.production\.js$/}, ({path}) => {
      const absent = ['Hydration', 'Persistence', 'TestSelectors', 'Resources', 'Singletons'];
      const contents = absent.reduce(
        (source, name) => {
          const asked = `supports${name} = $$$config.supports${name}`;
          if (!source.includes(asked))
            throw new Error(
              'The reconciler has another form: look at smallerReconciler in scripts/build.mjs',
            );
          const parts = source.split(asked).map((part) => part.replaceAll(`supports${name}`, 'false'));
          return parts.join(`no${name} = true`);
        },
        readFileSync(path, 'utf8'),
      );
      return {contents};
    });
  },
};

// Some bundled packages are CommonJS and ask for Node's own modules by require(), which a module has not.
const importedBuiltins = {
  name: 'imported-builtins',
  setup(plugins) {
    plugins.onResolve({filter: /^[a-z_:/]+$/}, ({kind, path}) =>
      kind === 'require-call' && isBuiltin(path) ? {path, namespace: 'builtin'} : undefined,
    );
    plugins.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
      contents: `export * from '${path}'; export {default} from '${path}';`,
    }));
  },
};

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
  plugins: [emptyDevtools, smallerYoga, smallerReconciler, importedBuiltins],
  // Its form for browsers has no need of Node, and is made of ES modules.
  alias: {yaml: './node_modules/yaml/browser/index.js'},
  logLevel: 'warning',
};

/** A part of the build that is written in TypeScript, bundled and loaded. */
const loadPart = async (name, staging) => {
  const outfile = join(staging, `.${name}.mjs`);
  await build({...shared, entryPoints: [`scripts/${name}.ts`], outfile});
  const part = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return part;
};

/** Sentences are modules before anything is bundled. */
const makeCatalogue = async () => {
  const folder = join(cache, `${process.pid}`);
  try {
    const {writeCatalogue} = await loadPart('catalogue', folder);
    writeCatalogue(root);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
};

/** Bundles one TypeScript tool and runs it with the rest of the arguments. */
export const runTool = (entry, args = [], nodeArgs = [], options = {}) => {
  const outfile = join(cache, `${entry.replaceAll('/', '-').replace(/\.tsx?$/, '')}.mjs`);
  // They bring native code or workers of their own.
  const external = ['oxc-parser', 'vitest', '@lydell/node-pty', '@xterm/headless'];
  return build({...shared, ...options, entryPoints: [entry], outfile, external}).then(() => {
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

/**
 * Of the program, and of `packet-tutor/core`, which shares its chunks. Licences are gathered from the metafile, not from comments.
 */
export const programOptions = {
  ...shared,
  entryPoints: {
    cli: 'cli.tsx',
    'core/core': 'source/core.ts',
    'core/node-crypto': 'source/io/crypto.ts',
  },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minify: true,
  // Of a Chinese character half as many bytes as of its escape.
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
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
export const chunkNames = ({outputs}) => {
  const names = new Map();
  for (const [path, output] of Object.entries(outputs)) {
    const [name, hash] = /[^/]+-(\w{6})\w{2}\.js$/.exec(path.split('chunks/')[1] ?? '') ?? [];
    if (name !== undefined) names.set(name, `${roomOf(output)}-${hash}.js`);
  }
  if (new Set(names.values()).size < names.size)
    throw new Error('two chunks have one name: take more of the hash');
  return names;
};

/** What esbuild has minified another minifier makes smaller by a twentieth, in a second: the tarball has a budget, a start has one. */
const smaller = (staging, names) => {
  const entries = Object.keys(programOptions.entryPoints).map((name) => `${name}.js`);
  const chunks = [...names.keys()].map((name) => join('chunks', name));
  for (const file of [...entries, ...chunks].map((name) => join(staging, name))) {
    const {code, errors} = minifySync(file, readFileSync(file, 'utf8'), {
      module: true,
      compress: {target: 'node20.19'},
    });
    if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
    const named = code.replace(/(?<=\/)[\w-]+-\w{8}\.js/g, (name) => names.get(name) ?? name);
    writeFileSync(file, named);
  }
  for (const [name, ours] of names) renameSync(join(staging, 'chunks', name), join(staging, 'chunks', ours));
};

const compilerPath = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

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
  const take = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const text = readFileSync(join(made, `${name}.d.ts`), 'utf8');
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
      build({...programOptions, outdir: staging}),
      build({...pageOptions, outdir: join(staging, 'page')}),
      writeTypes(staging),
    ];
    // Where one fails the others still write: what they write into must not be cleared away meanwhile.
    await Promise.allSettled(parts);
    const bundles = await Promise.all(parts);
    smaller(staging, chunkNames(bundles[0].metafile));
    chmodSync(join(staging, 'cli.js'), 0o755);
    const {thirdPartyLicenses} = await loadPart('third-party', staging);
    const notices = thirdPartyLicenses(
      root,
      bundles.flatMap((bundle) => bundle?.metafile ?? []),
    );
    writeFileSync(join(staging, 'THIRD-PARTY-LICENSES'), notices);
    const {compileLessons, writeSchema} = await loadPart('compile-lessons', staging);
    compileLessons(join(root, 'lessons'), join(staging, 'lessons'));
    writeSchema(join(staging, 'lesson.schema.json'));
    install(staging, target, clean);
  } finally {
    rmSync(staging, {recursive: true, force: true});
  }
};

// It runs the program inside itself, which finds its lessons from where a chunk of it would lie.
const monkeyOptions = {
  define: {
    ...shared.define,
    'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'dist', 'chunks', 'monkey.js')).href),
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [tool, ...args] = process.argv.slice(2);
  try {
    const clean = tool === '--clean';
    await makeCatalogue();
    await (tool === undefined || clean
      ? buildAll({clean})
      : runTool(
          tool,
          args,
          tool.startsWith('bench/') ? ['--expose-gc'] : [],
          tool === 'scripts/monkey.ts' ? monkeyOptions : {},
        ));
  } catch (problem) {
    // The tool has said on its own what is wrong.
    if (typeof problem.status !== 'number')
      console.error(problem.errors ? 'build failed' : problem.cause === 'files' ? problem.message : problem);
    process.exitCode = problem.status || 1;
  }
}
