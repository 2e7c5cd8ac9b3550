// Keys typed ahead come one by one, a paste in one piece; late answers do not come at all.
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {keyByKey, type Typist} from '../../source/ui/screen-input.ts';
import {openTerminal} from '../helpers/render.ts';

const typist: Typist = {
  isDrawn: () => true,
  mouse: () => {},
  place: () => 'menu',
  leave: () => {},
  answered: () => {},
};

/** All that Ink would read. */
const listening = (changes: Partial<Typist> = {}) => {
  const {stdin, keyboard} = openTerminal();
  const input = keyByKey(stdin, {...typist, ...changes});
  const heard: string[] = [];
  input.addListener('readable', () => {
    for (let key: unknown = input.read(); key !== null; key = input.read()) heard.push(String(key));
  });
  return {keyboard, heard};
};

const turns = async (count = 10): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test('each key has its own turn: once the one before is drawn, to whoever listens by then', async () => {
  const {stdin, keyboard} = openTerminal();
  let isDrawn = true;
  const input = keyByKey(stdin, {...typist, isDrawn: () => isDrawn});
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

test('ctrl-c goes ahead of what waits, and what waits is gone', async () => {
  const leave = vi.fn();
  let isDrawn = false;
  const {keyboard, heard} = listening({leave, isDrawn: () => isDrawn});
  keyboard.push('jjj\x1b[A');
  await turns();
  expect(leave).not.toHaveBeenCalled();
  keyboard.push('k\x03');
  await vi.waitUntil(() => leave.mock.calls.length > 0);
  isDrawn = true;
  keyboard.push('l');
  await vi.waitUntil(() => heard.length > 0);
  await turns();
  expect(heard).toEqual(['l']);
  expect(leave).toHaveBeenCalledOnce();
});

const pasted = 'ls -l\rcat x\r1\r2\ry\r'.repeat(60_000).slice(0, 1 << 20);

test.each([
  ['as keys', ['', '']],
  ['between marks', ['\x1b[200~', '\x1b[201~']],
] as const)(
  // It leaves within 200 ms of the processor.
  'ctrl-c ahead of a megabyte pasted %s',
  async (_, [before, after]) => {
    let isDrawn = false;
    let heardBefore: number | undefined;
    const leave = (): void => {
      heardBefore = heard.length;
    };
    const {keyboard, heard} = listening({leave, isDrawn: () => isDrawn});
    const text = `${before}${pasted}${after}`;
    for (let at = 0; at < text.length; at += 1 << 16) {
      keyboard.push(text.slice(at, at + (1 << 16)));
      await turns(1);
    }
    isDrawn = true;
    const begun = process.cpuUsage();
    keyboard.push('\x03');
    while (heardBefore === undefined) await turns(1);
    const {user, system} = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(200);
    await turns(200);
    expect([heardBefore, heard]).toEqual([0, []]);
  },
);

test('keys typed for one place do nothing in another; those typed once it is seen do', async () => {
  let place = 'menu';
  let isDrawn = true;
  const {keyboard, heard} = listening({place: () => place, isDrawn: () => isDrawn});
  // The first opens a lesson, which is not on the screen yet.
  const opens = vi.spyOn(heard, 'push').mockImplementationOnce((key) => {
    heard[0] = key;
    isDrawn = false;
    place = 'lesson';
    return 1;
  });
  keyboard.push('abc');
  await vi.waitUntil(() => opens.mock.calls.length > 0);
  keyboard.push('d');
  await turns();
  isDrawn = true;
  await turns();
  keyboard.push('e');
  await vi.waitUntil(() => heard.includes('e'));
  expect(heard).toEqual(['a', 'e']);
});

test('64 keys wait at most; a paste is one of them, and reaches Ink between its marks', async () => {
  let isDrawn = false;
  const {keyboard, heard} = listening({isDrawn: () => isDrawn});
  keyboard.push('\x1b[200~one\rtwo\x03\x1b[201~');
  keyboard.push('\x1b[A'.repeat(100));
  await turns();
  keyboard.push('j');
  await turns();
  isDrawn = true;
  await vi.waitUntil(() => heard.length >= 64);
  await turns(100);
  expect(heard).toEqual(['\x1b[200~one two\x1b[201~', ...Array.from({length: 63}, () => '\x1b[A')]);
});

test('escape is told from what begins with it by a pause; a paste without its end ends with half a second of silence', async () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  try {
    const {keyboard, heard} = listening();
    keyboard.push('\x1b');
    await turns();
    vi.advanceTimersByTime(49);
    await turns();
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    await turns();
    expect(heard).toEqual(['\x1b[27u']);
    keyboard.push('\x1b[200~text');
    await turns();
    vi.advanceTimersByTime(499);
    keyboard.push(' and more');
    await turns();
    vi.advanceTimersByTime(499);
    await turns();
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await turns();
    expect(heard.at(-1)).toBe('\x1b[200~text and more\x1b[201~');
    keyboard.push('q');
    await turns();
    expect(heard.at(-1)).toBe('q');
  } finally {
    vi.useRealTimers();
  }
});
