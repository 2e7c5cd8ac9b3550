// Writes what *Why?* and `show` tell of runs and captures, a file each, to a folder, so that two versions of the program can be compared
// line by line: node scripts/build.mjs scripts/dump-whys.ts --out FOLDER [--part 3/8] [--only TEXT]. With --pin the hashes of all of them
// go to test/fixtures/why-digests.json.
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {lessonData} from '../source/io/lessons.ts';
import {digestOf} from './json-digests.ts';
import {lessonsIn} from './run-digests.ts';
import {allDumps} from './why-dumps.ts';

const {values} = parseArgs({
  options: {
    out: {type: 'string'},
    only: {type: 'string', default: ''},
    part: {type: 'string', default: '1/1'},
    pin: {type: 'boolean', default: false},
  },
});
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const root = process.cwd();
const pinFile = join(root, 'test/fixtures/why-digests.json');
const pinned: Record<string, string> =
  values.pin && existsSync(pinFile) ? JSON.parse(readFileSync(pinFile, 'utf8')) : {};

if (values.out !== undefined) mkdirSync(values.out, {recursive: true});
const chosen = allDumps(root, lessonsIn(root), lessonData()).filter(
  ({name}, nth) => nth % parts === part - 1 && name.includes(values.only),
);
for (const {name, lines} of chosen) {
  const all = [...(await lines())];
  if (values.out !== undefined)
    writeFileSync(join(values.out, `${name.replaceAll('/', '_')}.txt`), all.join('\n'));
  const digest = digestOf(all);
  if (values.pin && pinned[name] !== digest) console.log(`${name}: ${pinned[name] ?? 'new'} → ${digest}`);
  pinned[name] = digest;
}
if (values.pin) {
  const rows = Object.entries(pinned)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => `  ${JSON.stringify(name)}: ${JSON.stringify(digest)}`);
  writeFileSync(pinFile, `{\n${rows.join(',\n')}\n}\n`);
}
console.log(`${chosen.length} dumps`);
