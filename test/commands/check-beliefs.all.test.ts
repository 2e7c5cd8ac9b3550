// A pack may bring beliefs of its own: its lessons may name them, and the runs that contradict them have to.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));
afterAll(() => rmSync(folder, {recursive: true}));

runProgram(['new', join(folder, 'dial')]);
const lesson = join(folder, 'dial.yaml');
const beliefs = join(folder, 'misconceptions.yaml');

const written = (that: string): string => `- id: nobody-answers
  belief: {en: A SYN gets no answer., zh: SYN 没有回应。}
  correct: {en: It does., zh: 有回应。}
  answerMeans: {en: It gets one., zh: 有回应。}
  rfc: 9293 §3.5
  lesson: dial
  counter:
    lesson: dial
    at: {sends: server, nth: 1}
    that: '${that}'
    shown: {en: The server answers., zh: 服务器会回应。}
    believed: {en: The server is silent., zh: 服务器不作声。}
`;

const check = (that: string, file = lesson) => {
  writeFileSync(beliefs, written(that));
  return runProgram(['check', file]);
};

test('a run that contradicts the belief passes', () => {
  const {code, stdout} = check('packet(2).tcp.flags.ack == 1');
  expect([code, stdout]).toEqual([0, `${lesson}: ok\n`]);
});

test('one that does not is a fault, and so is an expression that cannot be read', () => {
  expect(check('packet(2).tcp.flags.ack == 0').stderr).toContain('does not contradict nobody-answers');
  expect(check('packet(2).tcp.flagz == 0').stderr).toContain('counter of nobody-answers');
});

test('the file of beliefs is checked by itself, with its place', () => {
  expect(check('1 == 1', beliefs).code).toBe(0);
  writeFileSync(beliefs, '- id: Nobody\n');
  const {code, stderr} = runProgram(['check', beliefs]);
  expect(code).not.toBe(0);
  expect(stderr).toContain('misconceptions.yaml:1:');
});
