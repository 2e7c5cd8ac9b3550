// A capture whose names and payloads hold escape sequences, controls and bidi overrides: every export shows them as harmless marks.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {harmful, hostilePcap} from '../helpers/hostile.ts';
import {runProgram} from '../helpers/run-program.ts';

let folder = '';
let capture = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  capture = join(folder, 'evil\u001b[31m\u202e\u2028.pcap');
  writeFileSync(capture, hostilePcap());
});
afterAll(() => rmSync(folder, {recursive: true}));

/** What is left of a recording when our own sequences are gone: places, colours, erasing, the cursor. */
const written = (cast: string): string =>
  cast
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => String(JSON.parse(line)[2]).replace(/\u001b\[(\d+;1H|[\d;]*m|K|2J|\?25l)/g, ''))
    .join('\n');

/** Each says somewhere that the attack was there, in the form that this format has for it. */
test.each([
  ['text', '\\027[31mred'],
  ['json', '<script>'],
  ['md', '\\<script\\>'],
  ['mermaid', '#60;script#62;'],
  ['svg', '&lt;script&gt;'],
  ['html', '&lt;script&gt;'],
  ['cast', 'evil'],
])('%s', (format, sign) => {
  const {code, stdout} = runProgram(['export', capture, '--format', format, '--lang', 'en']);
  expect(code).toBe(0);
  expect(stdout).toContain(sign);
  expect(stdout.match(harmful)).toBe(null);
  if (format === 'cast') expect(written(stdout).match(harmful)).toBe(null);
  if (format === 'html') expect(stdout).not.toContain('<script>alert');
  // The values themselves are whole: JSON has its own way to write such characters.
  if (format === 'json')
    expect(
      stdout.split('\n').some((line) => line !== '' && harmful.test(JSON.parse(line).source ?? '')),
    ).toBe(true);
});
