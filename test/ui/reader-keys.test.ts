// Keys as terminals send them (ECMA-48, xterm's ctlseqs: normal and application cursor keys), by the names of the key table.
import {expect, test} from 'vitest';
import {keymap} from '../../source/ui/keymap.ts';
import {nameOf} from '../../source/ui/reader-keys.ts';
import {TypedInput} from '../../source/ui/typed.ts';

const keysOf = (typed: string): readonly string[] => {
  const input = new TypedInput();
  return [...input.take(typed).typed, ...input.settle()].flatMap((key) => nameOf(key) ?? []);
};

test.each([
  ['\x1b[A\x1b[B\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
  ['\x1bOA\x1bOB\x1bOC\x1bOD', ['up', 'down', 'right', 'left']],
  ['\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~', ['home', 'end', 'home', 'end', 'home', 'end']],
  ['\t\x1b[Z\r\n ', ['tab', 'shift-tab', 'enter', 'enter', 'space']],
  ['\x12\x0c\x1a', ['ctrl-r', 'ctrl-l', 'ctrl-z']],
  ['aG?[]', ['a', 'G', '?', '[', ']']],
  // Function keys, alt with a letter: none of ours, and nothing of them is left over as a key.
  ['\x1b[15~\x1b[1;5C\x1bx\x7fq', ['backspace', 'q']],
  // A paste presses no keys: it stays whole, under a name that no key has.
  ['\x1b[200~q\r\x1b[201~', ['paste q']],
  ['some words pasted\r', ['paste some words pasted', 'enter']],
  ['page-down', ['paste page-down']],
])('%j', (typed, keys) => {
  expect(keysOf(typed)).toEqual(keys);
});

test('every key of the table can be typed', () => {
  const typed = '\x1b[5~\x1b[6~\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z\t\r\x7f \x06\x0c\x12\x1a';
  const printable = Array.from({length: 0x5e}, (_, index) => String.fromCharCode(0x21 + index));
  const names = new Set(['ctrl-c', ...keysOf(typed), ...printable.flatMap(keysOf), ...keysOf('\x1b')]);
  for (const {keys} of keymap) for (const key of Object.keys(keys)) expect(names).toContain(key);
});
