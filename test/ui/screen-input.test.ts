// Keys typed ahead come one by one, a paste in one piece; late answers do not come at all.
import {expect, test, vi} from 'vitest';
import {splitKeys} from '../../source/ui/key-name.ts';
import {keyByKey} from '../../source/ui/screen-input.ts';
import {openTerminal} from '../helpers/render.ts';

test('a piece of input is split into keys', () => {
  expect(splitKeys('jq\x1b[A\x1b[1;5C\x1bOB\x1bx\r中')).toEqual([
    'j',
    'q',
    '\x1b[A',
    '\x1b[1;5C',
    '\x1bOB',
    '\x1bx',
    '\r',
    '中',
  ]);
  expect(splitKeys('\x1b')).toEqual(['\x1b']);
  expect(splitKeys('qqqqqqqqq\x1b[Bhelp')).toEqual(['qqqqqqqqq', '\x1b[B', 'h', 'e', 'l', 'p']);
});

test('each key has its own turn: once the one before is drawn, to whoever listens by then', async () => {
  const {stdin, keyboard} = openTerminal();
  let isDrawn = true;
  const input = keyByKey(stdin, () => isDrawn);
  const heard: string[] = [];
  const listen = (name: string) => () => {
    for (let key: unknown = input.read(); key !== null; key = input.read())
      heard.push(`${name} ${String(key)}`);
  };
  const second = listen('second');
  const first = () => {
    listen('first')();
    input.removeListener('readable', first);
    input.addListener('readable', second);
  };
  input.addListener('readable', first);
  keyboard.push('ab\x1b]11;rgb:0/0/0\x07c');
  isDrawn = false;
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(heard).toEqual([]);
  isDrawn = true;
  await vi.waitUntil(() => heard.length === 3);
  expect(heard).toEqual(['first a', 'second b', 'second c']);
  input.removeListener('readable', second);
  expect(keyboard.listenerCount('readable')).toBe(0);
});
