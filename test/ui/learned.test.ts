// What the app tells of the learner: each question once, with what was chosen; the end of a lesson only to those who took part.
import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Text} from '../../source/lesson/text.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {makeController} from '../../source/ui/controller.ts';
import {type Learned, learnedBetween} from '../../source/ui/learned.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';

const setUp = (changes: Partial<AppOptions> = {}) => {
  const {stdin, stdout} = openTerminal();
  let nowMs = 0;
  const now = () => {
    nowMs += 1000;
    return nowMs;
  };
  const told: Learned[] = [];
  const onLearned = vi.fn((learned: Learned) => {
    told.push(learned);
    return undefined;
  });
  const initial = {screen: 'player', run: handshakeRun()} as const;
  const preferences = {...appOptions.preferences, motion: 'none'} as const;
  const options = {...appOptions, initial, preferences, stdin, stdout, onLearned, ...changes};
  const controller = makeController(options, {now, size: () => ({columns: 80, rows: 24})});
  const press = (...keys: readonly string[]) => {
    for (const key of keys) controller.press(key);
    return controller.get();
  };
  const toQuestion = () => {
    for (let n = 0; n < 30 && controller.get().player?.playback.gate === undefined; n += 1) press('space');
  };
  const toEnd = () => {
    for (let n = 0; n < 40; n += 1) press(controller.get().player?.playback.gate ? 'enter' : 'space');
  };
  return {press, toQuestion, toEnd, told, controller};
};

test('an answer is told once, with its question and its choice', () => {
  const {press, toQuestion, told} = setUp();
  toQuestion();
  expect(told).toEqual([]);
  press('b');
  press('b', 'a', 'enter');
  expect(told.map((each) => (each.kind === 'answer' ? each.choice : each.kind))).toEqual(['b']);
  expect(told[0]).toMatchObject({kind: 'answer', hinted: false, question: {kind: 'prediction'}});
});

test('whoever ends the program, or leaves the lesson, before the second try has answered, once', () => {
  const ended = setUp();
  ended.toQuestion();
  ended.press('a');
  expect(ended.told).toEqual([]);
  ended.controller.close();
  ended.controller.close();
  const answer = {kind: 'answer', choice: 'a', hinted: false};
  expect(ended.told).toMatchObject([answer]);
  expect(ended.told).toHaveLength(1);
  const left = setUp();
  left.toQuestion();
  const before = left.press('a').player;
  const beneath = setUp().controller.get().player;
  if (!before || !beneath) throw new Error('nothing is played');
  expect(learnedBetween(before, undefined)).toMatchObject([answer]);
  expect(learnedBetween({...before, beneath}, beneath)).toMatchObject([answer]);
  // What opens over it leads back to it.
  expect(learnedBetween(before, {...beneath, beneath: before})).toEqual([]);
  // And what has been mended has been told.
  const mended = left.press('b').player;
  expect(left.told).toHaveLength(1);
  expect(learnedBetween(mended, undefined)).toEqual([]);
});

test('a lesson is finished once, at its end, when its questions were answered', () => {
  const {press, toQuestion, toEnd, told} = setUp();
  toQuestion();
  press('b', 'enter');
  toEnd();
  expect(told.map(({kind}) => kind)).toEqual(['answer', 'finished']);
});

test('whoever jumps to the end has finished nothing', () => {
  const {press, toQuestion, told, controller} = setUp();
  toQuestion();
  press('s');
  for (let n = 0; n < 40; n += 1) press('end', 's', 'space');
  expect(controller.get().player?.playback.viewMs).toBe(controller.get().player?.context.pacing.durationMs);
  expect(told).toEqual([]);
});

test('what could not be saved stands on the screen until it is', () => {
  let unsaved: Text | undefined = everywhere({en: 'not saved: 1 answer', zh: '没有存下：1 条作答记录'});
  const {press, toQuestion, toEnd, told} = setUp({unsaved: () => unsaved});
  toQuestion();
  expect(press('b').message).toEqual(unsaved);
  for (const key of ['enter', 'down', 'up']) expect(press(key).message).toEqual(unsaved);
  unsaved = undefined;
  toEnd();
  expect(told.map(({kind}) => kind)).toEqual(['answer', 'finished']);
  expect(press('down').message).toBeUndefined();
});

test('another message comes before it, until the next key', () => {
  const unsaved = everywhere({en: 'not saved: 1 answer', zh: '没有存下：1 条作答记录'});
  const {press, toQuestion, controller} = setUp({unsaved: () => unsaved});
  toQuestion();
  press('b');
  controller.press('T');
  expect(controller.get().message?.en).toContain('session');
  expect(press('down').message).toEqual(unsaved);
});

test('a setting that could not be kept is told', () => {
  const message = everywhere({en: 'not saved', zh: '没有存下'});
  const {press} = setUp({initial: {screen: 'menu'}, onPreferences: () => message});
  expect(press('t').message).toEqual(message);
});

test('a run of one’s own says nothing of the lesson', () => {
  const run = {...handshakeRun(), yours: true} as const;
  const {press, toQuestion, told} = setUp({initial: {screen: 'player', run}});
  toQuestion();
  press('b', 'enter');
  expect(told).toEqual([]);
});
