// A question that asks when something happens, or how long it takes: neither the clock beside the timeline tells nor a timer.

import {expect, inject, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {clockOf} from '../../source/view/time/scene-timeline.ts';
import {beatMs} from '../../source/view/time/waypoints.ts';
import {viewOf} from '../../source/view/view.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {asksOthers, some} from '../helpers/seeds.ts';
import {type Opened, open, sceneOf, started} from './player.ts';

const asksForTime = (beat: BoundBeat): boolean =>
  beat.kind === 'prediction' &&
  beat.choices.some(
    ({correct, text, value}) => correct && typeof value === 'number' && / (µs|ms|s|min)$/.test(text.en),
  );

const runs = allRuns().filter(({lesson}) => lesson.beats.some((beat) => beat.kind === 'prediction'));

const openedRun = ({lesson, run}: (typeof runs)[number]): Opened => {
  const trace = traceOf({lesson, run});
  return open({trace, beats: bindBeats(lesson, run.name, trace).beats});
};

test('neither a clock nor a timer shows what is asked for', () => {
  let asked = 0;
  let timed = 0;
  for (const each of some(runs, 16)) {
    const opened = openedRun(each);
    for (const beat of opened.beats.filter(asksForTime)) {
      if (beat.kind === 'narration') continue;
      asked += 1;
      const right = beat.choices.find(({correct}) => correct);
      const gate = {beat: beat.index, hint: false, replied: false};
      const playback = started({viewMs: beatMs(opened.pacing, beat), gate});
      const view = viewOf({...opened, playback, message: undefined});
      const name = `${each.name}: ${beat.ask.en}`;
      expect(clockOf(view), name).not.toBe(right?.text.en);
      if (beat.hides?.timed) {
        timed += 1;
        expect(view.nowUs, name).toBeLessThan(opened.trace.event(beat.event).atUs);
      }
      const {timers, items} = sceneOf(opened, playback).ladder;
      // What is waited for has not happened: how long nothing comes would tell.
      const [last] = items.slice(-1);
      if (beat.hides?.timed && last?.kind === 'gap') expect(last.lengthUs, name).toBe(undefined);
      expect(
        timers.flatMap(({leftUs, wholeUs}) => [leftUs, wholeUs, view.nowUs + leftUs]),
        name,
      ).not.toContain(right?.value);
    }
  }
  // A few runs need not ask for any.
  if (!asksOthers()) return;
  expect(asked).toBeGreaterThan(0);
  // Such questions are rare: half of the runs may have none.
  if (inject('tier') === 'long') expect(timed).toBeGreaterThan(0);
});
