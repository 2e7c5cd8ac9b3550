// Scripts of our own, one for each feature, against our resolver. Each has a twin that asks for another response code.
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {root} from '../../helpers/root.ts';
import {some} from '../../helpers/seeds.ts';
import {twinOf, verdict} from './bench.ts';

const folder = `${root}test/fixtures/rpl/`;
const scripts = readdirSync(folder);

test.each(some(scripts, 15))('%s passes', (script) => {
  expect(verdict(readFileSync(folder + script, 'utf8'))).toBe('pass');
});

test.each(some(scripts, 15))('the twin of %s fails', (script) => {
  const twin = twinOf(readFileSync(folder + script, 'utf8'));
  expect(verdict(twin ?? '')).toMatch(/CHECK_ANSWER: the answer differs in the response code/);
});

test('the example of the documentation passes, and its twin fails', () => {
  const page = readFileSync(`${root}docs/resolver-replays.md`, 'utf8');
  const example = page.split('```')[1]?.trimStart() ?? '';
  expect(verdict(example)).toBe('pass');
  expect(verdict(twinOf(example) ?? '')).toMatch(/the response code/);
});
