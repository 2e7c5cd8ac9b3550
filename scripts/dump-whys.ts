// Writes what *Why?* and `show` tell of runs and captures, a file each, to a folder, so that two versions of the program can be compared
// line by line: node scripts/build.mjs scripts/dump-whys.ts --out FOLDER [--part 3/8] [--only TEXT].
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {lessonData} from '../source/io/lessons.ts';
import {lessonsIn} from './run-digests.ts';
import {allDumps} from './why-dumps.ts';

const {values} = parseArgs({
  options: {
    out: {type: 'string'},
    only: {type: 'string', default: ''},
    part: {type: 'string', default: '1/1'},
  },
});
if (values.out === undefined) throw new Error('--out names the folder to write to');
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const root = process.cwd();

mkdirSync(values.out, {recursive: true});
const named = allDumps(root, lessonsIn(root), lessonData()).filter(({name}) => name.includes(values.only));
const chosen = named.filter((_, nth) => nth % parts === part - 1);
for (const {name, lines} of chosen)
  writeFileSync(join(values.out, `${name.replaceAll('/', '_')}.txt`), [...(await lines())].join('\n'));
console.log(`${chosen.length} of ${named.length} dumps`);
