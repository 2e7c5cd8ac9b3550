// The tiers of tests: which files each runs, and the seed of what varies in them. `vitest --mode TIER` chooses one.
import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join, posix} from 'node:path';
import {root} from './root.ts';

/** `short` is `npm test`; `rest` is what `all` has beyond it: other files, and the same properties with more runs. */
export const tiers = ['short', 'all', 'rest', 'long'] as const;
export type Tier = (typeof tiers)[number];

const code = new Set(
  readdirSync(join(root, 'test'), {recursive: true, encoding: 'utf8'})
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.tsx?$/.test(name)),
);
const files = [...code].filter((name) => /\.test\.tsx?$/.test(name)).sort();

/** What a file of the tests imports from the tests. */
const imports = (file: string): readonly string[] => {
  const text = readFileSync(join(root, file), 'utf8');
  const names = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, name = '']) => name);
  return names.map((name) => posix.join(posix.dirname(file), name)).filter((name) => code.has(name));
};

/** Whether how much a file does is a matter of the tier: it asks `seeds.ts`, itself or by what it imports. */
const scales = (file: string): boolean => {
  const reached = new Set([file]);
  for (const each of reached) for (const next of imports(each)) reached.add(next);
  return reached.has('test/helpers/seeds.ts');
};

const runsIn: Readonly<Record<Tier, (file: string) => boolean>> = {
  short: (file) => !/\.(all|long)\.test\./.test(file),
  all: (file) => !file.includes('.long.test.'),
  rest: (file) => !file.includes('.long.test.') && (file.includes('.all.test.') || scales(file)),
  long: (file) => file.includes('.long.test.') || scales(file),
};

export const filesOf = (tier: Tier): readonly string[] => files.filter(runsIn[tier]);

/** `test` is what Vitest calls its mode when nobody says one. */
export const tierOf = (mode: string): Tier => {
  const name = mode === 'test' ? 'short' : mode;
  const tier = tiers.find((each) => each === name);
  if (tier === undefined) throw new Error(`--mode ${mode} is none of ${tiers.join(', ')}`);
  return tier;
};

const commit = (): string | undefined => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {cwd: root, encoding: 'utf8', stdio: 'pipe'}).trim();
  } catch {
    return undefined;
  }
};

/**
 * The seed by which the tests of a change draw. It stays the same until somebody changes it on purpose and goes through what it finds, so
 * that a change is judged by what it changes and not by another draw. It shows nothing about other seeds: `test:long` and TEST_SEED do.
 */
const gateSeed = 253261151;

/** `test:long` takes the commit's, so that it tries something else each time; TEST_SEED has a red run again. */
export const seedOfRun = (tier: Tier): {readonly seed: number; readonly from: string} => {
  const asked = process.env['TEST_SEED'];
  if (asked !== undefined && !/^[0-9]{1,9}$/.test(asked))
    throw new Error(`TEST_SEED=${asked} is no number of at most nine digits`);
  if (asked !== undefined) return {seed: Number(asked), from: 'TEST_SEED'};
  if (tier !== 'long') return {seed: gateSeed, from: 'the same for every change'};
  const head = commit();
  return head === undefined
    ? {seed: 1, from: 'no commit'}
    : {seed: Number.parseInt(head.slice(0, 7), 16), from: `commit ${head.slice(0, 7)}`};
};
