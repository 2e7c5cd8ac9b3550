// Scripts of the public suites, where their mirrors are: how many of the development list pass, and why others fail.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {twinOf, verdict} from './bench.ts';

/**
 * A folder with the list `rpl-dev.txt` (repository, tab, path) and beside it the bare repositories `unbound.git` and
 * `deckard.git`, or links to them.
 */
const folder = process.env['RPL_SUITES'];
const list = 'rpl-dev.txt';
const required = 0.9;

type Listed = {readonly repository: string; readonly path: string};

const readList = (file: string): readonly Listed[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([repository = '', path = '']) => ({repository: `${basename(repository)}.git`, path}));

const scriptText = (here: string, {repository, path}: Listed): string =>
  execFileSync('git', ['--git-dir', join(here, repository), 'show', `HEAD:${path}`], {encoding: 'utf8'});

if (folder === undefined || !existsSync(folder)) {
  console.log('resolver replay suites: skipped, RPL_SUITES names no folder with the mirrored repositories');
}

describe.skipIf(folder === undefined || !existsSync(folder))('public suites', () => {
  test(list, () => {
    const here = folder ?? '';
    const listed = readList(join(here, list));
    const lines: string[] = [];
    const deaf: string[] = [];
    for (const script of listed) {
      const source = scriptText(here, script);
      const found = verdict(source);
      if (found !== 'pass') lines.push(`${script.path}: ${found}`);
      const twin = twinOf(source);
      if (twin === undefined || verdict(twin) === 'pass') deaf.push(script.path);
    }
    console.log([`${list}  ${listed.length - lines.length} of ${listed.length}`, ...lines].join('\n'));
    expect(deaf, 'twins that pass').toEqual([]);
    expect(listed.length - lines.length).toBeGreaterThanOrEqual(Math.ceil(required * listed.length));
  });
});
