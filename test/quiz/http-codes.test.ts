// What each status code is, with the section that says it. Oracle: the headings of RFC 9110 and RFC 8470.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {codes} from '../../source/quiz/http.ts';
import {root} from '../helpers/root.ts';

const sections: {readonly [rfc: string]: {readonly [section: string]: string}} = JSON.parse(
  readFileSync(`${root}test/fixtures/rfc-sections.json`, 'utf8'),
);

test.each(Object.entries(codes))('%s', (code, {means, rfc}) => {
  const [number = '', section = ''] = rfc.split(' §');
  expect(sections[number]?.[section]).toMatch(new RegExp(`\\b${code}\\b`));
  expect([means.en, means.zh]).not.toContain('');
});
