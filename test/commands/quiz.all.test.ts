// `quiz` without a terminal (docs/quiz.md): the sheet, its grading, the report, and what is said where the call makes no sense.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Question} from '../../source/quiz/question.ts';
import {runProgram} from '../helpers/run-program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const sheet = ['quiz', 'handshake', 'teardown', '--seed', '77', '--count', '8'];
const questions: readonly Question[] = JSON.parse(runProgram([...sheet, '--json']).stdout);
const right = Object.fromEntries(questions.map(({id, answer}) => [id, answer]));

const graded = (answers: unknown, ...more: readonly string[]) => {
  const file = join(folder, 'answers.json');
  writeFileSync(file, typeof answers === 'string' ? answers : JSON.stringify({answers}));
  return runProgram([...sheet, '--answers', file, ...more]);
};

describe('the sheet', () => {
  test('is about the lessons that are named, in the shape of docs/reference.md', () => {
    expect(questions.length).toBe(8);
    expect(new Set(questions.map(({lesson}) => lesson))).toEqual(new Set(['handshake', 'teardown']));
    for (const question of questions) {
      expect(Object.keys(question)).toEqual(
        expect.arrayContaining([
          'id',
          'lesson',
          'kind',
          'prompt',
          'choices',
          'answer',
          'explain',
          'because',
          'evidence',
        ]),
      );
      // Where nothing had been sent by then no frame shows the answer (docs/quiz.md): then it is no field of one.
      const {packet, field} = question.evidence;
      expect(packet === undefined ? field : 'state:').toMatch(/^state:/);
      expect(Object.keys(question.evidence)).toEqual([
        ...['source', 'seed', 'run', 'profile', 'faults'],
        ...(packet === undefined ? [] : ['packet']),
        ...['field', 'value'],
      ]);
      expect(Object.keys(question.prompt)).toEqual(['en', 'zh']);
    }
    expect(questions.filter(({evidence}) => evidence.packet !== undefined).length).toBeGreaterThan(4);
  });

  test('may be about a track', () => {
    const dns: readonly Question[] = JSON.parse(runProgram(['quiz', 'dns', '--count', '4', '--json']).stdout);
    expect(dns.map(({lesson}) => lesson)).toEqual(expect.arrayContaining([expect.stringMatching(/^dns-/)]));
    expect(dns.every(({lesson}) => lesson.startsWith('dns-'))).toBe(true);
  });
});

test('run, profile and faults are those that are asked for', () => {
  const chosen = ['--run', 'data-in-syn', '--profile', 'rfc', '--drop', '2', '--count', '4', '--json'];
  const about: readonly Question[] = JSON.parse(runProgram(['quiz', 'handshake', ...chosen]).stdout);
  for (const {evidence} of about) {
    expect(evidence).toMatchObject({source: 'handshake', run: 'data-in-syn', profile: 'rfc'});
    expect(evidence.faults[0]).toBe('drop@packet=2');
  }
});

describe('grading', () => {
  test('all right: exit 0', () => {
    const {code, stdout} = graded(right, '--lang', 'en');
    expect(stdout).toBe('8 of 8 right\n');
    expect(code).toBe(0);
  });

  test('one wrong: exit 1, and what it should have been, in both languages', () => {
    const [first] = questions.filter(({form}) => form === 'choice');
    const wrong = first?.choices.find(({id}) => id !== first.answer);
    const answers = {...right, [first?.id ?? '']: wrong?.id};
    const en = graded(answers, '--lang', 'en');
    expect(en.code).toBe(1);
    expect(en.stdout).toContain(`answered ${wrong?.id} · right: ${first?.answer}`);
    expect(en.stdout).toContain(first?.explain.en);
    expect(en.stdout).toMatch(/7 of 8 right\n$/);
    expect(graded(answers, '--lang', 'zh').stdout).toMatch(/共 8 题，答对 7 题\n$/);
  });

  test('a choice may be named by its value', () => {
    const values = questions.map(({id, answer, choices}) => [
      id,
      choices.find((choice) => choice.id === answer)?.value ?? answer,
    ]);
    expect(graded(Object.fromEntries(values)).code).toBe(0);
  });

  test('the report counts by misconception', () => {
    const {code, stdout} = graded({}, '--report', 'json');
    const {misconceptions, ...sums} = JSON.parse(stdout);
    expect(sums).toEqual({questions: 8, right: 0});
    expect(misconceptions.length).toBeGreaterThan(2);
    expect(misconceptions[0]).toEqual({id: expect.any(String), asked: expect.any(Number), wrong: 0});
    expect(code).toBe(1);
  });
});

type Wrong = {
  readonly name: string;
  readonly run: () => ReturnType<typeof runProgram>;
  readonly says: RegExp;
  readonly remedy: RegExp;
};

const wrongs: readonly Wrong[] = [
  {
    name: 'no terminal',
    run: () => runProgram(['quiz', 'handshake', '--lang', 'en']),
    says: /a quiz needs a terminal/,
    remedy: /--json .*--answers FILE/,
  },
  {
    name: 'an exam without a terminal',
    run: () => runProgram(['quiz', '--exam', '--lang', 'zh']),
    says: /测验要在终端里作答/,
    remedy: /--json .*--answers/,
  },
  {
    name: 'an unknown lesson',
    run: () => runProgram(['quiz', 'handshak', '--json', '--lang', 'en']),
    says: /no lesson or track “handshak”/,
    remedy: /did you mean handshake\?/,
  },
  {
    name: 'no number',
    run: () => runProgram(['quiz', '--count', 'many', '--json', '--lang', 'en']),
    says: /--count must be a whole number from 1 to 1000/,
    remedy: /--count 1/,
  },
  {
    name: 'a lesson where a capture belongs',
    run: () => runProgram(['quiz', '--source', 'handshake', '--json', '--lang', 'en']),
    says: /--source takes a capture, and “handshake” is not one/,
    remedy: /packet-tutor quiz handshake/,
  },
  {
    name: 'no such run',
    run: () => runProgram(['quiz', 'handshake', '--run', 'data-in-sym', '--json', '--lang', 'en']),
    says: /handshake has no run “data-in-sym”/,
    remedy: /did you mean data-in-syn\?/,
  },
  {
    name: 'a report of nothing',
    run: () => runProgram(['quiz', '--report', 'json', '--lang', 'en']),
    says: /--report sums up answers/,
    remedy: /--answers FILE/,
  },
  {
    name: 'no such file',
    run: () => runProgram([...sheet, '--answers', join(folder, 'nowhere.json'), '--lang', 'en']),
    says: /nowhere\.json/,
    remedy: /./,
  },
  {
    name: 'a question of another sheet',
    run: () => graded({'next-ack-0': 'a'}, '--lang', 'en'),
    says: /no question “next-ack-0” on this sheet \(answers\.json:1:13\)$/,
    remedy: /the same --seed/,
  },
  {
    name: 'no JSON',
    run: () => graded('{"answers":\n  oops}', '--lang', 'en'),
    says: /this is not JSON \(answers\.json:2:3\)$/,
    remedy: /\{"answers": \{"ID": "b"\}\}/,
  },
];

test.each(wrongs)('$name: exit 2, what is wrong and the remedy', ({run, says, remedy}) => {
  const {code, stdout, stderr} = run();
  const [what = '', then = '', ...rest] = stderr.split('\n');
  expect(what).toMatch(says);
  expect(then).toMatch(remedy);
  expect(rest).toEqual(['']);
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
});

describe('with a setting', () => {
  /** What `show` prints of a packet: the value of the field in the layer that has it. */
  const shownValue = ({evidence}: Question, set: string): unknown => {
    const {source, seed, run, profile, packet, field} = evidence;
    const args = ['show', source, '--seed', String(seed), '--run', run, '--profile', profile, '--set', set];
    const lines: readonly Sent[] = runProgram([...args, '--json'])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const sent = lines.find((line) => line.kind === 'send' && line.packet === packet);
    return sent?.layers?.flatMap(({fields}) => fields[field] ?? [])[0];
  };
  type Sent = {
    readonly kind?: string;
    readonly packet?: number;
    readonly layers?: readonly {readonly fields: Readonly<Record<string, unknown>>}[];
  };

  test.each([
    ['handshake', 'path.delay=80ms'],
    ['teardown', 'server.close.at=3s'],
    ['loss-recovery', 'path.mtu=600'],
  ])('the questions on %s are about the run with %s', (lesson, set) => {
    const ran = runProgram(['quiz', lesson, '--set', set, '--seed', '1', '--count', '8', '--json']);
    expect(ran.code).toBe(0);
    const asked: readonly Question[] = JSON.parse(ran.stdout);
    expect(asked.map(({evidence}) => ({...evidence}))).toEqual(
      asked.map(() => expect.objectContaining({source: lesson, set: [set]})),
    );
    const numbers = asked.filter(({evidence: {field}}) => /^tcp\.(?:seq|ack)_raw$/.test(field)).slice(0, 2);
    expect(numbers).not.toEqual([]);
    for (const each of numbers) expect(String(shownValue(each, set))).toBe(String(each.evidence.value));
  });

  test.each([
    ['handshake', 'path.mtu=10', /path\.mtu\n.*68.*65535/],
    ['loss-recovery', 'path.loss=101%', /path\.loss\n.*100/],
    ['teardown', 'sever.close.at=3s', /sever\.close\.at.*\n.*server\.close\.at/],
  ])('%s with %s is refused, with the bounds or the nearest name', (lesson, set, says) => {
    const ran = runProgram(['quiz', lesson, '--set', set, '--json']);
    expect(ran).toMatchObject({code: 2, stdout: ''});
    expect(ran.stderr).toMatch(says);
  });
});
