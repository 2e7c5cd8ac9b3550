// Keys as terminals send them (ECMA-48, xterm's ctlseqs: normal and application cursor keys), by the names of the key table.
import {expect, test} from 'vitest';
import {keymap} from '../../source/ui/keymap.ts';
import {keysOf, typedKeys} from '../../source/ui/reader-keys.ts';

test.each([
  ['\x1b[A\x1b[B\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
  ['\x1bOA\x1bOB\x1bOC\x1bOD', ['up', 'down', 'right', 'left']],
  ['\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~', ['home', 'end', 'home', 'end', 'home', 'end']],
  ['\t\x1b[Z\r\n ', ['tab', 'shift-tab', 'enter', 'enter', 'space']],
  ['\x03\x0c\x1a', ['ctrl-c', 'ctrl-l', 'ctrl-z']],
  ['aG?[]', ['a', 'G', '?', '[', ']']],
  // Function keys, alt with a letter: none of ours, and nothing of them is left over as a key.
  ['\x1b[15~\x1b[1;5C\x1bx\x7fq', ['backspace', 'q']],
  // A paste presses no keys: it stays whole, under a name that no key has.
  ['some words pasted\r', ['paste some words pasted', 'enter']],
  ['page-down', ['paste page-down']],
])('%j', (typed, keys) => {
  expect(typedKeys(typed)).toEqual({keys, rest: ''});
});

test('an arrow that arrives in pieces is one key; escape alone is escape once nothing follows', () => {
  const first = typedKeys('l\x1b');
  expect(first).toEqual({keys: ['l'], rest: '\x1b'});
  const second = typedKeys(`${first.rest}[`);
  expect(second).toEqual({keys: [], rest: '\x1b['});
  expect(typedKeys(`${second.rest}C`)).toEqual({keys: ['right'], rest: ''});
  expect(keysOf('\x1b')).toEqual(['escape']);
});

test('every key of the table can be typed', () => {
  const typed = '\x1b[5~\x1b[6~\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z\t\r\x7f \x03\x0c\x12\x1a';
  const printable = Array.from({length: 0x5e}, (_, index) => String.fromCharCode(0x21 + index));
  const names = new Set([...typedKeys(typed).keys, ...printable.flatMap(keysOf), ...keysOf('\x1b')]);
  for (const {keys} of keymap) for (const key of Object.keys(keys)) expect(names).toContain(key);
});
