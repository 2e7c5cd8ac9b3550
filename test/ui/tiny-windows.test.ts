// A window of a few cells costs nothing but what it cannot show: no count of cells that is negative or endless gets anywhere
// ("Invalid count value"), whatever is on the screen.
import {expect, test, vi} from 'vitest';
import type {AnswerForm} from '../../source/quiz/question.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {makeController} from '../../source/ui/controller.ts';
import {keymap} from '../../source/ui/keymap.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {forkableRun} from '../helpers/forkable.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions, openTerminal} from '../helpers/render.ts';
import {few, some} from '../helpers/seeds.ts';

const sizes = [1, 2, 5, 12, 20, 34, 59].flatMap((columns) =>
  [0, 1, 2, 3, 5, 8, 14].map((rows) => ({columns, rows})),
);
const large = {columns: 120, rows: 40};

const throwing = (_part: unknown, error: unknown): never => {
  throw error;
};

const {stdin, stdout} = openTerminal();

const opened = (initial: AppOptions['initial'], language: 'en' | 'zh') => {
  const preferences = {...appOptions.preferences, language};
  const controller = makeController(
    {...appOptions, initial, preferences, stdin, stdout},
    {now: () => 0, size: () => large},
  );
  controller.attach({exit: vi.fn(), redraw: vi.fn(), suspend: async () => {}, copy: vi.fn()});
  return controller;
};

const drawn = (controller: ReturnType<typeof opened>, among: readonly (typeof sizes)[number][]): void => {
  for (const size of among) {
    const lines = screenLines(controller.get(), size, throwing) ?? [];
    expect(lines.length, `${size.columns}×${size.rows}`).toBeLessThanOrEqual(Math.max(1, size.rows));
  }
  expect(controller.failures()).toEqual([]);
};

const answers = {choice: 'c', several: 'bc', order: 'cab', number: '1001', packet: '2'} as const;

test.each(some(['choice', 'several', 'order', 'number', 'packet'] as const, 2))(
  'the quiz, to its result: %s',
  async (form: AnswerForm) => {
    for (const language of ['en', 'zh'] as const) {
      const round = roundOf([questionOf(form), questionOf(form, 2)]);
      const controller = opened({screen: 'quiz', round}, language);
      drawn(controller, sizes);
      await vi.waitUntil(() => controller.get().quiz?.state.question !== undefined);
      for (const key of ['i', 'i', ...answers[form], 'enter', '1', 'w', 'w', '?', 'escape', 'q']) {
        controller.press(key);
        drawn(controller, some(few(sizes, 6), 3));
      }
      expect(controller.get().quiz?.state.phase).toBe('result');
    }
  },
);

const leaving = new Set(['q', 'ctrl-c', 'ctrl-z']);
const keys = [...new Set(keymap.flatMap((entry) => Object.keys(entry.keys)))].filter(
  (key) => !leaving.has(key),
);

test('the player: every key of the table, one after the other', () => {
  for (const language of ['en', 'zh'] as const) {
    const controller = opened({screen: 'player', run: forkableRun()}, language);
    for (const [turn, key] of ['end', ...some(few(keys, 24), 5)].entries()) {
      controller.press(key);
      drawn(
        controller,
        few(sizes, 8).filter((_, index) => index % 2 === turn % 2),
      );
      if (controller.get().player?.overlay !== undefined) controller.press('escape');
    }
  }
});
