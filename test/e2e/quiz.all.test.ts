// The quiz in a real pseudo terminal: a practice round, an exam, and what is kept of the answers.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {program} from '../helpers/terminal.ts';
import {terminals} from '../helpers/terminals.ts';

const start = terminals();

type Sheet = readonly {
  readonly id: string;
  readonly prompt: {readonly en: string};
  readonly choices: readonly {readonly id: string}[];
  readonly answer: string | number | readonly string[];
}[];

const sheetOf = (...args: readonly string[]): Sheet =>
  JSON.parse(execFileSync(process.execPath, [program, 'quiz', ...args, '--json'], {encoding: 'utf8'}));

/** The keys that give this answer, right or wrong. */
const keysFor = ({choices, answer}: Sheet[number], isRight: boolean): string => {
  if (typeof answer === 'number') return isRight ? String(answer) : '1';
  if (typeof answer === 'string') return isRight ? answer : (choices.find(({id}) => id !== answer)?.id ?? '');
  return (isRight ? answer : answer.slice(0, 1)).join('');
};

const words = {
  en: {
    at: (n: number, of: number) => `question ${n} of ${of}`,
    sure: 'How sure are you?',
    retry: 'One more try',
    result: 'exam result',
    score: '2 of 3 right',
    again: 'answer questions of these kinds again',
  },
  zh: {
    at: (n: number, of: number) => `第 ${n} 题，共 ${of} 题`,
    sure: '有多大把握？',
    retry: '再答一次',
    result: '考试结果',
    score: '3 题答对 2 题',
    again: '再答一遍这几类题',
  },
} as const;

describe.each(['en', 'zh'] as const)('%s', (lang) => {
  const {at, sure, retry, result, score, again} = words[lang];

  test('an exam asks what its sheet asks, says nothing before its end, and tells the score', async () => {
    const args = ['teardown', '--exam', '--seed', '5', '--count', '3'];
    const sheet = sheetOf(...args);
    const terminal = start(['quiz', ...args, '--lang', lang]);
    for (const [index, question] of sheet.entries()) {
      await terminal.shows(at(index + 1, 3));
      await terminal.until('the question', (text) => text.includes('?') || text.includes('？'));
      await terminal.quiet();
      terminal.type(keysFor(question, index > 0));
      terminal.type('\r');
    }
    await terminal.shows(result);
    await terminal.shows(score);
    await terminal.shows(again);
    terminal.type('q');
    expect(await terminal.exit()).toBe(0);
    expect(terminal.alternate).toBe(false);
  });

  test('practice replies at once, keeps the answer, opens the run and comes back', async () => {
    const data = mkdtempSync(join(tmpdir(), 'quiz-'));
    const terminal = start(['quiz', 'why-three', '--seed', '5', '--lang', lang], {
      env: {PACKET_TUTOR_DATA: data},
    });
    await terminal.shows(/ a {3}/);
    // Wrong keys do nothing.
    terminal.type('zn');
    terminal.type('p');
    await terminal.shows('why-three');
    await terminal.shows('q ');
    terminal.type('q');
    await terminal.shows(at(1, 10));
    terminal.type('a');
    await terminal.shows(sure);
    terminal.type('3');
    await terminal.shows(retry);
    // What was wrong is no choice any more.
    terminal.type('ab');
    await terminal.shows(/[✓✗] b/);
    const [line = ''] = readFileSync(join(data, 'progress.json'), 'utf8')
      .split('\n')
      .filter((each) => each.includes('"practice"'));
    expect(line).toContain('"given":"a"');
    expect(line).toContain('"again":"b"');
    expect(line).toContain('"confidence":"guess"');
    // Whoever looked at the run had a hint.
    expect(line).toContain('"hints":1');
    // Not enter: right after an answer that may have been meant for the question.
    terminal.type('\x1b[C');
    await terminal.shows(at(2, 10));
    terminal.type('q');
    await terminal.shows(again);
    terminal.resize(100, 30);
    await terminal.until('the last row’s keys', () => (terminal.rows()[29] ?? '').includes('q '));
    terminal.type('\x03');
    expect(await terminal.exit()).toBe(130);
  });
});

test.each([
  ['en', 'Review and progress', 'review', /about \d+ min/, 'progress'],
  ['zh', '复习和进度', '复习', /约 \d+ 分钟/, '进度'],
] as const)('%s: due, reviewed, in the progress', async (lang, entry, heading, minutes, pageName) => {
  const data = mkdtempSync(join(tmpdir(), 'review-'));
  const practice = start(['quiz', 'why-three', '--seed', '5', '--lang', lang], {
    env: {PACKET_TUTOR_DATA: data, PACKET_TUTOR_TEST_NOW: String(Date.UTC(2026, 0, 5))},
  });
  await practice.shows(/ a {3}/);
  practice.type('a');
  await practice.shows('1 ');
  practice.type('3');
  await practice.shows(/[✓✗] a/);
  practice.type('q');
  await practice.shows(words[lang].again);
  practice.type('q');
  expect(await practice.exit()).toBe(0);
  const menu = start(['--lang', lang], {
    env: {PACKET_TUTOR_DATA: data, PACKET_TUTOR_TEST_NOW: String(Date.UTC(2026, 2, 5))},
  });
  await menu.shows(entry);
  expect(menu.text()).toMatch(/\d (due|项待复习)/);
  menu.type('jjjjjj\r');
  await menu.until('the review page', (text) => text.startsWith(` ${heading}`) && minutes.test(text));
  menu.type('\t');
  await menu.until('the progress page', (text) => text.startsWith(` ${pageName}`));
  menu.type('\t');
  await menu.until('the review page again', (text) => text.startsWith(` ${heading}`));
  menu.type('\r');
  await menu.shows(/ a {3}|0–9/);
  menu.type('q');
  await menu.until('the page again', (text) => minutes.test(text));
  menu.type('q');
  await menu.shows(entry);
  menu.type('\x03');
  expect(await menu.exit()).toBe(130);
});

/** A round whose first question was answered wrongly twice, as somebody does who holds a belief that a run contradicts. */
const mistaken = async (lang: string, words: {readonly retry: string; readonly key: string}) => {
  for (const seed of [2, 3, 5, 7, 10, 12, 13, 25, 26, 38, 39, 40]) {
    const terminal = start(['quiz', 'time-wait', '--seed', `${seed}`, '--lang', lang]);
    const leave = async (): Promise<void> => {
      terminal.type('\x03');
      await terminal.exit();
    };
    await terminal.shows(/ a {3}|0–9/);
    if (!/a–[b-f] /.test(terminal.text()) || /several may|可能不止一项/.test(terminal.text())) await leave();
    else {
      terminal.type('a');
      await terminal.shows('1 ');
      terminal.type('3');
      await terminal.until('a reply', (text) => text.includes(words.retry) || /✓ a/.test(text));
      if (terminal.text().includes(words.retry)) {
        terminal.type('b');
        await terminal.until('a reply', (text) => !text.includes(words.retry) && /[✓✗] b/.test(text));
      }
      if (terminal.text().includes(words.key)) return terminal;
      await leave();
    }
  }
  throw new Error('no such round');
};

test.each([
  ['en', 'One more try', /a run that shows the fact/, 'If the myth were true: “', 'see the fact'],
  ['zh', '再答一次', /说明事实的演示/, '按误区的说法：「', '看反例'],
] as const)('%s: wrong, the contradicting run, and back', async (lang, retry, against, believed, key) => {
  const terminal = await mistaken(lang, {retry, key});
  const reply = terminal.text();
  terminal.type('W');
  await terminal.shows(against);
  await terminal.shows(believed);
  terminal.type('q');
  await terminal.until('the same reply', (text) => text === reply);
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
});

test('a lesson is checked from its row in the menu, and its mark says so', async () => {
  // The seed of a round comes from the clock.
  const env = {
    PACKET_TUTOR_DATA: mkdtempSync(join(tmpdir(), 'check-')),
    PACKET_TUTOR_TEST_NOW: String(Date.UTC(2026, 0, 5)),
  };
  const terminal = start([], {env});
  await terminal.shows('Choose a lesson');
  terminal.type('j\r');
  await terminal.shows('TCP open');
  terminal.type('l');
  await terminal.shows('Q check');
  terminal.type('Q');
  await terminal.shows('question 1 of 5');
  await terminal.shows(/ a {3}|0–9 type/);
  const [first, second] = terminal.text().includes('0–9 type') ? ['1\r', '2\r'] : ['a', 'b'];
  terminal.type(first);
  await terminal.shows('How sure are you?');
  terminal.type('1');
  await terminal.shows(/One more try|enter next/);
  if (terminal.text().includes('One more try')) terminal.type(second);
  await terminal.shows(/enter next/);
  terminal.type('q');
  await terminal.shows('check result');
  terminal.type('q');
  await terminal.shows('Q check');
  await terminal.shows(/▸ ◐ /);
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
  const list = execFileSync(process.execPath, [program, 'list', '--json'], {
    encoding: 'utf8',
    env: {...process.env, ...env},
  });
  expect(JSON.parse(list)[0].progress).toMatchObject({finished: false, answers: 1, check: {asked: 1}});
});

test('for ears: question, choices, reply, without an escape sequence', async () => {
  const terminal = start(['quiz', 'why-three', '--seed', '5', '--screen-reader'], {columns: 400});
  await terminal.shows(/^A: /m);
  terminal.type('a');
  await terminal.shows('How sure are you?');
  terminal.type('1');
  await terminal.shows('One more try');
  terminal.type('b');
  await terminal.shows(/^(Right|Not right: b)/m);
  terminal.type('q');
  await terminal.shows('Result.');
  terminal.type('q');
  expect(await terminal.exit()).toBe(0);
  expect(terminal.output.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test('without a terminal: exit 2 and how to go on', () => {
  const run = (): string =>
    execFileSync(process.execPath, [program, 'quiz', 'handshake', '--lang', 'en'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(run).toThrow(/a quiz needs a terminal/);
});
