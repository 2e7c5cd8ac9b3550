// Each run with each single fault: nothing is thrown away, left or kept back without a sentence that says why.
import {expect, test} from 'vitest';
import {allRuns} from '../../helpers/all-runs.ts';
import {few} from '../../helpers/seeds.ts';
import {singleFaults, unreasonedUnder} from '../../helpers/unreasoned.ts';

test('every run of a lesson with one fault', {timeout: 3_600_000}, () => {
  const all = few(singleFaults(allRuns()), 1500);
  console.info(`${all.length} runs`);
  expect(unreasonedUnder(all)).toEqual([]);
});
