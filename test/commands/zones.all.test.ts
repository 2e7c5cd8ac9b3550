// Zone files beside a lesson on the disk: found in zones/, missed, and wrong in a line of their own.
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';

const skeletons = `${root}test/fixtures/skeletons/`;
let folder = '';

const write = (name: string, change: (text: string) => string): void =>
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-zones-'));
  cpSync(`${skeletons}zones`, join(folder, 'zones'), {recursive: true});
  cpSync(`${skeletons}dns-cache.yaml`, join(folder, 'dns-cache.yaml'));
  // Whether a myth is known is not the question here.
  write('dns-cache.yaml', (text) => text.replace(/, myth: [\w-]+/, ''));
});
afterAll(() => rmSync(folder, {recursive: true}));

const check = () => runProgram(['check', join(folder, 'dns-cache.yaml'), '--json'], {cwd: folder});

test('found, missed, wrong', () => {
  expect(JSON.parse(check().stdout)).toMatchObject({ok: true});
  // What tells versions of a lesson apart knows its zones.
  const digest = () => runProgram(['show', join(folder, 'dns-cache.yaml'), '--json']).stdout.split('\n')[0];
  const before = digest();
  write('zones/abc.com.zone', (text) => text.replace('203.0.113.80', '203.0.113.800'));
  const wrong = check();
  expect(wrong.code).toBe(1);
  const {error} = JSON.parse(wrong.stdout);
  expect(error).toMatchObject({line: 6, column: 11, message: expect.stringContaining('abc.com.zone: “203')});
  write('zones/abc.com.zone', (text) => text.replace('203.0.113.800', '203.0.113.82'));
  expect(digest()).not.toBe(before);
  rmSync(join(folder, 'zones'), {recursive: true});
  const missing = JSON.parse(check().stdout).error;
  expect(missing).toMatchObject({
    line: 29,
    column: 39,
    message: expect.stringContaining('no zone file “root.zone”'),
  });
  expect(missing.remedy).toContain(join(folder, 'zones', 'root.zone'));
});
