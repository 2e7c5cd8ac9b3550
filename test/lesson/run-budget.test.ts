// What judging a lesson may cost. Oracle: one run at most so many events, all together three times as many, counted by hand.
import {expect, test} from 'vitest';
import {RunBudget} from '../../source/lesson/run-budget.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {load, runOf, traceOf} from './fragments.ts';
import {toldProblem} from './told-problem.ts';

const lesson = load();
const run = runOf(lesson);
const real = traceOf(lesson);

/** Runs cost as many events, one after the other; 100 are too many. */
const budget = (...lengths: readonly (number | 'too long')[]) => {
  const asked: unknown[] = [];
  const left = [...lengths];
  const simulate = (scenario: {readonly mostEvents?: number | undefined}, about: object): Trace => {
    asked.push([scenario.mostEvents, about]);
    const next = left.shift() ?? expect.fail('one run more');
    const [length, endReason] = next === 'too long' ? [100, 'budget'] : [next, 'quiet'];
    return Object.create(real, {
      length: {value: length},
      endReason: {value: endReason},
      durationUs: {value: 7_500_000},
    });
  };
  return {asked, runs: new RunBudget(lesson, simulate, 100)};
};
const said = ({errors}: RunBudget) => errors.map(toldProblem);

test('each run may have as many events as one', () => {
  const {asked, runs} = budget(100, 'too long');
  expect(runs.traceOf(run)?.length).toBe(100);
  expect(asked).toEqual([[100, {source: lesson.id, run: run.name}]]);
  expect(said(runs)).toEqual([]);
  expect(runs.traceOf(run)).toBeUndefined();
  expect(said(runs)).toHaveLength(1);
  expect(said(runs)).toMatchObject([{run: run.name, most: 100, at: '7.5 s', option: '--max-events 1000'}]);
  expect(runs.errors[0]).toMatchObject({file: lesson.file, position: run.position ?? {line: 1, column: 1}});
  // Nothing is simulated any more.
  expect(runs.traceOf(run)).toBeUndefined();
  expect(runs.again(run)).toBeUndefined();
  expect(asked).toHaveLength(2);
  expect(said(runs)).toHaveLength(1);
});

test('all together three times as many', () => {
  const {runs} = budget(100, 100, 100, 1);
  for (let n = 0; n < 3; n += 1) expect(runs.traceOf(run)).toBeDefined();
  expect(said(runs)).toEqual([]);
  expect(runs.traceOf(run)).toBeUndefined();
  expect(said(runs)).toEqual([{says: 'runBudget.theRunsOf', runsTogether: 300, most: '--max-events 1000'}]);
});

test('what a repetition costs counts, and does not fail by itself', () => {
  const {runs} = budget(100, 100, 100, 1, 1);
  for (let n = 0; n < 4; n += 1) expect(runs.again(run)).toBeDefined();
  expect(said(runs)).toEqual([]);
  expect(runs.traceOf(run)).toBeUndefined();
});

test('as many repetitions as one long run costs, or as is left of all', () => {
  const {runs} = budget(30, 90, 90, 50);
  // Nobody knows yet what it costs: an event at least.
  expect(runs.repeats(run)).toBe(100);
  runs.traceOf(run);
  expect(runs.repeats(run)).toBe(3);
  runs.again(run);
  expect(runs.repeats(run)).toBe(1);
  runs.again(run);
  // 300 − 210 are left, which is no less than one.
  expect(runs.repeats(run)).toBe(1);
  runs.again(run);
  // 40 for what costs 50.
  expect(runs.repeats(run)).toBe(0);
});
