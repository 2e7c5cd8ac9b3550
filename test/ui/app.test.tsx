// The app through Ink, on a terminal that these tests own: what is typed and what is seen.

import {expect, test, vi} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import type {TerminalAnswers} from '../../source/ui/terminal-answers.ts';
import {appOptions, handshakeRun, keys, renderApp} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';

const player = {initial: {screen: 'player', run: handshakeRun()}} as const;
const title = 'The three-way handshake';

test('the menu lists what works, and enter watches the handshake', async () => {
  const app = renderApp();
  const menu = await app.shows('▸ Continue', 'Choose a lesson', 'Settings');
  expect(menu).toContain('3 lessons in 2 tracks');
  expect(menu).not.toMatch(/Quiz|capture/i);
  app.press(keys.enter);
  await app.shows(`handshake  ${title}`);
  app.press('q');
  await app.shows('▸ Continue');
  app.press('q');
  await app.shows('? Leave packet-tutor? q again leaves, esc stays.', '▸ Continue');
  app.press('q');
  expect(await app.done).toBe('quit');
});

test('down, enter, down, right, down: to a lesson of another track', async () => {
  const openLesson = vi.fn(() => ({run: handshakeRun()}));
  const app = renderApp({openLesson});
  await app.shows('▸ Continue');
  app.press(keys.down);
  await app.shows('▸ Choose a lesson', 'TCP close');
  app.press(keys.enter);
  await app.shows('▸ TCP open', 'Nobody listens');
  app.press('j');
  await app.shows('▸ TCP close', 'The four-segment close');
  app.press(keys.right);
  await app.shows('▸ The four-segment close');
  app.press(keys.enter);
  await app.shows(`handshake  ${title}`);
  expect(openLesson).toHaveBeenCalledExactlyOnceWith('teardown');
  app.press('q');
  await app.shows('▸ The four-segment close');
  app.restore();
});

test('keys that arrive together are all obeyed', async () => {
  const app = renderApp();
  await app.shows('▸ Continue');
  app.press(keys.down, keys.down);
  await app.shows('▸ Settings');
  app.press(keys.up, keys.enter, keys.down, keys.right);
  await app.shows('▸ The four-segment close');
  app.restore();
});

test('settings change under the reader’s eyes', async () => {
  const app = renderApp();
  await app.shows('▸ Continue');
  app.press('jj', keys.enter);
  await app.shows('▸ Language');
  app.press(keys.enter);
  await app.shows('▸ 语言', '中文');
  app.press(keys.down, keys.down, keys.enter);
  await app.shows('▸ 动画        减弱');
  app.restore();
});

test('t in the middle of a lesson switches the language', async () => {
  const app = renderApp(player);
  await app.shows(title);
  app.press('t');
  await app.shows('handshake  三次握手', '按键');
  app.restore();
});

test('the help has the keys, and the key that opened it closes it', async () => {
  const app = renderApp();
  await app.shows('▸ Continue');
  app.press('?');
  await app.shows('open (→ l)');
  app.press('\x1b[B');
  await app.shows('ctrl-c', 'quit immediately');
  app.press('?');
  await app.shows('▸ Continue');
  app.restore();
});

test('a resize lays out once for the new size, keys on its last row', async () => {
  const app = renderApp();
  await app.shows('? keys');
  app.monitor.resize(120, 40);
  await app.until(() => app.monitor.lines()[39]?.includes('? keys') === true);
  expect(app.monitor.lines()[0]).toMatch(/^ packet-tutor {80,}language en {3}theme dark$/);
  app.monitor.resize(60, 15);
  await app.until(
    (text) => text.startsWith(' packet-tutor') && app.monitor.lines()[14]?.includes('? keys') === true,
  );
  app.restore();
});

test('ctrl-l draws the whole screen again', async () => {
  const app = renderApp();
  const before = await app.shows('▸ Continue');
  const written = app.monitor.written.length;
  app.press(keys.ctrlL);
  await app.until(() => app.monitor.written.slice(written).includes('Settings'));
  expect(await app.shows('▸ Continue')).toBe(before);
  app.restore();
});

test('answers of the terminal that come late press no keys', async () => {
  const openLesson = vi.fn(() => ({run: handshakeRun()}));
  const app = renderApp({openLesson});
  await app.shows('▸ Continue');
  app.press('\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\', '\x1b[5;2R', keys.down);
  await app.shows('▸ Choose a lesson', 'language en');
  expect(openLesson).not.toHaveBeenCalled();
  app.restore();
});

test('late answers change what nobody has chosen, until somebody does', async () => {
  const {preferences} = appOptions;
  const heard: TerminalAnswers[] = [];
  const fitting = (late: TerminalAnswers) => {
    heard.push(late);
    return {preferences: {...preferences, theme: 'light', ascii: late.column === 3} as const};
  };
  const app = renderApp({fitting});
  await app.shows('▸ Continue', 'theme dark');
  app.press('\x1b]11;rgb:ffff/ffff/ffff\x07');
  await app.shows('▸ Continue', 'theme light');
  app.press('\x1b[5;3R');
  await app.shows('> Continue');
  expect(heard).toEqual([{background: 'light'}, {column: 3}]);
  app.press('t');
  await app.shows('> 继续');
  app.press('\x1b[5;2R', keys.down);
  await app.shows('> 选一课');
  expect(heard.length).toBe(3);
  app.restore();
});

const colour = /\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m/;

test.each([player, {}])('NO_COLOR: not one colour code (%#)', async (changes) => {
  const mono = renderApp({...changes, colours: 'mono'});
  await mono.shows('? keys');
  mono.restore();
  expect(mono.monitor.written).not.toMatch(colour);
  const coloured = renderApp(changes);
  await coloured.shows('? keys');
  coloured.restore();
  expect(coloured.monitor.written).toMatch(colour);
});

const leftBehind = ({written}: {readonly written: string}) => ({
  isAlternate: written.lastIndexOf('\x1b[?1049h') > written.lastIndexOf('\x1b[?1049l'),
  isCursorHidden: written.lastIndexOf('\x1b[?25l') > written.lastIndexOf('\x1b[?25h'),
});
const nothing = {isAlternate: false, isCursorHidden: false};

test.each([
  [['q', 'q'], 'quit'],
  [[keys.ctrlC], 'interrupted'],
])('%j: leaves with “%s”', async ([first = '', again], reason) => {
  const app = renderApp();
  await app.shows('▸ Continue');
  expect(leftBehind(app.monitor)).toEqual({isAlternate: true, isCursorHidden: true});
  expect(app.keyboard.isRaw).toBe(true);
  app.press(first);
  if (again !== undefined) {
    await app.shows('q again leaves');
    app.press(again);
  }
  expect(await app.done).toBe(reason);
  expect(leftBehind(app.monitor)).toEqual(nothing);
  expect(app.keyboard.isRaw).toBe(false);
  expect(app.monitor.listenerCount('resize')).toBe(0);
});

test('a screen that cannot be drawn says so in two lines, q leads on, and the terminal comes back', async () => {
  const broken = {
    ...sameIn(title),
    get zh(): string {
      throw new Error('no such text');
    },
  };
  const app = renderApp({
    lessons: appOptions.lessons,
    openLesson: () => ({run: {...handshakeRun(), title: broken}}),
  });
  await app.shows('▸ Continue');
  app.press(keys.enter);
  await app.shows(`handshake  ${title}`);
  app.press('t');
  const page = await app.shows('这个画面出错', '按 q 离开这里');
  expect(page).toContain('no such text');
  expect(page).toContain('按键：enter t');
  app.press('q');
  await app.shows('▸ 继续');
  app.press('q');
  await app.shows('? 要退出 packet-tutor 吗？再按一次 q 退出，按 esc 留下。');
  app.press('q');
  expect(await app.done).toBe('quit');
  expect(leftBehind(app.monitor)).toEqual(nothing);
  expect(app.keyboard.isRaw).toBe(false);
  expect(app.monitor.written).not.toMatch(/at .*\.tsx?:\d+/);
});

test('preferences that cannot be kept: a message, and they hold for this sitting', async () => {
  const app = renderApp({
    onPreferences: () => {
      throw new Error('disk full');
    },
  });
  await app.shows('▸ Continue');
  app.press('t');
  await app.shows('保存操作出错，其他照常：disk full', '继续');
  app.press('q');
  await app.shows('再按一次 q 退出');
  app.press('q');
  expect(await app.done).toBe('quit');
  expect(leftBehind(app.monitor)).toEqual(nothing);
});

test('restore works at once and any number of times', async () => {
  const app = renderApp(player);
  await app.shows(title);
  app.restore();
  expect(leftBehind(app.monitor)).toEqual(nothing);
  expect(app.keyboard.isRaw).toBe(false);
  const {length} = app.monitor.written;
  app.restore();
  expect(app.monitor.written.length).toBe(length);
  expect(await app.done).toBe('quit');
});

test('no lesson at all: the menu has Settings only', async () => {
  const app = renderApp({lessons: []});
  expect(await app.shows('▸ Settings')).not.toContain('Watch');
  app.restore();
});

test.each(['en', 'zh'] as const)('%s: no wider menu line, at any size', async (language) => {
  const sizes = [
    [40, 10],
    [60, 15],
    [80, 24],
    [120, 40],
    [200, 60],
  ] as const;
  for (const [columns, rows] of some(sizes, 2)) {
    const app = renderApp(
      {
        preferences: {
          language,
          theme: 'light',
          ascii: false,
          graphs: 'braille',
          motion: 'full',
          mouse: false,
          screenReader: false,
        },
      },
      {columns, rows},
    );
    await app.until((text) => text.includes('packet-tutor') && text.includes('?'));
    expect(app.text(), `${columns}×${rows}`).not.toContain('…');
    app.press(keys.down);
    await app.until((text) => text.includes('TCP'));
    expect(app.monitor.lines()).toHaveLength(rows);
    app.restore();
  }
});

test('tab and shift-tab, as a terminal sends them', async () => {
  // It stands still: once packets have been sent other panels stand in the ring.
  const app = renderApp({initial: {screen: 'player', run: {...handshakeRun(), at: {us: 150_000}}}});
  await app.shows(title);
  app.press(...Array.from({length: 6}, () => '\x1b[Z'));
  await app.shows('fate');
  app.press(...Array.from({length: 7}, () => '\t'));
  await app.shows('snd.una');
  app.restore();
});
