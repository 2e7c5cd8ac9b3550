// In a real pseudo terminal: from the menu to a lost packet, its Why? and the comparison, by nothing but what the screen says.
import {expect, test} from 'vitest';
import {keymap} from '../../source/ui/keymap.ts';
import {runProgram} from '../helpers/run-program.ts';
import type {Terminal} from '../helpers/terminal.ts';
import {begin, terminals} from '../helpers/terminals.ts';

const start = terminals();

/** The key that the last row or the narration names for what is wanted. */
const offered = async (terminal: Terminal, key: string, label: string): Promise<void> => {
  await terminal.until(`“${key} ${label}” on the key line`, () =>
    (terminal.rows().at(-1) ?? '').includes(`${key} ${label}`),
  );
  terminal.type(key);
};

test('a learner loses a packet, asks why, compares, and takes it back', async () => {
  const terminal = start(['play', 'handshake']);
  await begin(terminal);
  await terminal.shows('initial sequence number');
  await offered(terminal, 'x', 'change');
  await terminal.shows('Packet 1 is lost');
  await terminal.shows('enter do it');
  terminal.type('\r');
  await terminal.shows('your run · packet 1 lost');
  await terminal.shows('Press d to');
  await terminal.shows('space go on');
  terminal.type(' ');
  await terminal.shows('✗ lost on the way');
  await offered(terminal, 'w', 'why');
  await terminal.shows('── why?');
  terminal.type('\x1b');
  await terminal.until('why closed', (text) => !text.includes('── why?'));
  await offered(terminal, 'd', 'compare');
  await terminal.shows('handshake  compare');
  await terminal.shows('B  packet 1 lost');
  await terminal.shows('first difference: packet 1');
  await offered(terminal, 'n', 'next difference');
  await terminal.shows(/difference [2-9] of/);
  terminal.type('\x1b');
  await terminal.shows('your run · packet 1 lost');
  await offered(terminal, 'u', 'undo');
  await terminal.until('the lesson again', (text) => !text.includes('your run'));
  await terminal.shows('initial sequence number');
  terminal.type('q');
  expect(await terminal.exit()).toBe(0);
  expect(terminal.alternate).toBe(false);
});

test('the code on the tree of runs gives the run again, in the player and as text', async () => {
  const terminal = start(['play', 'handshake', '--at', '60ms'], {columns: 120, rows: 40});
  await terminal.shows('x change');
  terminal.type('x');
  await terminal.shows('change packet 2');
  terminal.type('j\r');
  await terminal.shows('packet 2 late by 200 ms');
  terminal.type('f');
  await terminal.shows('pt1-');
  const code = /pt1-[\w-]+/.exec(terminal.text())?.[0] ?? '';
  terminal.type('y');
  await terminal.shows('replay code copied');
  const osc52 = `\x1b]52;c;${Buffer.from(code).toString('base64')}\x07`;
  expect(terminal.output).toContain(osc52);
  terminal.type('\x1b');
  await terminal.until('the tree closed', (text) => !text.includes('replay code'));
  terminal.type('q');
  expect(await terminal.exit()).toBe(0);
  const told = runProgram(['show', code, '--lang', 'en']);
  expect(told.stdout).toContain('delay=200ms@packet=2');
  expect(told.code).toBe(0);
  const again = start(['play', code, '--at', '60ms']);
  await again.shows(/your run · packet 2 .*200 ms/);
  again.type('q');
  expect(await again.exit()).toBe(0);
});

const sequences: Readonly<Record<string, string>> = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  enter: '\r',
  space: ' ',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  'page-up': '\x1b[5~',
  'page-down': '\x1b[6~',
  backspace: '\x7f',
};

/** What a terminal sends for a key of that name; empty: nobody knows. */
const sent = (key: string): string => {
  const letter = /^ctrl-([a-z])$/.exec(key)?.[1];
  if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) - 96);
  return sequences[key] ?? (key.length === 1 ? key : '');
};

const leaving = new Set(['q', 'escape', 'ctrl-c', 'ctrl-z']);

test('every key of the table, while packets fly and the window changes, and the way out still works', async () => {
  const terminal = start(['play', 'teardown', '--speed', '2']);
  await begin(terminal);
  const keys = [...new Set(keymap.flatMap((entry) => Object.keys(entry.keys)))].filter(
    (key) => !leaving.has(key),
  );
  const sizes = [
    [120, 40],
    [60, 15],
    [30, 8],
    [80, 24],
  ] as const;
  for (const [index, key] of keys.entries()) {
    const [columns, rows] = sizes[Math.floor(index / 8) % sizes.length] ?? [80, 24];
    if (index % 8 === 7) terminal.resize(columns, rows);
    expect(sent(key), key).not.toBe('');
    terminal.type(sent(key));
  }
  terminal.resize(80, 24);
  terminal.type('\x03');
  expect(await terminal.exit()).toBe(130);
  expect(terminal.alternate).toBe(false);
  expect(terminal.cursorShown).toBe(true);
});
