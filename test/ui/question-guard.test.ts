// A key meant for a question, pressed a little early or late: it does nothing on the screen behind. The clock is the tests' own.
import {expect, test, vi} from 'vitest';
import {pressKey} from '../../source/ui/app-keys.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import type {RoundResult} from '../../source/ui/opened-run.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {textIn} from '../../source/view/drawn.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';
import {forkableRun} from '../helpers/forkable.ts';
import {meaningsOf} from '../helpers/meaning.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {appOptions, handshakeRun} from '../helpers/render.ts';

const start = (changes: Partial<AppOptions> = {initial: {screen: 'player', run: handshakeRun()}}) => {
  const clock = {nowMs: 10_000};
  return {clock, ...setUp(changes, clock)};
};

/** Until the question of the handshake is up. */
const toQuestion = (app: ReturnType<typeof start>) => {
  app.press('G');
  for (let key = 0; key < 5 && app.context() === 'player'; key++) app.press(']');
  expect(app.context()).toBe('question');
};

const letters = ['a', 'b', 'c', 'd', 'e', 'i', 's'];

test('an answer pressed twice opens no bytes and compares nothing, for 400 ms', () => {
  const app = start();
  toQuestion(app);
  const replied = app.press('b');
  expect(app.context()).toBe('reply');
  app.clock.nowMs += 399;
  expect(app.press(...letters)).toBe(replied);
  app.clock.nowMs += 1;
  expect(app.press('B').player?.playback.bookmarks).toHaveLength(1);
});

test('what is no answer works at once: enter goes on, w asks why', () => {
  const app = start();
  toQuestion(app);
  app.press('b', 'w');
  expect(app.context()).toBe('why');
  app.press('w', 'enter');
  expect(app.context()).toBe('player');
  const before = app.controller.get();
  expect(app.press(...letters)).toBe(before);
});

test('a skipped question leaves nothing to its letters', () => {
  const app = start();
  toQuestion(app);
  const skipped = app.press('s');
  expect(app.press('s', ...letters)).toBe(skipped);
});

test('text that is typed is text', () => {
  const app = start();
  toQuestion(app);
  app.press('b', '?', '/', 'tab', 'escape');
  app.press('enter', '/', 'b', 'e');
  expect(app.controller.get().player?.playback.typing?.text ?? '').toBe('be');
});

const isAsked = ({controller}: ReturnType<typeof start>) =>
  controller.get().player?.playback.gate !== undefined;
/** Whether `d` (compare) still means something: here it says that there is nothing to compare. */
const compares = (app: ReturnType<typeof start>): boolean => {
  const before = app.controller.get();
  return app.press('d') !== before;
};

test('just before play stops at a question its letters do nothing', () => {
  const app = start();
  const worked: boolean[] = [];
  for (let frame = 0; frame < 100; frame++) {
    app.clock.nowMs += 50;
    app.controller.tick(50);
    if (isAsked(app)) break;
    if (app.controller.get().player?.playback.playing === false) app.press('space');
    worked.push(compares(app));
  }
  expect(isAsked(app)).toBe(true);
  // 400 ms in frames, of which the last brings the question.
  expect(worked).toEqual(worked.map((_, frame) => frame < worked.length - 8));
});

test('in the step that leads to a question its letters do nothing, in any other they do', () => {
  const app = start();
  const worked: boolean[] = [];
  while (!isAsked(app)) {
    app.clock.nowMs += 1000;
    app.press('right');
    app.controller.tick(100);
    worked.push(compares(app));
    app.controller.tick(101);
  }
  expect(worked).toEqual([true, true, false]);
});

const desk = (begin: () => Promise<RoundResult>) => {
  const note = () => ({due: 0, toCorrect: 0, weak: new Set<string>(), lessons: new Map()});
  const never = () => {
    throw new Error('nobody asks for it');
  };
  return {
    begin,
    note,
    record: () => undefined,
    page: never,
    putOff: never,
    exportProgress: never,
    openCounter: never,
    interview: never,
    openProof: never,
    openAsked: never,
  };
};

test('a round that is being looked for: its keys do nothing in the player behind', async () => {
  let found = (_: RoundResult) => {};
  const quiz = desk(() => new Promise((resolve) => (found = resolve)));
  const run = {...handshakeRun({asks: false}), at: {us: 150_000}, check: 'handshake'};
  const app = start({initial: {screen: 'player', run}, quiz});
  const waiting = app.press('Q');
  expect(waiting.opening).toBe('quiz');
  expect(app.press(...letters, '1', '2', 'space', 'enter', 'x')).toBe(waiting);
  found({round: roundOf([questionOf('choice', 1)])});
  await vi.waitUntil(() => app.context() === 'quiz' && app.controller.get().quiz?.state.question);
  app.press('a');
  expect(app.context()).toBe('quizSure');
});

test('an answer in the quiz: enter and space skip no reply, and q and enter choose nothing in the menu', async () => {
  const round = roundOf([questionOf('choice', 1), questionOf('choice', 2)]);
  const app = start({initial: {screen: 'menu'}, quiz: desk(async () => ({round}))});
  chooseRow(app.controller, 'quiz');
  await vi.waitUntil(() => app.controller.get().quiz?.state.question);
  app.press('b', 'enter');
  expect(app.context()).toBe('quizReply');
  app.clock.nowMs += 100;
  app.press('enter', 'space');
  expect(app.context()).toBe('quizReply');
  app.clock.nowMs += 300;
  app.press('enter');
  await vi.waitUntil(() => app.context() === 'quiz' && app.controller.get().quiz?.state.question);
  app.press('q', 'q');
  expect(app.controller.get().screen).toBe('menu');
  chooseRow(app.controller, 'settings');
  expect(app.controller.get().screen).toBe('menu');
  app.clock.nowMs += 400;
  chooseRow(app.controller, 'settings');
  expect(app.controller.get().screen).toBe('settings');
});

test('a key that an open question has no use for says which ones answer; the next one that means something takes it away', () => {
  const app = start();
  toQuestion(app);
  app.clock.nowMs += 1000;
  for (const key of ['space', 'right', 'enter', 'f']) {
    const {message, player} = app.press(key);
    expect(player?.playback.gate, key).toBeDefined();
    expect(message?.en, key).toSay({says: 'keys-table.appKeysSentences.noAnswer.message', answers: 'a–c'});
    // Nothing is wrong, so it is no failure.
    expect(message?.isPlain, key).toBe(true);
    // It stands between blank rows, so that it does not seem to belong to the timeline.
    const rows = screenLines(app.controller.get(), {columns: 80, rows: 24}, () => []).map(textIn);
    const at = rows.findIndex((row) => row.includes(message?.en.slice(0, 20) ?? 'none'));
    expect([rows[at - 1]?.trim(), rows[at + 1]?.trim(), rows[at + 2]?.trim()]).toEqual([
      '',
      '',
      expect.stringContaining('━'),
    ]);
  }
  expect(app.press('b').message).toBeUndefined();
});

const typedKeys = [
  ...Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index)),
  ...['space', 'enter', 'tab', 'shift-tab', 'backspace', 'left', 'right', 'up', 'down'],
  ...['home', 'end', 'page-up', 'page-down'],
];

/** What a key has changed on the screen, beside the message. */
const looks = ({player, quiz, help, helpPage, screen, preferences, opening}: AppState): string =>
  JSON.stringify([
    {...player?.playback, lastStepAtMs: 0},
    [player?.overlay, player?.forks?.tree.current, screen, help, helpPage, preferences, opening],
    {...quiz?.state, tookMs: 0, startedMs: 0},
  ]);

type Started = ReturnType<typeof start>;

const toReply = (app: Started) => {
  toQuestion(app);
  app.clock.nowMs += 1000;
  app.press('b');
};

test.each([
  ['question', handshakeRun(), toQuestion],
  ['reply', handshakeRun(), toReply],
  ['why', forkableRun({at: {us: 60_000}}), (app: Started) => app.press('w')],
  ['alter', forkableRun({at: {us: 60_000}}), (app: Started) => app.press('x')],
] as const)('%s: each key changes the screen, or says no', (name, run, open) => {
  const app = start({initial: {screen: 'player', run}});
  open(app);
  expect(app.context()).toBe(name);
  const before = app.controller.get();
  let idle = 0;
  for (const key of typedKeys) {
    const {state} = pressKey(before, {key, atMs: 60_000, size: {columns: 80, rows: 24}});
    if (key === 'q') continue;
    const told = state.message?.en ?? '';
    const isSame = looks(state) === looks(before);
    // At the end of a list it goes no further.
    if (isSame && key !== 'k' && key !== 'up') expect(told, key).not.toBe('');
    const [meaning] = meaningsOf(told);
    if (meaning?.says !== 'keys-table.appKeysSentences.noAnswer.message') continue;
    expect(isSame, key).toBe(true);
    expect('answers' in meaning, key).toBe(name === 'question');
    idle += 1;
  }
  expect(idle).toBeGreaterThan(50);
});

test('of a run, too: a key that means nothing in it says so; one that goes no further says nothing', () => {
  const app = start({initial: {screen: 'player', run: forkableRun({at: {us: 0}})}});
  for (const key of ['Z', 'y', '^']) expect(app.press(key).message?.en, key).toMatch(/does nothing here/);
  for (const key of ['left', 'home', 'up']) expect(app.press(key).message, key).toBeUndefined();
  app.press('f');
  expect(app.press('Z').message?.en).toMatch(/does nothing here/);
});

test('before an audience nobody is told what a key does not do', () => {
  const app = start({
    initial: {screen: 'player', run: handshakeRun()},
    preferences: {...appOptions.preferences, presented: true},
  });
  toQuestion(app);
  expect(app.press('Z').message).toBeUndefined();
});
