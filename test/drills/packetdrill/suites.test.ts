// Scripts of the public suites, where their mirrors are: how many of the development lists pass, and why others fail.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

/**
 * A folder with the lists `tcp-testsuite-dev.txt` and `packetdrill-dev.txt` (path, tab, class) and beside them the bare
 * repositories `tcp-testsuite.git` and `packetdrill.git`, or links to them.
 */
const folder = process.env['PACKETDRILL_SUITES'];

const suites = [
  {list: 'tcp-testsuite-dev.txt', repository: 'tcp-testsuite.git', required: {a: 0.95, b: 0.8}},
  {list: 'packetdrill-dev.txt', repository: 'packetdrill.git', required: {linux: 0.95}},
];

type Listed = {readonly path: string; readonly kind: string};

const readList = (file: string): readonly Listed[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([path = '', kind = '']) => ({path, kind}));

const scriptText = (repository: string, path: string): string =>
  execFileSync('git', ['--git-dir', repository, 'show', `HEAD:${path}`], {encoding: 'utf8'});

if (folder === undefined || !existsSync(folder)) {
  console.log(
    'packetdrill suites: skipped, PACKETDRILL_SUITES names no folder with the mirrored repositories',
  );
}

describe.skipIf(folder === undefined || !existsSync(folder))('public suites', () => {
  test.each(suites)('$list', ({list, repository, required}) => {
    const here = folder ?? '';
    const counts = new Map<string, {pass: number; all: number}>();
    const lines: string[] = [];
    const deaf: string[] = [];
    let twins = 0;
    for (const {path, kind} of readList(join(here, list))) {
      const source = scriptText(join(here, repository), path);
      const found = verdict(source);
      const count = counts.get(kind) ?? {pass: 0, all: 0};
      counts.set(kind, {pass: count.pass + (found === 'pass' ? 1 : 0), all: count.all + 1});
      if (found !== 'pass') lines.push(`${kind} ${path}:${found}`);
      else
        for (const {what, source: twin} of twinsOf(source)) {
          twins += 1;
          if (verdict(twin) === 'pass') deaf.push(`${path} ${what}`);
        }
    }
    const summary = [...counts].map(([kind, {pass, all}]) => `${kind}: ${pass} of ${all}`);
    const twinCount = `${twins} twins, ${deaf.length} of them pass`;
    console.log([`${list}  ${summary.join(', ')}; ${twinCount}`, ...lines].join('\n'));
    expect(deaf, 'twins that pass').toEqual([]);
    for (const [kind, share] of Object.entries(required)) {
      const {pass, all} = counts.get(kind) ?? {pass: 0, all: 0};
      expect(pass, `${kind} scripts that pass`).toBeGreaterThanOrEqual(Math.ceil(share * all));
    }
  });
});
