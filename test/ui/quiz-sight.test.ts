// In a window that is too small for a question no key answers it; larger, it does.
import {expect, test, vi} from 'vitest';
import {makeController} from '../../source/ui/controller.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {quizKeysSentences} from '../../source/words/catalogue/keys-table.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

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

test.each([
  ['choice', 'label'],
  ['several', 'picks'],
  ['order', 'picks'],
] as const)('%s: the key line says what a letter does', async (form, does) => {
  const {stdin, stdout} = openTerminal();
  const size = {columns: 120, rows: 40};
  const initial = {screen: 'quiz', round: roundOf([questionOf(form)])} as const;
  const controller = makeController(
    {...appOptions, initial, stdin, stdout},
    {now: () => 0, size: () => size},
  );
  controller.attach({exit: vi.fn(), redraw: vi.fn(), suspend: async () => {}, copy: vi.fn()});
  await vi.waitUntil(() => controller.get().quiz?.state.question !== undefined);
  const {language} = controller.get().preferences;
  const {label} = keyHints(controller.get(), size)[0] ?? {};
  expect(label).toBe(quizKeysSentences.quizLetter.hint[does][language]);
});

test('a lesson’s question in a small window: no letter answers it before all its choices can be seen', () => {
  const {stdin, stdout} = openTerminal();
  let size = {columns: 59, rows: 4};
  const initial = {screen: 'player', run: handshakeRun()} as const;
  const controller = makeController(
    {...appOptions, initial, stdin, stdout},
    {now: () => 0, size: () => size},
  );
  for (let turn = 0; turn < 200 && controller.get().player?.playback.gate === undefined; turn++) {
    if (controller.get().player?.playback.playing === false) controller.press('space');
    controller.tick(50);
  }
  const text = (): string =>
    (screenLines(controller.get(), size, () => []) ?? [])
      .map((line) => line.map((span) => span.text).join(''))
      .join('\n');
  const keys = (): readonly string[] => keyHints(controller.get(), size).map(({key}) => key);
  const gate = controller.get().player?.playback.gate;
  expect(gate).toMatchObject({replied: false});
  expect(text()).toSay({says: 'player.playerTexts.noQuestion'});
  expect(keys()).not.toContain('a–c');
  for (const key of ['a', 'b', 'c', 'd', 'e', 'i']) controller.press(key);
  expect(controller.get().player?.playback.gate).toEqual(gate);
  size = {columns: 59, rows: 14};
  expect(text()).not.toSay({says: 'player.playerTexts.noQuestion'});
  expect(keys()).toContain('a–c');
  controller.press('b');
  expect(controller.get().player?.playback.gate).toMatchObject({replied: true});
});
