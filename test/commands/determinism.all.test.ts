// The same inputs give the same bytes: twice, in every time zone, locale and language, and as pinned.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';

const places = [
  {TZ: 'UTC', LANG: 'C'},
  {TZ: 'Asia/Shanghai', LANG: 'tr_TR.UTF-8'},
  {TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8'},
];

const digestLine = (output: string): string => /"digest":"(sha256:[0-9a-f]{64})"/.exec(output)?.[1] ?? 'none';

describe.each(['handshake', 'teardown'])('show %s --json', (lesson) => {
  const here = runProgram(['show', lesson, '--json', '--lang', 'en']);

  test('gives the same bytes twice', () => {
    expect(here.code).toBe(0);
    expect(runProgram(['show', lesson, '--json', '--lang', 'en']).bytes.equals(here.bytes)).toBe(true);
  });

  test.each(places)('gives the same bytes under %o', (env) => {
    expect(runProgram(['show', lesson, '--json', '--lang', 'en'], {env}).bytes.equals(here.bytes)).toBe(true);
  });

  test('has a digest that does not depend on the language', () => {
    const there = runProgram(['show', lesson, '--json', '--lang', 'zh']);
    expect(there.bytes.equals(here.bytes)).toBe(false);
    expect(digestLine(there.stdout)).toBe(digestLine(here.stdout));
  });

  test('has the pinned digest', () => {
    const pinned = JSON.parse(readFileSync(`${root}test/fixtures/digests.json`, 'utf8'));
    expect(digestLine(here.stdout)).toBe(pinned[`${lesson} base seed 1`].digest);
  });
});

test('a replay code gives the run again', () => {
  const first = runProgram(['show', 'teardown', '--json', '--seed', '7', '--drop', '5', '--lang', 'en']);
  const code = /"code":"(pt1-[\w-]+)"/.exec(first.stdout)?.[1] ?? '';
  expect(runProgram(['show', code, '--json', '--lang', 'en']).bytes.equals(first.bytes)).toBe(true);
});
