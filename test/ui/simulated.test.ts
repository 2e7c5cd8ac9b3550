// `R` in a capture: the capture beside its simulation, and from there into it and back.

import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {pressKey} from '../../source/ui/app-keys.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {initialState} from '../../source/ui/controller.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {simulated} from '../../source/ui/opened.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {compareReplay} from '../../source/view/compare/compare-replay.ts';
import {preferences} from '../helpers/preferences.ts';
import {replaysOf} from '../helpers/replayed.ts';
import {captureFolder} from '../wire/captures.ts';

const [again] = replaysOf(readFileSync(`${captureFolder}08h-rto-four-times.pcap`), 1);
if (typeof again !== 'object') throw new Error('it is not simulated');
const {capture, simulated: trace, replayed} = again;

const plain: OpenedRun = {
  source: 'a.pcap',
  title: undefined,
  runTitle: undefined,
  trace: capture,
  beats: [],
  whatIfs: [],
  rule: () => undefined,
  misconception: () => undefined,
  openWhatIf: () => ({message: everywhere({en: '', zh: ''})}),
};
const result = {...compareReplay(capture, trace, replayed), run: {...plain, trace}};
const run: OpenedRun = {...plain, simulate: async () => result};

const begun = (opened: OpenedRun): AppState =>
  initialState({lessons: [], preferences, initial: {screen: 'player', run: opened}});

const press = (state: AppState, key: string) =>
  pressKey(state, {key, atMs: 0, size: {columns: 120, rows: 40}});

test('every packet of both stands in one row, and the words count what the rows show', () => {
  const {comparison, told} = result;
  const lefts = comparison.rows.flatMap(({left}) => left ?? []);
  expect(new Set(lefts).size).toBe(lefts.length);
  const alike = comparison.rows.filter(({relation}) => relation === '=').length;
  expect(told.note.en).toContain(`${alike} of ${lefts.length} packets alike`);
  expect(told.say(undefined).en).toMatch(
    /sent again after .* in the capture, after .* in the simulator \(its RTO timer expired\)/,
  );
  expect(told.say(undefined).zh).toMatch(/重传/);
});

test('R asks for it, enter plays it, q leads back to the capture', () => {
  const asked = press(begun(run), 'R');
  expect(asked.effects).toEqual([{kind: 'simulate', packet: undefined}]);
  const beside = simulated(asked.state, result);
  expect(keyContext(beside)).toBe('compare');
  const inside = press(beside, 'enter').state;
  expect(inside.player?.run.trace).toBe(trace);
  const back = press(inside, 'q').state;
  expect(back.player?.run.trace).toBe(capture);
  expect(keyContext(back)).toBe('player');
});

test('what cannot be simulated is said, and the capture stays', () => {
  const asked = press(begun(run), 'R').state;
  const message = everywhere({en: 'no', zh: '不行'});
  const told = simulated(asked, {message});
  expect(told).toMatchObject({message, opening: undefined});
  expect(keyContext(told)).toBe('player');
});

test('a lesson does not take the key', () => {
  const state = begun(plain);
  expect(press(state, 'R')).toEqual({state, effects: []});
});
