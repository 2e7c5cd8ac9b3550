// What the shell offers: bash itself runs the script that `completion` prints.
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {languages} from '../../source/words/catalogue/language.ts';
import {runProgram} from '../helpers/run-program.ts';
import {program} from '../helpers/terminal.ts';

const offered = (...words: readonly string[]): readonly string[] =>
  runProgram(['--get-yargs-completions', 'packet-tutor', ...words])
    .stdout.split('\n')
    .filter((line) => line !== '');

test.each([
  [['pl'], ['play']],
  [
    ['play', 'dns-'],
    ['dns-cache', 'dns-iterative', 'dns-recursion', 'dns-transport'],
  ],
  [
    ['quiz', 'tcp-'],
    ['tcp-close', 'tcp-data', 'tcp-header', 'tcp-open'],
  ],
  [['export', 'handshake', '--format', 's'], ['svg']],
  [['play', 'handshake', '--prof'], ['--profile']],
  [['check', 'x'], []],
  [['--lang', ''], languages.toSorted()],
])('%s', (words, expected) => {
  expect([...offered(...words)].sort()).toEqual(expected);
});

const bash = spawnSync('bash', ['--version']).status === 0;
if (!bash) console.log('skipped: bash is not here');

test.skipIf(!bash)('bash completes with the script that is printed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-bash-'));
  const call = join(folder, 'packet-tutor');
  writeFileSync(call, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(call, 0o755);
  const {stdout} = spawnSync(
    'bash',
    [
      '-c',
      'source <(packet-tutor completion); COMP_WORDS=(packet-tutor play hand); COMP_CWORD=2; _packet-tutor_yargs_completions; declare -p COMPREPLY',
    ],
    {env: {PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder, SHELL: '/bin/bash'}},
  );
  rmSync(folder, {recursive: true});
  const replies = [...stdout.toString().matchAll(/="([^"]+)"/g)].map(([, reply]) => reply);
  expect(replies).toEqual(['handshake', 'handshake-loss']);
});
