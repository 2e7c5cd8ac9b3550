// What arrives from the terminal: keys, pastes with and without marks, torn apart anywhere; and ctrl-c ahead of all.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Typed, TypedInput} from '../../source/ui/typed.ts';

/** All that comes of these pieces, one after another, and of the silence after them. */
const typed = (pieces: readonly string[], input: TypedInput = new TypedInput()): readonly Typed[] => [
  ...pieces.flatMap((piece) => input.take(piece).typed),
  ...input.settle(),
];

const pasted = (text: string): Typed => ({pasted: text});
const marked = (text: string): string => `\x1b[200~${text}\x1b[201~`;

test.each([
  ['jq\x1b[A\x1b[1;5C\x1bOB\x1bx\r中', ['j', 'q', '\x1b[A', '\x1b[1;5C', '\x1bOB', '\x1bx', '\r', '中']],
  ['\x1b', ['\x1b']],
  ['\x1b\x1b', ['\x1b', '\x1b']],
  // Alt with an arrow, as rxvt sends it: one key, and none of ours.
  ['\x1b\x1b[Aj', ['\x1b\x1b[A', 'j']],
  ['a\x1b]11;rgb:0/0/0\x07\x1b[5;2Rc', ['a', 'c']],
  // A terminal that does not mark pastes: a long run of text, as when a file is dropped onto it.
  ['jqqqqqqqqq\x1b[Bhelp', [pasted('jqqqqqqqqq'), '\x1b[B', 'h', 'e', 'l', 'p']],
  [marked('q\rT'), [pasted('q T')]],
  [`j${marked('one\r\ntwo\r')}\x1b[Bk`, ['j', pasted('one two'), '\x1b[B', 'k']],
  [marked('') + marked('\n'), []],
  // Ctrl-c, escape and their kind in a paste are nothing.
  [marked('a\x03b\x1b[A\x00c\x7f\u009b'), [pasted('ab[Ac')]],
  [marked(`nested \x1b[200~ begin`), [pasted('nested [200~ begin')]],
  // A mark of the end that was put into the text, to have the rest of it pressed.
  [marked('text\x1b[201~qqx\r'), [pasted('text[201~qqx')]],
  [`${marked('one')}j${marked('two\x1b[201~q')}k`, [pasted('one'), 'j', pasted('two[201~q'), 'k']],
] as const)('%j', (input, keys) => {
  expect(typed([input])).toEqual(keys);
});

test('whatever it is torn into, it is the same', () => {
  const parts = fc.constantFrom(
    'j',
    '\x1b[A',
    '\x1bOB',
    '\r',
    '\x1b[15~',
    '中',
    marked('some text\r'),
    marked('x'),
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(parts, {maxLength: 12}),
      fc.infiniteStream(fc.integer({min: 1, max: 7})),
      (all, sizes) => {
        const whole = all.join('');
        const pieces: string[] = [];
        for (let at = 0; at < whole.length; ) {
          const size = sizes.next().value ?? 1;
          pieces.push(whole.slice(at, at + size));
          at += size;
        }
        expect(typed(pieces)).toEqual(typed([whole]));
      },
    ),
  );
});

test('what has begun waits: escape shortly, a torn key or mark and a paste for half a second', () => {
  const input = new TypedInput();
  expect(input.patienceMs()).toBeUndefined();
  input.take('j');
  expect(input.patienceMs()).toBeUndefined();
  expect(input.take('\x1b')).toEqual({typed: [], leaves: false});
  expect(input.patienceMs()).toBe(50);
  expect(input.settle()).toEqual(['\x1b']);
  input.take('\x1b[20');
  expect(input.patienceMs()).toBe(500);
  // What never became a key presses none.
  expect(input.settle()).toEqual([]);
  input.take('\x1b[200~abc');
  expect(input.patienceMs()).toBe(500);
  input.take('\x03q');
  expect(input.patienceMs()).toBe(500);
  expect(input.settle()).toEqual([pasted('abcq')]);
  expect(input.patienceMs()).toBeUndefined();
  expect(input.take('\x03')).toEqual({typed: [], leaves: true});
});

test('ctrl-c leaves, whatever came with it before and after, but not out of a paste', () => {
  const leaves = (...pieces: readonly string[]): boolean => {
    const input = new TypedInput();
    return pieces.map((piece) => input.take(piece)).some((arrived) => arrived.leaves);
  };
  expect(leaves('\x03')).toBe(true);
  expect(new TypedInput().take('jj\x03kk')).toEqual({typed: [], leaves: true});
  expect(leaves(marked('text'), '\x03')).toBe(true);
  expect(leaves(`${marked('text')}\x03`)).toBe(true);
  expect(leaves(`\x03${marked('text')}`)).toBe(true);
  expect(leaves('line after line\r'.repeat(100), 'more\x03')).toBe(true);
  expect(leaves(marked('a\x03b'))).toBe(false);
  expect(leaves('\x1b[200~', 'a\x03b', '\x1b[20', '1~')).toBe(false);
});

/** As lines of text look that somebody copied. */
const million = 'ls -l\rcat x\rThe quick brown fox, T and t and a and x.\r'.repeat(20_000).slice(0, 1 << 20);

const cutInto = (text: string, size: number): readonly string[] =>
  Array.from({length: Math.ceil(text.length / size)}, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );

test.each([1 << 20, 65_536, 4095, 1000])('a megabyte unmarked, by %i: one paste', (size) => {
  const input = new TypedInput();
  const before = cutInto(million, size).map((piece) => input.take(piece));
  expect(before.every((arrived) => arrived.typed.length === 0 && !arrived.leaves)).toBe(true);
  expect(input.patienceMs()).toBe(100);
  expect(input.settle()).toEqual([pasted(million.slice(0, 4096).replaceAll('\r', ' ').trimEnd())]);
  expect(typed(['j'], input)).toEqual(['j']);
});

test.each([1 << 20, 4095, 100])('a megabyte between marks, in pieces of %i', (size) => {
  const input = new TypedInput();
  const keys = cutInto(`j${marked(million)}k`, size).flatMap((piece) => input.take(piece).typed);
  expect(keys).toEqual(['j', pasted(million.slice(0, 4096).replaceAll('\r', ' ').trimEnd()), 'k']);
});

test('arrows that a held key has piled up on a slow line are arrows', () => {
  const arrows = Array.from({length: 300}, () => '\x1b[B');
  expect(typed([arrows.join('')])).toEqual(arrows);
});
