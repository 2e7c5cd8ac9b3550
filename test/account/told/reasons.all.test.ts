// Runs each lesson with each single fault, and checks that a sentence gives the reason for everything that is discarded, ignored or kept back.
import {expect, test} from 'vitest';
import {allRuns} from '../../helpers/all-runs.ts';
import {few} from '../../helpers/seeds.ts';
import {singleFaults, unreasonedUnder} from '../../helpers/unreasoned.ts';

test('every run of a lesson with one fault gives all its reasons', {timeout: 3_600_000}, () => {
  const all = few(singleFaults(allRuns()), 1000);
  console.info(`${all.length} runs`);
  expect(unreasonedUnder(all)).toEqual([]);
});
