// What the app tells of the learner: each question once, with what was chosen; the end of a lesson only to those who took part.
import {expect, test, vi} from 'vitest';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {makeController} from '../../source/ui/controller.ts';
import type {Learned} from '../../source/ui/learned.ts';
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

test('what the caller has to say of it stands on the screen', () => {
  const message = {en: 'progress cannot be kept', zh: '进度存不了'};
  const {press, toQuestion} = setUp({onLearned: () => message});
  toQuestion();
  expect(press('b').message).toEqual(message);
});

test('a run of one’s own says nothing of the lesson', () => {
  const run = {...handshakeRun(), yours: true} as const;
  const {press, toQuestion, told} = setUp({initial: {screen: 'player', run}});
  toQuestion();
  press('b', 'enter');
  expect(told).toEqual([]);
});
