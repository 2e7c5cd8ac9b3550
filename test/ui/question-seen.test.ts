// A question that opens is on the screen, whatever the reader has opened before.
import {expect, test} from 'vitest';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';

const told = (_: unknown, error: unknown): never => {
  throw error;
};

test.each(['b', 'v', 'm', '2', '3'])('%s, and on to the question: it is read at 80×24', async (key) => {
  const run = await openedLesson('handshake');
  const preferences = {...appOptions.preferences, motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}});
  app.press('space', key);
  for (let keys = 0; keys < 9 && app.context() !== 'question'; keys++) app.press('space');
  expect(app.context()).toBe('question');
  const lines = screenLines(app.controller.get(), {columns: 80, rows: 24}, told);
  const shown = lines.map((line) => line.map(({text}) => text).join('')).join('\n');
  expect(shown).toContain('Which acknowledgment number');
});
