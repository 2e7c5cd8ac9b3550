// Resolver replay scripts on the command line.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {rplCompareSentences, rplFailureSentences} from '../../source/words/catalogue/drills-rpl.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';

const good = readFileSync(`${root}test/fixtures/rpl/deckard.rpl`, 'utf8');
const lineOf = (source: string, words: string): number =>
  source.split('\n').findIndex((line) => line.startsWith(words)) + 1;
const line = lineOf(good, 'STEP 10') + 1;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('good.rpl', good);
  write(
    'wrong.rpl',
    good.replace(/203\.0\.113\.8(?=\n.* 7 IN)/, '203.0.113.9').replace('RA NOERROR', 'NOERROR'),
  );
  write('unread.rpl', good.replace('MATCH all', 'MATCH al'));
  write('option.rpl', `harden-glue: no\n${good}`);
});
afterAll(() => rmSync(folder, {recursive: true}));

const run = (...args: readonly string[]) => runProgram(args, {cwd: folder});

const {step, answerDiffers} = rplFailureSentences;
const what = answerDiffers.theAnswerDiffers.en({what: `${rplCompareSentences.flags.en}, ANSWER`});
const differs = `${step.en({number: 10, kind: 'CHECK_ANSWER'})}: ${what}`;

test('a script that passes', () => {
  expect(run('check', 'good.rpl')).toMatchObject({code: 0, stdout: 'good.rpl: ok\n', stderr: ''});
  expect(run('check', 'good.rpl', '--json').stdout).toBe('{"file":"good.rpl","ok":true}\n');
});

test('a failed step: at its entry, below it what differs', () => {
  const {code, stdout, stderr} = run('check', 'wrong.rpl');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.split('\n')).toEqual([
    `packet-tutor: wrong.rpl: ${differs} (wrong.rpl:${line}:1)`,
    answerDiffers.belowOnlyWhat.en,
    '  expected flags QR RD',
    '  expected ANSWER www.xyz.abc. IN A 203.0.113.9',
    '  came     flags QR RD RA',
    '  came     ANSWER www.xyz.abc. IN A 203.0.113.8',
    '',
  ]);
  expect(run('check', 'wrong.rpl', '--lang', 'zh').stderr).toMatch(
    /步骤 10 CHECK_ANSWER：应答不符：标志、ANSWER 段.*\n下面只列出不同之处\n {2}期望 flags QR RD\n/,
  );
});

test('--json: a line for each file, whatever is wrong with the first', () => {
  const {code, stdout} = run('check', 'wrong.rpl', 'unread.rpl', 'option.rpl', 'good.rpl', '--json');
  const [wrong, unread, option, fine] = stdout
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
  expect(code).toBe(1);
  expect(wrong).toEqual({
    file: 'wrong.rpl',
    ok: false,
    error: {
      line,
      column: 1,
      message: `wrong.rpl: ${differs}`,
      remedy: answerDiffers.belowOnlyWhat.en,
      expected: ['flags QR RD', 'ANSWER www.xyz.abc. IN A 203.0.113.9'],
      actual: ['flags QR RD RA', 'ANSWER www.xyz.abc. IN A 203.0.113.8'],
    },
  });
  expect(unread).toMatchObject({
    ok: false,
    error: {
      line: lineOf(good, 'MATCH all'),
      column: 7,
      message: expect.stringMatching(/^unread\.rpl: .*MATCH.*“al”/),
      remedy: expect.stringContaining('did you mean all?'),
    },
  });
  expect(option).toMatchObject({
    ok: false,
    error: {line: 1, column: 1, message: expect.stringMatching(/^option\.rpl: .*“harden-glue”/)},
  });
  expect(fine).toEqual({file: 'good.rpl', ok: true});
});

test('a script that is not there, and a file of no kind', () => {
  expect(run('check', 'nowhere.rpl')).toMatchObject({code: 2, stdout: ''});
  expect(run('check', 'good.rplx')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('resolver replays in .rpl'),
  });
});
