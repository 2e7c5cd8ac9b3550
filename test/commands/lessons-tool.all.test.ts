// `npm run lessons -- FILE…`: only what is named is judged, by path or by id.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));

const judge = (...names: readonly string[]) => {
  const args = ['scripts/build.mjs', 'scripts/lessons.ts', ...names];
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: 'utf8'});
  const judged = stdout.split('\n').slice(1, -1);
  return {status, stderr, judged: judged.map((line) => line.replace(/ .* /, ' '))};
};

test('an id, and a path', () => {
  expect(judge('handshake', 'lessons/tcp-open/refused.yaml')).toEqual({
    status: 0,
    stderr: '',
    judged: ['handshake ok', 'refused ok'],
  });
});

test('a question without a hint fails, and what is no lesson', () => {
  const text = readFileSync(join(root, 'lessons/foundations/handshake.yaml'), 'utf8');
  const without = text.replace(/\n {4}hint:\n {6}en: In which state.*\n {6}zh: .*\n/, '\n');
  expect(without).not.toBe(text);
  const file = join(home, 'handshake.yaml');
  writeFileSync(file, without);
  const {status, stderr, judged} = judge(file, 'no-such-lesson');
  expect(status).toBe(1);
  expect(judged).toEqual(['handshake FAILED']);
  expect(stderr).toContain('hint: is missing');
  expect(stderr).toContain('no-such-lesson is no lesson');
});
