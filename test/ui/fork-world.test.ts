// Hosts and links above the ladder: how they are reached and marked, and what a change to one of them makes.
import {expect, test} from 'vitest';
import type {Settable} from '../../source/lesson/settable.ts';
import type {Language} from '../../source/lesson/text.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {changeSaid, stateSaid} from '../../source/ui/spoken-app.ts';
import {selectedIn, textIn} from '../../source/view/drawn.ts';
import {setUp} from '../helpers/controlled.ts';
import {forkableRun} from '../helpers/forkable.ts';
import {appOptions} from '../helpers/render.ts';

const size = {columns: 80, rows: 24};

const open = (language: Language = 'en') =>
  setUp({
    preferences: {...appOptions.preferences, language},
    initial: {screen: 'player', run: forkableRun({at: {us: 60_000}})},
  });

type App = ReturnType<typeof open>;

const marked = ({controller}: App) => {
  const overlay = controller.get().player?.overlay;
  return overlay?.kind === 'parts' ? overlay.part : undefined;
};

/** The highlighted texts above the ladder. */
const lit = ({controller}: App): readonly string[] =>
  screenLines(controller.get(), size, () => [])
    .slice(0, 5)
    .flatMap((line) =>
      selectedIn(line).map(({from, to}) => textIn(line).slice(from - 1, to).replaceAll('─', '').trim()),
    );

test('up from the first packet leads to the hosts, arrows along the links, and down back to the packets', () => {
  const app = open();
  app.press('up');
  expect(app.context()).toBe('player');
  app.press('up');
  expect(marked(app)).toEqual({host: 'client'});
  expect(lit(app)).toEqual(['client']);
  app.press('right');
  expect(marked(app)).toEqual({link: 'path'});
  expect(lit(app)).toEqual(['path']);
  app.press('right', 'right');
  expect(marked(app)).toEqual({host: 'server'});
  expect(lit(app)).toEqual(['server']);
  app.press('left', 'down');
  expect(app.context()).toBe('player');
  expect(app.controller.get().player?.playback.selection.packet).toBe(1);
  expect(lit(app)).toEqual([]);
});

test('X leads there at once, and up does where no packet has been sent', () => {
  const app = open();
  app.press('X');
  expect(marked(app)).toEqual({host: 'client'});
  app.press('X', 'g', 'up');
  expect(marked(app)).toEqual({host: 'client'});
});

test('a click marks a host or the link between two, and a second one opens its page', () => {
  const app = open();
  const click = (words: string) => {
    const rows = screenLines(app.controller.get(), size, () => []).map(textIn);
    const row = rows.findIndex((each) => each.includes(words));
    app.controller.mouse({did: 'click', row: row + 1, column: (rows[row] ?? '').indexOf(words) + 2});
  };
  click('server');
  expect(marked(app)).toEqual({host: 'server'});
  app.press('down');
  const names = screenLines(app.controller.get(), size, () => []).map(textIn);
  const row = names.findIndex((each) => each.includes('client') && each.includes('server'));
  app.controller.mouse({did: 'click', row: row + 1, column: Math.floor(size.columns / 2)});
  expect(marked(app)).toEqual({link: 'path'});
});
