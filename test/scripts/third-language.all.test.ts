// A folder of sentences more is a language more: the types and the tests of a copy of this repository hold with it as they stand.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

const copy = mkdtempSync(join(tmpdir(), 'third-language-'));
afterAll(() => rmSync(copy, {recursive: true, force: true}));

const sentences = {
  'menu.yaml': `menuLabels: {quiz: Rätsel}
languageNames: Deutsch
lessonsInTracks: '{lessons, plural, one {1 Lektion} other {{lessons} Lektionen}} in {tracks, plural, one {1 Gruppe} other {{tracks} Gruppen}}'`,
  'punctuation.yaml': "lists: {and: '{before, list} und {last}'}",
  'fates.yaml': 'shownByTwo: Die Pakete {first} und {second} zeigen es.',
  'errors.yaml': "noFile: {what: 'keine Datei {file}'}",
};

/** What a language more has broken once: what stands in for it, words that are looked up by every language, the settings. */
const asked = [
  ...['lesson/text', 'lesson/templates', 'lesson/term-names', 'lesson/labels'],
  ...['ui/settings', 'view/message', 'words/written'],
];

const besides = ['cli.tsx', 'package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts'];

const says = (command: string, ...words: readonly string[]): string => {
  const {status, stdout, stderr} = spawnSync(join(root, 'node_modules/.bin', command), words, {
    cwd: copy,
    encoding: 'utf8',
    // Nothing of the run that this one is part of.
    env: {PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_OPTIONS: '--max-old-space-size=4096'},
  });
  return status === 0 ? '' : `${command}: ${stdout}\n${stderr}`;
};

test('a third language needs no other code and no other tests', () => {
  for (const name of ['source', 'test', 'scripts', 'bench', 'lessons', ...besides])
    cpSync(join(root, name), join(copy, name), {recursive: true});
  // What is compiled is kept below it, by where it stands.
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((each) => each !== '.cache'))
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  const folder = join(copy, 'source/words/de');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(sentences)) writeFileSync(join(folder, name), text);
  expect(says('vitest', 'run', ...asked.map((name) => `test/${name}.test`))).toBe('');
  expect(says('tsc', '-p', 'tsconfig.json')).toBe('');
}, 600_000);
