// Before an audience: the keys of a clicker lead through a lesson, none of them leaves, and nothing is learned.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {helpKeys, helpSections, keyHints} from '../../source/ui/key-hints.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import type {Preferences} from '../../source/ui/preferences.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

const preferences: Preferences = {
  language: 'en',
  theme: 'dark',
  ascii: false,
  graphs: 'braille',
  motion: 'full',
  mouse: true,
  screenReader: false,
  presented: true,
};

const start = (run: OpenedRun = handshakeRun()) => {
  const clock = {nowMs: 10_000};
  const app = setUp({initial: {screen: 'player', run}, preferences}, clock);
  const read = () => {
    app.controller.tick(5000);
    clock.nowMs += 1000;
    return app.context();
  };
  return {...app, read};
};

test('PgDn alone leads to the end; a question shows its answer first', () => {
  const {read, press, context, controller} = start();
  let questions = 0;
  let at = read();
  for (let key = 0; key < 60 && at !== 'ending' && at !== 'closing'; key++) {
    press('page-down');
    if (at === 'question') {
      questions += 1;
      expect(context()).toBe('reply');
    }
    at = read();
  }
  expect(questions).toBeGreaterThan(0);
  const {playback, context: run} = controller.get().player ?? {};
  expect(playback?.viewMs).toBe(run?.pacing.durationMs);
});

test('b and . blank the screen, any key brings it back and does nothing else', () => {
  const {read, press, controller} = start();
  press('page-down');
  for (const key of ['b', '.']) {
    read();
    expect(press(key).blank).toBe(true);
    const before = controller.get().player;
    read();
    expect(press('page-down').blank).toBe(false);
    expect(controller.get().player).toBe(before);
  }
});

test('escape and F5 never leave; escape still closes what stands over the run', () => {
  const {read, press, context, controller} = start();
  for (let key = 0; key < 30; key++) {
    const was = read();
    press('escape', '');
    expect(controller.get().screen).toBe('player');
    expect(context()).toBe(was);
    press('page-down');
  }
  press('?', 'escape');
  expect(context()).not.toBe('help');
});

test('a click on the second answer gives it; the key of that name is a clicker’s, and goes blank', () => {
  const asked = () => {
    const app = start();
    for (let at = app.read(); at !== 'question'; at = app.read()) app.press('page-down');
    return app;
  };
  const byKey = asked();
  expect(byKey.press('b').blank).toBe(true);
  const byNumber = asked();
  const hints = keyHints(byNumber.controller.get(), {columns: 80, rows: 24});
  expect(hints[0]).toMatchObject({key: expect.stringMatching(/^1–\d$/), main: true});
  const {playback} = byNumber.press('2').player ?? {};
  expect(Object.values(playback?.answers ?? {})).toMatchObject([{choice: 'b'}]);
  const {controller, context} = asked();
  const lines = screenLines(controller.get(), {columns: 80, rows: 24}, () => []);
  const row = lines.findIndex((line) => /^ {4}2 {3}/.test(line.map(({text}) => text).join(''))) + 1;
  for (const _ of [1, 2]) controller.mouse({did: 'click', row, column: 8});
  expect(controller.get().blank).not.toBe(true);
  expect(context()).toBe('reply');
  const answered = Object.values(controller.get().player?.playback.answers ?? {});
  expect(answered).toMatchObject([{choice: 'b'}]);
});

/** The run, with a belief behind the first wrong choice of its question. */
const believedRun = (): OpenedRun => {
  const run = handshakeRun();
  const beats = run.beats.map((beat) =>
    beat.kind === 'narration'
      ? beat
      : {
          ...beat,
          choices: beat.choices.map((choice) =>
            choice.correct ? choice : {...choice, misconception: 'believed'},
          ),
        },
  );
  const text = (en: string) => everywhere({en, zh: en});
  const belief = {
    id: 'believed',
    name: text('name'),
    belief: text('Believed.'),
    correct: text('So it is. '.repeat(20)),
  };
  return {
    ...run,
    beats,
    misconception: () => ({...belief, answerMeans: text('means'), rfc: '9293 §3.5', lesson: 'handshake'}),
  };
};

test.each([
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
])('after the answer all choices stay, each with its belief: %j', (size) => {
  const {controller, press, read} = start(believedRun());
  for (let at = read(); at !== 'question'; at = read()) press('page-down');
  const shown = () =>
    screenLines(controller.get(), size, () => []).map((line) =>
      line
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    );
  const asked = shown().flatMap((line) => {
    const [, sign, text] = /^ {4}([1-5]) {3}(.*)$/.exec(line) ?? [];
    return sign === undefined ? [] : [`${sign}  ${text}`];
  });
  expect(asked.length).toBeGreaterThan(2);
  press('page-down');
  const after = shown();
  const rows = after.flatMap((line) => asked.filter((choice) => line.endsWith(choice)));
  expect(rows).toEqual(asked);
  expect(after.filter((line) => line.includes('Believed.'))).toHaveLength(asked.length - 1);
  expect(after.some((line) => line.includes('So it is.'))).toBe(size.columns === 120);
});

test('the help lists no key twice', () => {
  const {controller, read} = start();
  read();
  const state = controller.get();
  const keys = [...helpKeys(state), ...helpSections(state).flatMap((section) => section.keys)]
    .flatMap(({key}) => key.split(' '))
    .filter((key) => key === 'b' || key === 'a–e' || key === '1–5');
  expect(keys.toSorted()).toEqual(['1–5', 'b']);
});
