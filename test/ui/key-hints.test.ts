// The key line and the help: only keys that work right now, at most nine, `?` among them, in both languages.
import {expect, test} from 'vitest';
import {textWidth} from '../../source/present/width.ts';
import type {AppOptions, Preferences} from '../../source/ui/app-options.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {makeController} from '../../source/ui/controller.ts';
import {helpKeys, keyHints} from '../../source/ui/key-hints.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';

function stateAfter(keys: readonly string[], preferences: Partial<Preferences> = {}): AppState {
  const {stdin, stdout} = openTerminal();
  const options: AppOptions = {
    ...appOptions,
    initial: {screen: 'player', run: handshakeRun()},
    preferences: {...appOptions.preferences, ...preferences},
    stdin,
    stdout,
  };
  let nowMs = 0;
  const controller = makeController(options, () => {
    nowMs += 1000;
    return nowMs;
  });
  controller.attach({exit: () => {}, redraw: () => {}, suspend: async () => {}});
  for (const key of keys) controller.press(key);
  return controller.get();
}

const line = (state: AppState, columns = 120) =>
  keyHints(state, columns)
    .map(({key, label}) => `${key} ${label}`)
    .join('  ');

const toQuestion = [']', ']'];

test('playing and paused', () => {
  expect(line(stateAfter([]))).toBe(
    'space pause  ←→ step  [ ] beat  w why  ↑↓ packet  + - speed  ? keys  q back'.replace('↑↓ packet  ', ''),
  );
  expect(line(stateAfter(['space']))).toMatch(/^space play {2}/);
  expect(line(stateAfter(['space'], {language: 'zh'}))).toMatch(/^space 播放 {2}←→ 单步 {2}\[ \] 段落/);
});

test('the limit on key repeat does not take a key off the line', () => {
  // At the start only → works, and it has just been pressed.
  expect(line(stateAfter(['right', 'left']))).toContain('←→ step');
});

test('above a question only what a question allows', () => {
  const state = stateAfter(toQuestion);
  expect(state.player?.playback.gate).toMatchObject({replied: false});
  // This question has no hint.
  expect(line(state)).toBe('a–c answer  s skip  ← look back  ? keys  q back');
  expect(line(stateAfter([...toQuestion, 'a']))).toBe('enter go on  w why  ? keys  q back');
});

test('in why? it closes, steps, and follows causes where there are any', () => {
  expect(line(stateAfter([']', 'w']))).toMatch(/^esc close {2}←→ step {2}.*\? keys$/);
});

test.each([20, 40, 60, 80, 120])('%i columns: fits, at most nine, `?` among them', (columns) => {
  for (const keys of [[], ['space'], toQuestion, [...toQuestion, 'b'], ['w'], ['t'], ['a', 't']]) {
    const hints = keyHints(stateAfter(keys), columns);
    const width = hints.reduce((sum, {key, label}) => sum + textWidth(`${key} ${label}`) + 2, 1);
    expect(width, keys.join()).toBeLessThanOrEqual(columns);
    expect(hints.length).toBeLessThanOrEqual(9);
    expect(hints.some(({key}) => key === '?')).toBe(true);
  }
});

test('ASCII: no sign outside of it', () => {
  const ascii = /^[ -~]*$/;
  const state = stateAfter(['space'], {ascii: true});
  expect(line(state)).toMatch(ascii);
  expect(helpKeys(state).filter(({key}) => !ascii.test(key))).toEqual([]);
  expect(helpKeys(state).filter(({label}) => label !== '中文' && !ascii.test(label))).toEqual([]);
});

test('the help has every key once, and says above a question which are off', () => {
  const keys = helpKeys(stateAfter([]));
  expect(new Set(keys.map(({key}) => key)).size).toBe(keys.length);
  expect(keys.map(({key}) => key)).toEqual(expect.arrayContaining(['space', '← →', '[ ]', 'w', 'ctrl-c']));
  expect(keys.filter(({label}) => label.includes('not now'))).toEqual([]);
  const asked = helpKeys(stateAfter(toQuestion));
  expect(asked.find(({key}) => key === 'space')?.label).toBe('play / pause (not now)');
  expect(asked.find(({key}) => key === '← →')?.label).toBe('step (h l)');
  expect(asked.find(({key}) => key === 'a')?.label).toBe('ASCII (not now)');
  expect(asked.find(({key}) => key === 'ctrl-c')?.label).toBe('leave, always');
});
