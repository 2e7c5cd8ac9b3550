// What cannot be saved stands on the screen, and is told whole on the shell's screen whichever way the program ends.
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, test as anywhere, beforeAll, expect} from 'vitest';
import {progressLostWords, progressTroubles, records} from '../../source/words/catalogue/progress-file.ts';
import {settingNotKept, settingsTroubles} from '../../source/words/catalogue/settings-errors.ts';
import {lacks} from '../helpers/posix.ts';
import {expectRestored, leaveMenu, terminals} from '../helpers/terminals.ts';

const test = anywhere.skipIf(lacks('ENOTDIR, SIGTERM'));

const start = terminals();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-unsaved-'));
  writeFileSync(join(folder, 'file'), 'kept');
});
afterAll(() => rmSync(folder, {recursive: true}));

const words = {
  en: {
    again: 'One more try',
    now: 'not saved: 1 answer',
    remedy: 'name another folder with PACKET_TUTOR_DATA',
  },
  zh: {
    again: '再答一次',
    now: '没有存下：1 条作答记录',
    remedy: 'PACKET_TUTOR_DATA',
  },
} as const;

const lost = (language: 'en' | 'zh'): string =>
  progressLostWords.what[language]({count: records[language]({count: 1}), what: ''}).trim();

/** Both have a file where their folder should be. */
const begun = (...args: readonly string[]) =>
  start(args, {
    columns: 200,
    env: {PACKET_TUTOR_DATA: join(folder, 'file', 'data'), XDG_CONFIG_HOME: join(folder, 'file')},
  });

type Leaving = (terminal: ReturnType<typeof begun>) => void | Promise<void>;

/** Out of the round to its result, and out of that. */
const byQ: Leaving = async (terminal) => {
  terminal.type('q');
  await terminal.shows('of 1 right');
  await terminal.shows(words.en.now);
  await terminal.quiet();
  terminal.type('q');
};
const byCtrlC: Leaving = (terminal) => terminal.type('\x03');
const byKill: Leaving = (terminal) => terminal.kill('SIGTERM');

test.each([
  ['q', 'en', byQ, 0],
  ['ctrl-c', 'zh', byCtrlC, 130],
  ['kill', 'en', byKill, 143],
] as const)('an answer half given, then %s', async (_, language, leave, code) => {
  const terminal = begun('quiz', 'why-three', '--seed', '5', '--lang', language);
  await terminal.shows(/ a {3}/);
  terminal.type('a');
  await terminal.shows('1 2 3');
  terminal.type('1');
  await terminal.shows(words[language].again);
  await leave(terminal);
  expect(await terminal.exit()).toBe(code);
  expectRestored(terminal);
  const left = terminal.text().replaceAll('\n', '');
  expect(left).toContain(lost(language));
  const file = join(folder, 'file', 'data');
  expect(left).toContain(progressTroubles.unwritable.what[language]({file, reason: ''}));
  expect(left).toContain('ENOTDIR');
  expect(left).toContain(words[language].remedy);
  expect(readdirSync(folder)).toEqual(['file']);
});

test.each(['en', 'zh'] as const)('%s: a setting', async (language) => {
  const terminal = begun('--lang', language);
  await terminal.shows('▸');
  terminal.type('t');
  const other = language === 'en' ? 'zh' : 'en';
  await terminal.shows(settingNotKept.itself[other]({reason: ''}));
  await leaveMenu(terminal);
  expect(await terminal.exit()).toBe(0);
  expect(terminal.text()).toContain(
    settingsTroubles.unwritable.what[language]({file: join(folder, 'file'), reason: ''}),
  );
  expect(readdirSync(folder)).toEqual(['file']);
});

test.each(['en', 'zh'] as const)('%s: another program’s progress file', async (language) => {
  const data = mkdtempSync(join(tmpdir(), 'packet-tutor-foreign-'));
  const progress = join(data, 'progress.json');
  writeFileSync(progress, 'Chapter 1\n');
  const terminal = start(['quiz', 'why-three', '--seed', '5', '--lang', language], {
    columns: 200,
    env: {PACKET_TUTOR_DATA: data},
  });
  const said = {en: 'was not written by packet-tutor', zh: '不是 packet-tutor 写的文件'}[language];
  await terminal.shows(said);
  await terminal.shows(/ a {3}/);
  terminal.type('a');
  await terminal.shows('1 2 3');
  terminal.type('1');
  await terminal.shows(words[language].again);
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
  const left = terminal.text().replaceAll('\n', '');
  expect(left).toContain(lost(language));
  expect(left).toContain(said);
  expect([readFileSync(progress, 'utf8'), readdirSync(data)]).toEqual(['Chapter 1\n', ['progress.json']]);
  rmSync(data, {recursive: true});
});
