// What `npm test` leaves out the rest has; every room is in `npm test`; and how `.ci/run` counts what two tiers have run.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {root} from './helpers/root.ts';
import {few, runs, some} from './helpers/seeds.ts';
import {filesOf, tierOf} from './helpers/tiers.ts';

test('npm test and the rest are test:all; what is in neither is of test:long', () => {
  const [short, all, rest, long] = (['short', 'all', 'rest', 'long'] as const).map(filesOf);
  expect([...new Set([...(short ?? []), ...(rest ?? [])])].toSorted()).toEqual(all);
  expect(short).not.toEqual(all);
  const files = readdirSync(join(root, 'test'), {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `test/${name.replaceAll('\\', '/')}`);
  expect([...new Set([...(all ?? []), ...(long ?? [])])].toSorted()).toEqual(files.toSorted());
  expect(() => tierOf('al')).toThrow('--mode al is none of short, all, rest, long');
});

/** A test comes at a room by its import; at these by the program that runs, and in a browser by the page that it writes. */
const driven: Readonly<Record<string, RegExp>> = {
  commands: /runProgram|new Terminal/,
  loader: /runProgram|new Terminal/,
  page: /helpers\/browser/,
};

test.each(readdirSync(join(root, 'source'), {withFileTypes: true}).filter((entry) => entry.isDirectory()))(
  'npm test covers source/$name',
  ({name}) => {
    const asks = driven[name] ?? new RegExp(`from '(?:\\.\\./)+source/${name}/`);
    const others = filesOf('short').filter((file) => file !== 'test/tiers.test.ts');
    const by = others.filter((file) => asks.test(readFileSync(join(root, file), 'utf8')));
    expect(by.length).toBeGreaterThan(0);
  },
);

test('helpers ask how much to try when a test runs, so that it is known of which tests', () => {
  const helpers = readdirSync(join(root, 'test'), {recursive: true, encoding: 'utf8'}).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\./.test(name),
  );
  const asking = /^(export )?const \w+(: [^=]+)? =\s+(some|part|runs|asksOthers)\(/m;
  const early = helpers.filter((name) => asking.test(readFileSync(join(root, 'test', name), 'utf8')));
  expect(early).toEqual([]);
});

test('a few of a list: no more than asked for, in their order, none twice', () => {
  const list = Array.from({length: 37}, (_, index) => index);
  for (const taken of [some(list, 5), few(list, 5)]) {
    expect([5, 19, 37]).toContain(taken.length);
    expect(taken).toEqual([...new Set(taken)].toSorted((a, b) => a - b));
  }
  expect(some(list, 40)).toEqual(list);
  expect(runs(10)).toBeGreaterThanOrEqual(10);
  expect(runs(1000)).toBeGreaterThanOrEqual(50);
});

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-counts-'));
afterAll(() => rmSync(folder, {recursive: true}));

type Told = readonly (readonly [file: string, status: string, tests: Readonly<Record<string, string>>])[];

const counted = (wanted: number, ...reports: readonly Told[]): string => {
  const files = reports.map((report, nth) => {
    const testResults = report.map(([name, status, tests]) => ({
      name,
      status,
      assertionResults: Object.entries(tests).map(([fullName, status]) => ({fullName, status})),
    }));
    const file = join(folder, `${nth}.json`);
    writeFileSync(file, JSON.stringify({testResults}));
    return file;
  });
  const args = ['scripts/count-tests.mjs', String(wanted), ...files];
  return spawnSync(process.execPath, args, {cwd: root, encoding: 'utf8'}).stdout.trim();
};

test('a test counts once, at its worst; what was skipped in one tier and passed in another has passed', () => {
  const first: Told = [['a', 'passed', {one: 'passed', two: 'pending', three: 'skipped', four: 'passed'}]];
  const second: Told = [['a', 'failed', {one: 'passed', two: 'passed', four: 'failed'}]];
  expect(counted(2, first, second)).toBe('2 1 1');
});

test('a file that cannot be loaded, and a report that is missing, fail', () => {
  expect(counted(1, [['a', 'failed', {}]])).toBe('0 1 0');
  expect(counted(2, [['a', 'passed', {one: 'passed'}]])).toBe('1 1 0');
});
