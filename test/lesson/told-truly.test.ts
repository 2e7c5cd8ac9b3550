// Lessons in runs that lost a packet: what they tell there is judged by the events alone. Nothing here knows how beats are chosen.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {allRuns, type LessonRun, signed, traceOf} from '../helpers/all-runs.ts';
import {claimsIn} from '../helpers/claims.ts';
import {runs, seed} from '../helpers/seeds.ts';

const most = 3000;

type Loss = LessonRun & {readonly packet: number};

/** Every lesson run comes up, each time with another packet. */
const losses = (): readonly Loss[] => {
  const told = allRuns().filter(({lesson, run}) => lesson.beats.some((beat) => beat.run === run.name));
  const drawn = Array.from({length: Math.min(most, runs(300, 30))}, (_, nth): Loss => {
    const each = told[(seed + nth * 7) % told.length] ?? expect.fail('no lesson');
    return {...each, packet: ((seed + nth * 13) % traceOf(each).packetCount) + 1};
  });
  const known = told.flatMap((each) => (each.name === 'data-transfer base' ? [{...each, packet: 4}] : []));
  return [...known, ...drawn];
};

const lost = ({lesson, run, packet}: Loss): Trace => {
  const variant = runVariant(run, {faults: [{kind: 'drop', at: {packet}}]});
  return simulate(scenarioOf(variant), {source: lesson.id, run: run.name});
};

const textOf = (beat: BoundBeat): string =>
  beat.kind === 'narration' ? `${beat.say.en} ${beat.note?.en ?? ''}` : '';

/** What the lesson says of its own run and no judge here understands is not judged elsewhere. */
const misunderstood = (lesson: Lesson, run: string, own: Trace): ReadonlySet<number> => {
  const {beats} = bindBeats(lesson, run, own);
  const odd = beats.filter((beat) => claimsIn(textOf(beat), own, beat.event).some(({holds}) => !holds));
  return new Set(odd.map(({index}) => index));
};

type Count = {
  told: number;
  judged: number;
  before: number;
  beforeTold: number;
  after: number;
  afterTold: number;
};

const judged = (all: readonly Loss[], lessonOf: (lesson: Lesson) => Lesson) => {
  const count: Count = {told: 0, judged: 0, before: 0, beforeTold: 0, after: 0, afterTold: 0};
  const wrong: string[] = [];
  for (const each of all) {
    const {lesson, run, packet} = each;
    const own = traceOf(each);
    const odd = misunderstood(lesson, run.name, own);
    const trace = lost(each);
    const {beats} = bindBeats(lessonOf(lesson), run.name, trace);
    const told = new Set(beats.map(({index}) => index));
    for (const beat of bindBeats(lesson, run.name, own).beats) {
      const isBefore = beat.event < own.packet(packet).sendEvent;
      count[isBefore ? 'before' : 'after'] += 1;
      if (told.has(beat.index)) count[isBefore ? 'beforeTold' : 'afterTold'] += 1;
    }
    for (const beat of beats) {
      count.told += 1;
      if (odd.has(beat.index)) continue;
      const claims = claimsIn(textOf(beat), trace, beat.event);
      count.judged += claims.length;
      for (const {said, holds} of claims)
        if (!holds) wrong.push(`${lesson.id} ${run.name} without ${packet}, beat ${beat.index + 1}: ${said}`);
    }
  }
  return {count, wrong};
};

test('nothing false is told where a packet was lost, and much is still told', {timeout: 3_600_000}, () => {
  const all = losses();
  const {count, wrong} = judged(all, signed);
  const without = judged(all, (lesson) => lesson);
  console.info(
    `${all.length} runs, seed ${seed}: ${JSON.stringify(count)}; without signatures ${without.wrong.length} of ${without.count.judged} claims are false, with them ${wrong.length} of ${count.judged}`,
  );
  expect(wrong).toEqual([]);
  // The judges see what is false where nothing holds it back.
  expect(without.wrong.length).toBeGreaterThan(0);
  // Before the loss the run is the lesson's own; only what foretells is silent there.
  expect(count.beforeTold / count.before).toBeGreaterThan(0.75);
  expect(count.afterTold).toBeGreaterThan(0);
});
