// What the registry says against each belief: a run in which it is seen to be wrong, whatever the initial numbers.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import type {Counter, Lesson} from '../../source/lesson/lesson.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {happened} from '../../source/quiz/variant.ts';
import type {Fault} from '../../source/sim/fault.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {sharedData} from '../helpers/kept-lessons.ts';
import {some} from '../helpers/seeds.ts';

const lessons = allLessons();
const {misconceptions} = sharedData();

const counters = lessons.flatMap((lesson) => (lesson.counters ?? []).map((counter) => ({lesson, counter})));

type Numbers = {readonly seed?: number; readonly faults?: readonly Fault[]};

const traceOf = (lesson: Lesson, counter: Counter, {seed, faults = []}: Numbers): Trace => {
  const run = allRuns(lesson).find(({name}) => name === counter.run);
  if (!run) throw new Error(`${lesson.id} has no run ${counter.run}`);
  const variant = {lesson, run, seed: seed ?? run.seed, profile: run.profile};
  return happened({...variant, faults: [...counter.faults, ...faults]}, {crypto: nodeCrypto}).trace;
};

/** Whether what contradicts the belief is seen; undefined: the instant to watch never comes, or there is nothing to compare. */
const seen = (counter: Counter, trace: Trace): boolean | undefined => {
  const [event] = matchingEvents(counter.at, trace);
  if (event === undefined) return undefined;
  const value = evaluate(counter.that, {trace, event});
  return value.ok && value.value.kind === 'truth' ? value.value.value : undefined;
};

test('each belief has its counter-example', () => {
  const known = counters.map(({counter}) => counter.misconception).toSorted();
  expect(known).toEqual(misconceptions.map(({id}) => id).toSorted());
});

test.each(some(counters, 10).map((each) => [each.counter.misconception, each] as const))(
  '%s: the run contradicts it, and one in which nothing arrives would not',
  (_, {lesson, counter}) => {
    expect(seen(counter, traceOf(lesson, counter, {}))).toBe(true);
    expect(seen(counter, traceOf(lesson, counter, {seed: 4242}))).toBe(true);
    const nothing: Fault = {kind: 'drop', at: {}};
    expect(seen(counter, traceOf(lesson, counter, {faults: [nothing]}))).not.toBe(true);
  },
);
