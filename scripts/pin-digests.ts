// Writes the digest of every run of every lesson to test/fixtures/digests.json, and says which changed. A digest that
// changes means that replay codes and bug reports of before show something else now: a line for the changelog.
import {readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {allDigests} from './run-digests.ts';

const file = `${process.cwd()}/test/fixtures/digests.json`;

const pinned = (): Readonly<Record<string, string>> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
};

const before = pinned();
const now = allDigests(process.cwd());
writeFileSync(file, `${JSON.stringify(now, undefined, 2)}\n`);
const names = new Set([...Object.keys(before), ...Object.keys(now)]);
for (const name of names) {
  if (before[name] !== now[name]) console.log(`${name}: ${before[name] ?? 'new'} → ${now[name] ?? 'gone'}`);
}
console.log(`${Object.keys(now).length} digests`);
