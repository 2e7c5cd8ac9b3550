// The key table itself: no key means two things at once, and everything it shows exists in both languages.
import {expect, test} from 'vitest';
import {type KeyContext, untyped} from '../../source/ui/key-entry.ts';
import {actionFor, keymap} from '../../source/ui/keymap.ts';

const contexts = [...new Set(keymap.flatMap((entry) => entry.contexts))];

test('no key stands twice in a context', () => {
  for (const context of contexts) {
    const keys = keymap
      .filter((entry) => entry.contexts.includes(context))
      .flatMap(({keys}) => Object.keys(keys));
    expect(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      context,
    ).toEqual([]);
  }
});

test('every entry has its words in both languages, and different ids', () => {
  const words = keymap.flatMap(({label, hint}) => [label, ...(hint === undefined ? [] : [hint.label])]);
  expect(words.filter(({en, zh}) => en.trim() === '' || zh.trim() === '')).toEqual([]);
  expect(new Set(keymap.map(({id}) => id)).size).toBe(keymap.length);
});

test('sign and label name every key of an entry', () => {
  const signs: Readonly<Record<string, string>> = {
    left: '←',
    right: '→',
    up: '↑',
    down: '↓',
    escape: 'esc',
    'page-up': 'PgUp',
    'page-down': 'PgDn',
  };
  const rows = new Map([
    ['a–f', [...'abcdef']],
    ['1–5', [...'12345']],
  ]);
  // Second keys for the same thing: unshifted + and -, the keys of < and >, and home and end.
  const silent = new Set(['=', '_', ',', '.', 'home', 'end']);
  for (const {id, keys, sign, label} of keymap) {
    const shown = `${sign} ${/\((.*)\)/.exec(label.en)?.[1] ?? ''}`
      .split(' ')
      .flatMap((word) => (/^[01]–9$/.test(word) ? [...'0123456789'] : [word]))
      .flatMap((word) => rows.get(word) ?? [word]);
    const missing = Object.keys(keys).filter((key) => !silent.has(key) && !shown.includes(signs[key] ?? key));
    expect(id === 'answer' ? [] : missing, id).toEqual([]);
  }
});

// Where letters are text only these are keys.
test('typing: ctrl-c, ctrl-z, ctrl-l and esc work, and no letter is a key', () => {
  const pressed = ['ctrl-c', 'ctrl-z', 'ctrl-l', 'escape', '?', 'q', 't'].map((key) =>
    actionFor(key, 'typing'),
  );
  expect(pressed).toEqual(['leave', 'suspend', 'redraw', 'back', undefined, undefined, undefined]);
});

test.each(untyped)('%s: ctrl-c, ctrl-z, ctrl-l, help, back and language always work', (context) => {
  // From the menu nothing leads back but out, and that is for q alone.
  const closing = context === 'menu' ? [] : ['escape'];
  const always = ['ctrl-c', 'ctrl-z', 'ctrl-l', '?', ...closing, 'q', 't', 'T'];
  expect(always.filter((key) => actionFor(key, context) === undefined)).toEqual([]);
  expect(actionFor('ctrl-c', context)).toBe('leave');
});

test('above a question, a to e are answers and nothing moves time forward by playing', () => {
  const pressed = (context: KeyContext) => ['a', 'e', 'space'].map((key) => actionFor(key, context));
  expect(pressed('question')).toEqual(['answer', 'answer', undefined]);
  expect(pressed('player')).toEqual([undefined, 'eventForward', 'playPause']);
});
