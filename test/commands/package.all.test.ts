// The package as npm would make it: what is in it, how big it is, how much of it a start loads, and whose licences go along.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, posix, relative, sep} from 'node:path';
import process from 'node:process';
import type {Metafile} from 'esbuild';
import {afterAll, describe, expect, test} from 'vitest';
import {thirdPartyLicenses} from '../../scripts/third-party.ts';
import {chunksIn, filesIn, metafiles} from '../helpers/built.ts';
import {homeEnv} from '../helpers/home-env.ts';
import {root} from '../helpers/root.ts';
import {program, Terminal} from '../helpers/terminal.ts';

/** Bytes of the tarball, characters of code that a start loads: at most a hundredth more than it is. */
// Forty challenges, their generator and the compiler of settings are 115 kB of the tarball, the words of the search 50 kB.
const budget = {tarball: 2_220_000, list: 228_000, play: 2_925_000};

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));

const built = metafiles();

/** The repository as after a clean build, without what npm never looks at. */
const clean = join(home, 'clean');
const current = chunksIn(built);
for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'dist', 'docs', 'lessons']) {
  cpSync(join(root, name), join(clean, name), {
    recursive: true,
    filter: (path) => {
      const place = relative(root, path).split(sep).join('/');
      return !place.startsWith('dist/chunks/') || current.includes(place.replace('dist/', ''));
    },
  });
}

const npm = (...args: readonly string[]): string =>
  spawnSync('npm', args, {cwd: clean, encoding: 'utf8', shell: process.platform === 'win32'}).stdout;

type Packed = {readonly size: number; readonly files: readonly {readonly path: string}[]};
// Until npm 11 an array, then an object by name.
const packed = Object.values<Packed>(JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts')))[0];
const paths = (packed?.files ?? []).map(({path}) => path);

describe('the tarball', () => {
  test('is small enough', () => {
    expect(packed?.size).toBeLessThan(budget.tarball);
  });

  test('has the program, the licences, the docs and the schema, and nothing that only we need', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY-LICENSES',
        'dist/cli.js',
        'dist/core/core.js',
        'dist/loader.cjs',
        'dist/rest.br',
        'dist/start.txt',
        'dist/core/node-crypto.js',
        'dist/core/types/core.d.ts',
        'dist/lessons/rules.d.ts',
        'dist/lessons/rules.js',
        'dist/lesson.schema.json',
        'dist/page/page.js',
        'docs/lessons.md',
        'docs/library.md',
        'docs/quiz.md',
      ]),
    );
    expect(
      paths.filter((path) => !/^(LICENSE|README\.md|package\.json|dist\/.+|docs\/.+\.md)$/.test(path)),
    ).toEqual([]);
    expect(paths.filter((path) => /(?<!\.d)\.(map|ts|tsx)$/.test(path))).toEqual([]);
  });

  test('has every page that its docs refer to', () => {
    const missing = paths
      .filter((path) => path.startsWith('docs/'))
      .flatMap((path) =>
        [...readFileSync(join(root, path), 'utf8').matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)]
          .map(([, target = '']) => posix.join(posix.dirname(path), target))
          .filter((target) => !paths.includes(target))
          .map((target) => `${path} → ${target}`),
      );
    expect(missing).toEqual([]);
  });

  test('publint has nothing to say', () => {
    const lint = spawnSync(process.execPath, [join(root, 'node_modules/publint/src/cli.js'), '--strict'], {
      cwd: clean,
      encoding: 'utf8',
    });
    expect(lint.stdout).toContain('All good!');
    expect(lint.status).toBe(0);
  });
});

type Covered = {
  readonly url: string;
  readonly functions: readonly {readonly ranges: readonly {readonly endOffset: number}[]}[];
};

/** Characters of the scripts of dist/ that a process has run, as V8 counts them for its coverage. */
const loadedCharacters = (folder: string): number => {
  const sizes = new Map<string, number>();
  for (const name of readdirSync(folder)) {
    const {result}: {result: readonly Covered[]} = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const {url, functions} of result.filter((script) => script.url.includes('/dist/'))) {
      const ends = functions.flatMap(({ranges}) => ranges.map(({endOffset}) => endOffset));
      sizes.set(url, Math.max(...ends));
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
};

describe('a start loads no more than it has to', () => {
  test('of list', () => {
    const folder = join(home, 'list');
    spawnSync(process.execPath, [program, 'list'], {
      env: {...homeEnv(home), NODE_V8_COVERAGE: folder},
    });
    const characters = loadedCharacters(folder);
    expect(characters).toBeGreaterThan(50_000);
    expect(characters).toBeLessThan(budget.list);
  });

  test('of the player', async () => {
    const folder = join(home, 'play');
    const terminal = new Terminal(['play', 'handshake'], {env: {NODE_V8_COVERAGE: folder}});
    await terminal.until('the player', (text) => text.trim() !== '');
    await terminal.quiet();
    terminal.type('\x03');
    await terminal.exit();
    terminal.close();
    const characters = loadedCharacters(folder);
    expect(characters).toBeGreaterThan(500_000);
    expect(characters).toBeLessThan(budget.play);
  });
});

describe('licences', () => {
  const text = readFileSync(join(dirname(program), 'THIRD-PARTY-LICENSES'), 'utf8');

  test('are those of the packages in the bundle, each with its version, and no others', () => {
    const folders = filesIn(built).flatMap(
      (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
    );
    const expected = [...new Set(folders)].map((folder) => {
      const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${license})`;
    });
    expect(expected.length).toBeGreaterThan(40);
    const told = text.split('\n').filter((line) => /^\S+ \d+\.\d+\.\d+\S* \([^)]+\)$/.test(line));
    expect(told.toSorted()).toEqual([...new Set(expected)].sort());
  });

  test('each has a copyright and the words that ask for it', () => {
    const blocks = text.split(`\n${'-'.repeat(80)}\n`).slice(1);
    expect(blocks.length).toBeGreaterThan(10);
    for (const block of blocks) {
      expect(block).toMatch(/copyright.*\S/i);
      expect(block).toMatch(/THE SOFTWARE IS PROVIDED|without warranty/i);
    }
  });

  /** A bundle with one package, whose folder has these files. */
  const noticesOf = (files: Readonly<Record<string, string>>): string => {
    const folder = mkdtempSync(join(home, 'planted-'));
    const inner = join(folder, 'node_modules', 'planted');
    mkdirSync(inner, {recursive: true});
    for (const [name, content] of Object.entries({'index.js': '', ...files})) {
      writeFileSync(join(inner, name), content);
    }
    const output = {
      bytes: 1,
      imports: [],
      exports: [],
      inputs: {'node_modules/planted/index.js': {bytesInOutput: 1}},
    };
    const metafile: Metafile = {inputs: {}, outputs: {'out.js': output}};
    return thirdPartyLicenses(folder, [metafile]);
  };
  const manifest = (license: string, author?: string): string =>
    JSON.stringify({name: 'planted', version: '1.2.3', license, author});

  test('one that nobody has read fails the build', () => {
    expect(() => noticesOf({'package.json': manifest('GPL-3.0-only'), LICENSE: 'x'})).toThrow('GPL-3.0-only');
    expect(() => noticesOf({'package.json': JSON.stringify({name: 'planted', version: '1.2.3'})})).toThrow(
      'planted',
    );
  });

  test('a package without its text gets the one of SPDX, if its author is known', () => {
    expect(noticesOf({'package.json': manifest('MIT', 'Jane Doe')})).toContain('Copyright (c) Jane Doe');
    expect(() => noticesOf({'package.json': manifest('MIT')})).toThrow('no text of its licence');
    expect(() => noticesOf({'package.json': manifest('ISC', 'Jane Doe')})).toThrow('no text of its licence');
  });

  test('NOTICE goes along', () => {
    const notices = noticesOf({
      'package.json': manifest('Apache-2.0'),
      LICENSE: 'the licence',
      NOTICE: 'the notice',
    });
    expect(notices).toMatch(/planted 1\.2\.3 \(Apache-2\.0\)\n\nthe licence\n\nthe notice/);
  });
});
