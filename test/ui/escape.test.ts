// `esc` closes what stands on top, one thing after another, and never leaves the program; nothing that was open is answered by it.
import fc from 'fast-check';
import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {screenName} from '../../source/ui/key-context.ts';
import {setUp} from '../helpers/controlled.ts';
import {nextKey, openedLesson} from '../helpers/lesson-walk.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions} from '../helpers/render.ts';
import {runs, seed} from '../helpers/seeds.ts';

const preferences = {...appOptions.preferences, language: 'en', motion: 'none'} as const;

const opened = async (id: string) => {
  const run = await openedLesson(id);
  return setUp({preferences, initial: {screen: 'player', run}});
};
type App = Awaited<ReturnType<typeof opened>>;

/** Along the lesson, to where one of these contexts comes. */
const walkTo = (app: App, wanted: string): void => {
  let tries = 0;
  for (let keys = 0; app.context() !== wanted; keys++) {
    if (keys > 500) throw new Error(`nothing leads to ${wanted}`);
    tries = app.context() === 'question' ? tries + 1 : 0;
    app.press(nextKey(app.context(), tries));
  }
};

const answersIn = ({controller}: App) => controller.get().player?.playback.answers;

test('at a question: the run as it was before it, nothing is answered, and the way forward asks it again', async () => {
  const app = await opened('handshake');
  walkTo(app, 'question');
  const {gate} = app.controller.get().player?.playback ?? {};
  app.press('escape');
  expect(app.context()).toBe('player');
  expect(answersIn(app)).toEqual({});
  expect(app.exit).not.toHaveBeenCalled();
  walkTo(app, 'question');
  expect(app.controller.get().player?.playback.gate).toEqual(gate);
});

test('at a reply: it is closed, the place stays, and what was answered stays answered', async () => {
  const app = await opened('handshake');
  walkTo(app, 'reply');
  const before = app.controller.get().player?.playback;
  app.press('escape');
  expect(app.context()).toBe('player');
  expect(app.controller.get().player?.playback).toMatchObject({
    viewMs: before?.viewMs,
    answers: before?.answers,
    playing: false,
  });
});

test.each(['opening', 'player', 'question', 'reply', 'closing'])(
  '%s, often: the program says what leaves',
  async (context) => {
    const app = await opened('handshake');
    walkTo(app, context);
    app.press(...Array.from({length: 12}, () => 'escape'));
    expect(app.exit).not.toHaveBeenCalled();
    expect(app.controller.get().message?.en).toMatch(/q leaves/);
    app.press('q');
    expect(app.exit).toHaveBeenCalledWith('quit');
  },
);

const question = 'Leave packet-tutor? q again leaves, esc stays.';

test('from the menu q alone leaves, after it has asked once', () => {
  const app = setUp({preferences, initial: {screen: 'menu'}});
  app.press('enter', 'escape', 'escape', 'escape');
  expect(app.exit).not.toHaveBeenCalled();
  app.press('q');
  expect(app.exit).not.toHaveBeenCalled();
  expect(app.controller.get().message).toMatchObject({en: question, asks: true});
  app.press('q');
  expect(app.exit).toHaveBeenCalledWith('quit');
});

test.each(['escape', 'down', 't', 'z', '?'])('%s in between withdraws the question', (key) => {
  const app = setUp({preferences, initial: {screen: 'menu'}});
  app.press('q', key);
  if (app.context() === 'help') app.press('escape');
  expect(app.controller.get().message?.en).not.toBe(question);
  app.press('q');
  expect(app.exit).not.toHaveBeenCalled();
  app.press('q');
  expect(app.exit).toHaveBeenCalledWith('quit');
});

test('a q that was typed ahead is dropped, and ctrl-c leaves at once', () => {
  const app = setUp({preferences, initial: {screen: 'menu'}});
  const before = screenName(app.controller.get());
  app.press('q');
  expect(screenName(app.controller.get())).not.toBe(before);
  app.press('escape', 'ctrl-c');
  expect(app.exit).toHaveBeenCalledExactlyOnceWith('interrupted');
});

const never = () => {
  throw new Error('nobody asks for it');
};

const quiz = {
  begin: never,
  note: () => ({due: 0, toCorrect: 0, weak: new Set<string>(), lessons: new Map()}),
  record: () => undefined,
  ...{page: never, putOff: never, exportProgress: never, openCounter: never, interview: never},
  ...{openProof: never, openAsked: never},
};

test('a round that was begun from the shell ends with its result, and no further', async () => {
  const round = roundOf([questionOf('choice', 1), questionOf('choice', 2)]);
  const initial: AppOptions['initial'] = {screen: 'quiz', round};
  const app = setUp({preferences, quiz, initial});
  await vi.waitUntil(() => app.controller.get().quiz?.state.question);
  app.press('b', '2', 'escape', 'escape', 'escape', 'escape');
  expect(app.exit).not.toHaveBeenCalled();
  app.press('q', 'q');
  expect(app.exit).toHaveBeenCalledWith('quit');
});

test('in the quiz it takes back what was given, key by key, before it ends the round', async () => {
  const round = roundOf([questionOf('choice', 1), questionOf('choice', 2)]);
  const app = setUp({preferences, quiz, initial: {screen: 'quiz', round}});
  await vi.waitUntil(() => app.controller.get().quiz?.state.question);
  app.press('b');
  expect(app.context()).toBe('quizSure');
  app.press('escape');
  expect(app.context()).toBe('quiz');
  expect(app.controller.get().quiz?.state.answered).toEqual([]);
  app.press('escape', 'escape', 'b', '2', 'escape');
  expect(app.context()).toBe('quizResult');
});

test('at a reply of the quiz: the rule closes first, and nothing of the answer is rubbed out', async () => {
  const question = {...questionOf('number', 1), because: 'any'};
  const rule = {text: everywhere({en: 'Because.', zh: '因为。'}), rfc: '9293 §3.4'} as never;
  const plain = roundOf([question, questionOf('choice', 2)]);
  const round = {...plain, reference: {...plain.reference, rule: () => rule}};
  const app = setUp({preferences, quiz, initial: {screen: 'quiz', round}});
  await vi.waitUntil(() => app.controller.get().quiz?.state.question);
  app.press('1', '0', '0', '1', 'enter', '1', 'w', 'escape');
  expect(app.context()).toBe('quizReply');
  expect(app.controller.get().quiz?.state).toMatchObject({why: false, entry: {typed: '1001'}});
  app.press('backspace');
  expect(app.controller.get().quiz?.state.entry.typed).toBe('1001');
  app.press('escape');
  expect(app.context()).toBe('quizResult');
});

const anyKeys = [
  'space',
  'enter',
  'w',
  'x',
  'f',
  'b',
  'v',
  'z',
  '?',
  'm',
  '/',
  'd',
  'tab',
  '2',
  'right',
  'G',
  'a',
];

test('whatever was pressed before', async () => {
  const run = await openedLesson('handshake');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...anyKeys, 'escape'), {maxLength: 16}), (keys) => {
      const app = setUp({preferences, initial: {screen: 'player', run}});
      app.press(...keys, ...Array.from({length: 8}, () => 'escape'));
      expect(app.exit).not.toHaveBeenCalled();
      expect(app.context()).toMatch(/player|opening|closing/);
    }),
    {numRuns: runs(200), seed},
  );
});
