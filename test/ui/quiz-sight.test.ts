// In a window that is too small for a question no key answers it; larger, it does.
import {expect, test, vi} from 'vitest';
import {makeController} from '../../source/ui/controller.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions, openTerminal} from '../helpers/render.ts';

test('20×5: a letter answers nothing and is not offered; at 80×24 it does', async () => {
  const {stdin, stdout} = openTerminal();
  let size = {columns: 20, rows: 5};
  const initial = {screen: 'quiz', round: roundOf([questionOf('choice')])} as const;
  const controller = makeController(
    {...appOptions, initial, stdin, stdout},
    {now: () => 0, size: () => size},
  );
  controller.attach({exit: vi.fn(), redraw: vi.fn(), suspend: async () => {}, copy: vi.fn()});
  await vi.waitUntil(() => controller.get().quiz?.state.question !== undefined);
  for (const key of ['a', 'down', 'enter', 'i']) controller.press(key);
  expect(controller.get().quiz?.state).toMatchObject({phase: 'asking', hints: 0, entry: {marked: undefined}});
  expect(keyHints(controller.get(), size).map(({key}) => key)).toEqual(['?', 'q']);
  size = {columns: 80, rows: 24};
  controller.press('a');
  expect(controller.get().quiz?.state.phase).toBe('sure');
});
