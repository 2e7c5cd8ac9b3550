// What clicks mean, by the screen alone: the first one marks, the second one on the same words acts, and no report is ever a key.
import fc from 'fast-check';
import {expect, test, vi} from 'vitest';
import {followMouse} from '../../source/ui/mouse-mode.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {type Typed, TypedInput} from '../../source/ui/typed.ts';
import {textIn} from '../../source/view/drawn.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

const size = {columns: 80, rows: 24};

/** Clicks on the first place of the screen that has these words. */
const clicking = (app: ReturnType<typeof setUp>) => {
  const rows = () => screenLines(app.controller.get(), size, () => []).map(textIn);
  return (words: string) => {
    const at = rows().findLastIndex((row) => row.includes(words));
    if (at < 0) throw new Error(`“${words}” is not on the screen:\n${rows().join('\n')}`);
    const column = (rows()[at] ?? '').indexOf(words) + 2;
    app.controller.mouse({did: 'click', row: at + 1, column});
    return app.controller.get();
  };
};

const run = handshakeRun();
const player = {initial: {screen: 'player', run}} as const;

test('in the menu a click marks, and one on what is marked opens it; lists beside each other, too', async () => {
  const app = setUp();
  const click = clicking(app);
  expect(click('Settings')).toMatchObject({screen: 'menu', menu: {item: 'settings'}});
  expect(click('Choose a lesson')).toMatchObject({menu: {level: 'main', item: 'lessons'}});
  expect(click('Choose a lesson').menu.level).toBe('tracks');
  const title = app.controller.get().lessons[0]?.title.en ?? '';
  expect(click(title)).toMatchObject({screen: 'menu', menu: {level: 'lessons'}});
  click(title);
  await vi.waitFor(() => expect(app.controller.get().screen).toBe('player'));
});

test('of Settings a click marks a row, a second one changes it', () => {
  const app = setUp();
  const click = clicking(app);
  click('Settings');
  click('Settings');
  expect(click('Motion')).toMatchObject({setting: 'motion', preferences: {motion: 'full'}});
  expect(click('Motion').preferences.motion).toBe('reduced');
});

const asked = () => {
  const app = setUp(player);
  app.press('G');
  while (app.context() === 'player') app.press(']');
  return {app, click: clicking(app)};
};

test('one click never answers: the second on the same choice does, and a key in between forgets the first', () => {
  const {app, click} = asked();
  expect(click('b   ').player?.playback.answers).toEqual({});
  expect(click('a   ').player?.playback.answers).toEqual({});
  app.press('tab');
  expect(app.controller.get().clicked).toBeUndefined();
  expect(click('b   ').player?.playback.answers).toEqual({});
  expect(click('b   ').player?.playback.answers).toEqual({1: {choice: 'b'}});
});

test('of the line of keys a second click presses the key; ranges of keys are none', () => {
  const app = setUp(player);
  const click = clicking(app);
  click('w why');
  expect(app.context()).toBe('player');
  click('w why');
  expect(app.context()).toBe('why');
  const question = asked();
  question.click('a–c answer');
  expect(question.app.controller.get().clicked).toBeUndefined();
});

test('a packet is marked in the ladder, a second click opens its bytes; the timeline leads to its places', () => {
  const app = setUp({initial: {screen: 'player', run: handshakeRun({asks: false})}});
  const click = clicking(app);
  app.press('G');
  const {player: marked} = click('SYN,ACK seq');
  expect(marked?.playback.selection.packet).toBe(2);
  expect(click('SYN,ACK seq').player?.playback.focus).toBe('bytes');
  app.press('q');
  const end = app.controller.get().player?.playback.viewMs ?? 0;
  app.controller.mouse({did: 'click', row: 22, column: 30});
  const middle = app.controller.get().player?.playback.viewMs ?? 0;
  expect(middle).toBeGreaterThan(0);
  expect(middle).toBeLessThan(end);
  app.controller.mouse({did: 'click', row: 22, column: 6});
  expect(app.controller.get().player?.playback.viewMs).toBeLessThan(middle);
});

test('the wheel moves as the arrows do', () => {
  const app = setUp();
  app.controller.mouse({did: 'down', row: 3, column: 3});
  expect(app.controller.get().menu.item).toBe('lessons');
  app.controller.mouse({did: 'up', row: 3, column: 3});
  expect(app.controller.get().menu.item).toBe('watch');
});

test('a click on nothing changes nothing, wherever it is', () => {
  const app = setUp(player);
  for (let row = 1; row < 22; row += 4)
    for (const column of [1, 40, 80, 999]) app.controller.mouse({did: 'click', row, column});
  expect(app.controller.get()).toMatchObject({screen: 'player'});
  expect(app.controller.get().player?.playback.answers).toEqual({});
  expect(app.exit).not.toHaveBeenCalled();
});

test('the terminal tells of clicks while the setting is on and the terminal is ours', () => {
  const written: string[] = [];
  const {controller, press} = setUp({preferences: {...setUp().controller.get().preferences, mouse: true}});
  const stop = followMouse({write: (text: string) => written.push(text) > 0}, controller);
  const [on, off] = ['\x1b[?1000h\x1b[?1006h', '\x1b[?1006l\x1b[?1000l'];
  expect(written).toEqual([on]);
  press('ctrl-z');
  expect(written).toEqual([on, off]);
  stop();
  stop();
  press('ctrl-z');
  expect(written.filter((each) => each === on)).toHaveLength(written.filter((each) => each === off).length);
  expect(written.at(-1)).toBe(off);
});

const typed = (pieces: readonly string[]): readonly Typed[] => {
  const input = new TypedInput();
  return [...pieces.flatMap((piece) => input.take(piece).typed), ...input.settle()];
};

test.each([
  ['\x1b[<0;12;3M\x1b[<0;12;3m', [{mouse: {did: 'click', row: 3, column: 12}}]],
  [
    '\x1b[<64;1;1M\x1b[<65;1;1M',
    [{mouse: {did: 'up', row: 1, column: 1}}, {mouse: {did: 'down', row: 1, column: 1}}],
  ],
  // Other buttons, movement, and with shift the terminal's own.
  ['\x1b[<1;1;1M\x1b[<2;1;1M\x1b[<35;1;1M\x1b[<4;1;1M', []],
  // Of a terminal that knows the older form only: three bytes that are no keys.
  ['\x1b[M qqj', ['j']],
  ['\x1b[200~a\x1b[<0;1;1Mb\x1b[201~', [{pasted: 'ab'}]],
] as const)('%j', (input, expected) => {
  expect(typed([input])).toEqual(expected);
});

test('a report is the same wherever it is cut, and its pieces are never keys', () => {
  const report = '\x1b[<0;120;40M';
  fc.assert(
    fc.property(fc.integer({min: 1, max: report.length - 1}), (cut) => {
      expect(typed([report.slice(0, cut), report.slice(cut)])).toEqual([
        {mouse: {did: 'click', row: 40, column: 120}},
      ]);
      expect(typed([report.slice(0, cut)]).filter((each) => each !== '\x1b')).toEqual([]);
    }),
  );
});

test('what comes after its escape was taken for a key is no text', () => {
  const input = new TypedInput();
  input.take('\x1b');
  expect(input.settle()).toEqual(['\x1b']);
  expect(input.take('[<0;10;5Mj').typed).toEqual(['j']);
});
