// Files of answers as they come: from other editors, half filled in, of another kind; and options that would do nothing.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import type {Question} from '../../source/quiz/question.ts';
import {resultWords} from '../../source/words/catalogue/quiz-result.ts';
import {runProgram} from '../helpers/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-answers-'));
afterAll(() => rmSync(folder, {recursive: true}));

const sheet = ['quiz', 'handshake', '--seed', '7', '--count', '3', '--lang', 'en'];
const questions: readonly Question[] = JSON.parse(runProgram([...sheet, '--json']).stdout);
const right = Object.fromEntries(questions.map(({id, answer}) => [id, answer]));
const first = questions[0]?.id ?? '';

const graded = (content: string | Uint8Array, ...more: readonly string[]) => {
  writeFileSync(join(folder, 'answers.json'), content);
  return runProgram([...sheet, '--answers', join(folder, 'answers.json'), ...more]);
};

test('a byte order mark, keys of somebody else and a key twice are no obstacle', () => {
  const answers = JSON.stringify(right);
  expect(graded(`\ufeff{"answers": ${answers}, "name": "Ann"}`)).toMatchObject({code: 0, stderr: ''});
  // RFC 8259 §4: of names that are not unique many implementations report the last.
  const twice = `{"answers": {"${first}": "nothing", ${answers.slice(1)}}`;
  expect(graded(twice).code).toBe(0);
});

test('what is missing is not right and shows no belief', () => {
  const {[first]: _, ...rest} = right;
  const {code, stdout} = graded(JSON.stringify({answers: rest}), '--report', 'json');
  const report = JSON.parse(stdout);
  expect([code, report.questions, report.right]).toEqual([1, 3, 2]);
  expect(report.misconceptions.every(({wrong}: {wrong: number}) => wrong === 0)).toBe(true);
  expect(graded('{"answers": {}}').stdout).toMatch(/no answer · right: [\s\S]*0 of 3 right\n$/);
});

test('what somebody answered commands no terminal', () => {
  const {code, stdout} = graded(
    JSON.stringify({answers: {...right, [first]: `\u001b[31m\u202e${'x'.repeat(999)}`}}),
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/answered ␛\[31m·x{50,60}… · right/);
  expect(stdout).not.toMatch(/[\u001b\u202e]/);
});

/** As editors on Windows may save it. */
const utf16 = Buffer.from(`\ufeff${JSON.stringify({answers: right})}`, 'utf16le');

test.each([
  ['empty', '', /this is not JSON \(answers\.json:1:1\)/, /"answers"/],
  ['no object', '[]', /the file has no answers/, /"answers"/],
  ['another encoding', utf16, /not UTF-8 text/, /UTF-8/],
  ['larger than any sheet', ' '.repeat(5 * 2 ** 20), /larger than 4 MiB/, /right one/],
  ['a list for all', '{"answers": ["a"]}', /the file has no answers/, /"answers"/],
  [
    'null',
    `{"answers": {"${first}": null}}`,
    /neither text, number nor list \(answers\.json:1:14\)/,
    /write "b"/,
  ],
  ['numbers in a list', `{"answers": {"${first}": [1]}}`, /neither text, number nor list/, /write "b"/],
  ['an id of nobody', '{"answers": {"constructor": "a"}}', /no question “constructor”/, /the same --seed/],
])('%s: exit 2', (_, content, says, remedy) => {
  const {code, stdout, stderr} = graded(content);
  const [what = '', then = '', ...rest] = stderr.split('\n');
  expect([code, stdout, rest]).toEqual([2, '', ['']]);
  expect(what).toMatch(says);
  expect(then).toMatch(remedy);
});

test.each([
  [['--count', '0'], /--count must be a whole number from 1 to 10000; got “0”/],
  [['--count', '1e9'], /got “1e9”/],
  [['--seed=-1'], /--seed must be a whole number from 0 to 4294967295/],
  [['--seed', '4294967296'], /--seed must be/],
  [['--connection', '1'], /--connection is for captures only/],
  [['--source', 'x.pcap', 'dns'], /the questions are about --source x\.pcap, but the command also names dns/],
  [['--minutes', '5'], /--minutes limits the time of an exam/],
])('%s: exit 2', (args, says) => {
  const {code, stdout, stderr} = runProgram(['quiz', ...args, '--json', '--lang', 'en']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')[0]).toMatch(says);
});

test('where there is less to ask than was wished for, the sheet is what there is', () => {
  const made = runProgram(['export', 'handshake', '--format', 'pcapng']);
  writeFileSync(join(folder, 'made.pcapng'), made.bytes);
  const asked = ['quiz', '--source', join(folder, 'made.pcapng'), '--count', '9999', '--lang', 'en'];
  const {code, stdout, stderr} = runProgram([...asked, '--connection', '1', '--json']);
  const all: readonly Question[] = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(all.length).toBeGreaterThan(2);
  expect(stderr).toBe(`${resultWords.fewer.kind.en({made: all.length, wanted: 9999})}\n`);
  for (const {evidence} of all) expect(evidence.connection).toBe(1);
});
