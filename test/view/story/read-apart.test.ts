// Each text of a run that goes its own way can be read: of two at one place of the viewing time the player shows the last one alone.
import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {pacing as pacingOf} from '../../../source/view/time/pacing.ts';
import {beatMs} from '../../../source/view/time/waypoints.ts';
import {signed} from '../../helpers/all-runs.ts';
import {type Diverged, divergedRuns, toldRuns, tracedWith} from '../../helpers/diverged.ts';
import {runs, seed} from '../../helpers/seeds.ts';

/** Texts that another one stands over. */
const unreadIn = (each: Pick<Diverged, 'name' | 'lesson' | 'run' | 'fault'>): readonly string[] => {
  const trace = tracedWith(each);
  const {beats} = bindBeats(signed(each.lesson), each.run.name, trace);
  const pacing = pacingOf(trace);
  const texts = withCommentary(trace, beats).flatMap((beat) =>
    beat.kind === 'narration' ? [{place: beatMs(pacing, beat), en: beat.say.en}] : [],
  );
  return texts
    .filter(({place}, index) => texts[index + 1]?.place === place)
    .map(({en}) => `${each.name}, ${JSON.stringify(each.fault)}: ${en}`);
};

test('no two texts stand at one place', () => {
  expect(divergedRuns(toldRuns(), runs(60, 6), seed).flatMap(unreadIn)).toEqual([]);
});

test('that the run is over before a fault shows is told an instant later where the lesson speaks', () => {
  const run = toldRuns().find(({name}) => name === 'https-why own-certificate') ?? expect.fail();
  const fault: Fault = {kind: 'dup', afterUs: 2_000_000, at: {packet: 6}};
  expect(unreadIn({...run, fault})).toEqual([]);
});
