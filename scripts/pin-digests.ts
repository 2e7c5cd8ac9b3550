// Writes the digest of every run of every lesson to test/fixtures/digests.json, those of every single fork of the first two
// lessons to fork-digests.json, and says which changed. A digest that changes means that replay codes and bug reports of before show something else now: a line for the changelog.
import {readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {forkDigests} from './fork-digests.ts';
import {allDigests} from './run-digests.ts';

const pinned = (file: string): Readonly<Record<string, string>> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
};

const pin = (name: string, now: Readonly<Record<string, string>>): void => {
  const file = `${process.cwd()}/test/fixtures/${name}.json`;
  const before = pinned(file);
  writeFileSync(file, `${JSON.stringify(now, undefined, 2)}\n`);
  for (const run of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[run] !== now[run]) console.log(`${run}: ${before[run] ?? 'new'} → ${now[run] ?? 'gone'}`);
  }
  console.log(`${Object.keys(now).length} ${name}`);
};

pin('digests', allDigests(process.cwd()));
pin('fork-digests', forkDigests(process.cwd()));
