// The config file: written whole, read with care, set aside when damaged.
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readPreferences, writePreferences} from '../../source/io/preferences.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const file = (): string => join(folder, 'deep', 'config.json');

test('what is written is read again, and nothing else is left behind', () => {
  expect(writePreferences({language: 'zh', theme: 'light', ascii: true, motion: 'none'}, file())).toBe(true);
  expect(readPreferences(file())).toEqual({
    stored: {language: 'zh', theme: 'light', ascii: true, motion: 'none'},
  });
  expect(readdirSync(join(folder, 'deep'))).toEqual(['config.json']);
});

test('without a file nothing is set', () => {
  expect(readPreferences(file())).toEqual({stored: {}});
});

test.each(['{"language": "zh"', '[]', 'null', ''])('a damaged file (%j) is kept aside', (text) => {
  const damaged = join(folder, 'config.json');
  writeFileSync(damaged, text);
  expect(readPreferences(damaged)).toEqual({stored: {}, setAside: `${damaged}.bad`});
  expect(readFileSync(`${damaged}.bad`, 'utf8')).toBe(text);
});

test('values of the wrong kind are left out', () => {
  const odd = join(folder, 'config.json');
  writeFileSync(odd, '{"language": "fr", "theme": 3, "ascii": "yes", "motion": "none", "more": 1}');
  expect(readPreferences(odd)).toEqual({stored: {motion: 'none'}});
});

test('a place that cannot be written is no error', () => {
  writeFileSync(join(folder, 'plain'), '');
  expect(writePreferences({ascii: true}, join(folder, 'plain', 'config.json'))).toBe(false);
});
