// Reduced motion: nothing flies, timers tick once a second of viewing, none of them without motion.
import {expect, test} from 'vitest';
import {at} from '../../source/view/time/pace.ts';
import type {Motion} from '../../source/view/time/playback-state.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {open, sceneOf, started} from './player.ts';

const opened = open({trace: run(teardownScenario())});
const {gaps, viewMs} = opened.pacing;
// The 60 s of TIME-WAIT: two seconds of viewing.
const gap = [...gaps].find(({fromUs, toUs}) => toUs - fromUs > 50_000_000);

/** What is left of each timer, every 50 ms of the gap. */
const leftIn = (motion: Motion): readonly number[] => {
  if (!gap) throw new Error('no long gap');
  const from = at(viewMs, gap.moment);
  const to = at(viewMs, gap.moment + 1);
  expect(to - from).toBeGreaterThan(1050);
  const places = Array.from({length: Math.floor((to - from) / 50)}, (_, index) => from + 50 * index);
  return places.map(
    (place) => sceneOf(opened, started({viewMs: place, motion})).ladder.timers[0]?.leftUs ?? 0,
  );
};

/** At which of those places it has changed. */
const ticks = (left: readonly number[]): readonly number[] =>
  left.flatMap((us, index) => (index > 0 && us !== left[index - 1] ? [index * 50] : []));

test('timers tick once a second while a gap is waited for', () => {
  expect(ticks(leftIn('reduced'))).toEqual([1000]);
  expect(ticks(leftIn('none'))).toEqual([]);
  expect(ticks(leftIn('full')).length).toBeGreaterThan(5);
  const left = leftIn('reduced');
  expect(left.at(-1)).toBeLessThan(left[0] ?? 0);
});
