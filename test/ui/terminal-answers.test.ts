// Answers of terminals, as xterm and others send them (ECMA-48 CPR, xterm's OSC 11).
import {expect, test} from 'vitest';
import {
  backgroundFromEnvironment,
  makeReportFilter,
  needsAscii,
  parseAnswers,
  type TerminalAnswers,
} from '../../source/ui/terminal-answers.ts';

const bell = '\x07';
const dark = '\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\';

test('both answers, in any order, leave what was typed', () => {
  const both = (column: number) => ({column, background: 'dark'});
  expect(parseAnswers(`${dark}\x1b[7;2R`)).toEqual({answers: both(2), typed: ''});
  expect(parseAnswers(`q\x1b[24;3R${dark}\x1b[A`)).toEqual({answers: both(3), typed: 'q\x1b[A'});
  expect(parseAnswers('')).toEqual({answers: {}, typed: ''});
});

test.each([
  ['rgb:ffff/ffff/ffff', 'light'],
  ['rgb:fdfd/f6f6/e3e3', 'light'],
  ['rgb:00/2b/36', 'dark'],
  ['rgb:f/f/f', 'light'],
  ['rgba:2828/2c2c/3434/ffff', 'dark'],
  ['nonsense', undefined],
])('background %s is %s', (colour, background) => {
  expect(parseAnswers(`\x1b]11;${colour}${bell}`).answers.background).toBe(background);
});

test.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;15', 'light'],
  ['12;7', 'light'],
  ['12;8', 'dark'],
  ['default;default', undefined],
  [undefined, undefined],
])('COLORFGBG=%s is %s', (value, background) => {
  expect(backgroundFromEnvironment({COLORFGBG: value})).toBe(background);
});

test.each([
  [{TERM: 'dumb', LANG: 'en_US.UTF-8'}, true],
  [{LANG: 'C'}, true],
  [{LC_ALL: 'POSIX', LANG: 'en_US.UTF-8'}, true],
  [{LC_ALL: '', LANG: 'zh_CN.utf8'}, false],
  [{}, false],
])('%o: ASCII unasked is %s', (env, ascii) => {
  expect(needsAscii(env)).toBe(ascii);
});

test('late answers are taken out and handed over, whole or in pieces', () => {
  const heard: TerminalAnswers[] = [];
  const filter = makeReportFilter((answers) => void heard.push(answers));
  expect(filter(`a${dark}b\x1b[1;2Rc${dark}`)).toBe('abc');
  expect(heard.splice(0)).toEqual([{column: 2, background: 'dark'}]);
  for (const [cut] of [...dark].entries()) {
    // A lone escape is the escape key: it cannot wait for what may follow.
    if (cut === 1) continue;
    expect(filter(dark.slice(0, cut)) + filter(`${dark.slice(cut)}x`), String(cut)).toBe('x');
    expect(heard.splice(0), String(cut)).toEqual([{background: 'dark'}]);
  }
});

test('keys that begin like an answer are not held back', () => {
  const filter = makeReportFilter(() => {});
  expect(filter('\x1b')).toBe('\x1b');
  expect(filter('\x1b]') + filter('q')).toBe('\x1b]q');
});
