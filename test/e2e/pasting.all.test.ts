// Pastes in a real pseudo terminal: where no text is asked for they change nothing, and ctrl-c after one leaves at once.
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {openingWords} from '../../source/words/catalogue/opening.ts';
import {lacks} from '../helpers/posix.ts';
import {few} from '../helpers/seeds.ts';
import {Terminal} from '../helpers/terminal.ts';

const capture = 'test/fixtures/inspected/18a-mixed-twelve.pcap';

let folder = '';
let open: Terminal | undefined;
afterEach(() => {
  open?.close();
  rmSync(folder, {recursive: true, force: true});
});

const start = (args: readonly string[], columns = 100): Terminal => {
  folder = mkdtempSync(join(tmpdir(), 'pasting-'));
  const env = {PACKET_TUTOR_DATA: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config')};
  open = new Terminal(args, {columns, env});
  return open;
};

/** Everything that the program keeps. */
/** Where the learner is in a lesson is written by itself, a little later. */
const kept = (): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, {recursive: true, withFileTypes: true})
        .filter((entry) => entry.isFile() && entry.name !== 'places.json')
        .map(({parentPath, name}) => `${name}: ${readFileSync(join(parentPath, name), 'utf8')}`)
    : [];

/** Words and line ends that would open, answer, choose and save if they were keys. */
const million = 'ls -l\rcat x\rThe quick brown fox, T and t and a and x.\r1\r2\ry\r'
  .repeat(20_000)
  .slice(0, 1 << 20);
const ways = {raw: million, marked: `\x1b[200~${million}\x1b[201~`};

/** Until ctrl-l is obeyed again: what was pasted before it has been read. */
const drawnAgain = async (terminal: Terminal): Promise<void> => {
  for (let before = ''; ; ) {
    before = terminal.output;
    terminal.type('\x0c');
    await terminal.quiet();
    await terminal.quiet();
    if (terminal.output.length > before.length) return;
  }
};

type Way = readonly (readonly [keys: string, shows: string | RegExp])[];

const player = ['play', 'handshake', '--motion', 'none'];
const toQuestion: Way = [
  // What the ends know is hidden until it matters.
  [' ', 'paused'],
  [']', '2/7'],
  [']', 'a–'],
];

describe('a megabyte changes nothing', () => {
  type Case = readonly [string, readonly string[], string | RegExp, Way];
  const screens: readonly Case[] = [
    ['the menu', [], 'First time?', []],
    [
      'the lists of lessons',
      [],
      'First time?',
      [
        ['j\r', 'TCP open'],
        ['l', 'Q check'],
      ],
    ],
    [
      'settings',
      [],
      'First time?',
      [
        ['k', '▸ Settings'],
        ['\r', '▸ Language'],
      ],
    ],
    [
      'review',
      [],
      'First time?',
      [
        ['kk', '▸ Review'],
        ['\r', /^ review/],
      ],
    ],
    ['the player', [...player, '--at', 'end'], 'paused', []],
    ['why', [...player, '--at', 'end'], 'paused', [['w', 'rule and numbers']]],
    ['the sheet that alters', [...player, '--at', 'end'], 'paused', [['x', 'do it']]],
    ['the tree of runs', [...player, '--at', 'end'], 'paused', [['f', 'replay code']]],
    ['what could have been', ['play', 'teardown', '--at', 'end'], 'paused', [[' ', 'What if …']]],
    ['the help', player, 'You will', [['?', 'PgUp PgDn']]],
    ['a question', player, 'You will', toQuestion],
    ['a reply', player, 'You will', [...toQuestion, ['b', 'enter go on']]],
    ['a choice of the quiz', ['quiz', 'why-three', '--seed', '5'], / a {3}/, []],
    ['how sure', ['quiz', 'why-three', '--seed', '5'], / a {3}/, [['a', 'How sure']]],
    ['what is in a capture', ['play', capture], '12 connections', []],
    ['the export', ['play', capture], '12 connections', [['e', 'another name']]],
  ];
  test.each(few(screens, 3))('%s', async (_, args, begins, way) => {
    const terminal = start(['--lang', 'en', ...args]);
    await terminal.shows(begins);
    for (const [keys, shows] of way) {
      terminal.type(keys);
      await terminal.shows(shows);
    }
    // A message, too, goes with it.
    await drawnAgain(terminal);
    const before = {text: terminal.text(), kept: kept()};
    for (const text of Object.values(ways)) {
      terminal.type(text);
      await drawnAgain(terminal);
      await terminal.until('the same screen', (now) => now === before.text);
      expect(kept()).toEqual(before.kept);
    }
    terminal.type('\x03');
    expect(await terminal.exit()).toBe(130);
  });
});

test.each(Object.entries(ways))('%s: ctrl-c behind a megabyte leaves', async (_, text) => {
  const terminal = start(['play', 'handshake']);
  const takesPastes = (): boolean => terminal.output.includes('\x1b[?2004h');
  await terminal.until('the lesson', (shown) => shown.includes(openingWords.goals.en) && takesPastes());
  terminal.type(`${text}\x03`);
  expect(await terminal.exit()).toBe(130);
  expect(terminal.alternate).toBe(false);
  expect(terminal.cursorShown).toBe(true);
  expect(terminal.output.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(
    terminal.output.lastIndexOf('\x1b[?2004h'),
  );
});

test('pasted text goes to lines of text: a filter, a path, a file’s name; no line end in it is enter', async () => {
  const terminal = start(['--lang', 'en']);
  await terminal.shows('First time?');
  terminal.type('jjj\r');
  await terminal.shows('type a path');
  terminal.type(`\x1b[200~${capture}\r\n\x1b[201~`);
  await terminal.shows(`path  ${capture}▏`);
  terminal.type('\r');
  await terminal.shows('12 connections');
  terminal.type('/\x1b[200~rst\r9999\x1b[201~');
  await terminal.shows('rst 9999');
  terminal.type('\x1b');
  await terminal.shows('e export this one');
  terminal.type('e');
  await terminal.shows('another name');
  terminal.type('n');
  await terminal.shows('confirm');
  terminal.type('\x15\x1b[200~some\x03where.txt\r\x1b[201~');
  await terminal.shows('somewhere.txt▏');
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
});

test('a paste whose end never comes ends by itself', async () => {
  const terminal = start(['play', capture, '--lang', 'en']);
  await terminal.shows('12 connections');
  terminal.type('/');
  await terminal.shows('confirm');
  terminal.type('\x1b[200~rst');
  await terminal.shows('rst▏');
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
});

test.skipIf(lacks('bash'))('ctrl-z: pastes unmarked, fg: marked', async () => {
  const shell = new Terminal([], {shell: 'exec bash --norc --noediting -i', env: {PS1: 'prompt> '}});
  open = shell;
  const marks = (): boolean =>
    shell.output.lastIndexOf('\x1b[?2004h') > shell.output.lastIndexOf('\x1b[?2004l');
  await shell.shows('prompt>');
  shell.type(`'${process.execPath}' dist/cli.js play handshake\r`);
  await shell.until('the lesson, marking pastes', (text) => text.includes(openingWords.goals.en) && marks());
  shell.type('\x1a');
  await shell.until('the shell, marking none', (text) => text.includes('Stopped') && !marks());
  shell.type('fg\r');
  await shell.until('the lesson again', () => shell.alternate && marks());
  shell.kill('SIGKILL');
  await shell.exit();
});
