// `p` in a capture: questions on and off, in the gate of lessons, and what is told of the answer.

import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {asCaptured, captureKinds} from '../../source/quiz/captured.ts';
import {questionsInPlace} from '../../source/quiz/in-place.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {pressKey} from '../../source/ui/app-keys.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {initialState, ticked} from '../../source/ui/controller.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {learnedBetween} from '../../source/ui/learned.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {preferences} from '../helpers/preferences.ts';
import {captureFolder, readBytes} from '../wire/captures.ts';

const name = '01a-client-close-idle.pcap';
const file = readFileSync(captureFolder + name);
const index = new CaptureIndex();
for (const record of readBytes(file).records) index.add(record);
const trace = index.trace({
  source: name,
  read: (offset, length) => new Uint8Array(file.subarray(offset, offset + length)),
});

const run: OpenedRun = {
  source: name,
  title: undefined,
  runTitle: undefined,
  trace,
  beats: [],
  whatIfs: [],
  predictions: (shown) => questionsInPlace(asCaptured(shown), captureKinds),
  rule: () => undefined,
  misconception: () => undefined,
  openWhatIf: () => ({message: everywhere({en: '', zh: ''})}),
};

const begun = (opened: OpenedRun): AppState =>
  initialState({lessons: [], preferences, initial: {screen: 'player', run: opened}});

const press = (state: AppState, key: string): AppState =>
  pressKey(state, {key, atMs: 0, size: {columns: 80, rows: 24}}).state;

const played = (state: AppState): AppState => {
  let now = state;
  for (let n = 0; n < 200 && now.player?.playback.gate === undefined; n += 1) now = ticked(now, 100);
  return now;
};

test('a capture asks nothing until it is told to, and nothing once it is told not to', () => {
  const silent = played(begun(run));
  expect(silent.player?.playback.gate).toBeUndefined();
  const asking = press(begun(run), 'p');
  expect(asking.message?.en).toMatch(/^\d+ questions ahead; p turns questions off$/);
  const asked = played(asking);
  expect(keyContext(asked)).toBe('question');
  const off = press(asked, 'p');
  expect(keyContext(off)).toBe('player');
  expect(played(off).player?.playback.gate).toBeUndefined();
});

test('an answer is told with its question', () => {
  const asked = played(press(begun(run), 'p'));
  const answered = press(asked, 'a');
  expect(keyContext(answered)).toBe('reply');
  const [learned, ...others] = learnedBetween(asked.player, answered.player);
  if (learned?.kind !== 'answer') throw new Error('nothing was answered');
  expect(others).toEqual([]);
  expect(learned.choice).toBe('a');
  expect(promptText(learned.run.questionOf?.(learned.question.index)?.prompt ?? [])).toEqual(
    learned.question.ask,
  );
});

test('a run that has no such questions does not take the key', () => {
  const {predictions: _, ...lesson} = run;
  const state = begun(lesson);
  expect(press(state, 'p')).toBe(state);
});
