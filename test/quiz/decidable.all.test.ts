// Thousands of candidates over all lessons, those that are rejected among them: how many each kind rejects, and why, is printed.
import {expect, inject, test} from 'vitest';
import {allLessons} from '../helpers/all-runs.ts';
import {few} from '../helpers/seeds.ts';
import {censusOf, otherwise, tallyText} from './census.ts';

test('each question follows from what it prints', () => {
  const census = censusOf(allLessons(), {
    seeds: few([2, 3, 4, 5], 1),
    runs: inject('tier') === 'long' ? 5 : 3,
    places: 5,
    forks: 1,
  });
  console.log(tallyText(census));
  expect(census.candidates).toBeGreaterThan(inject('tier') === 'long' ? 20_000 : 5000);
  expect(census.conflicts).toEqual([]);
  expect([...census.unprinted]).toEqual([]);
  expect(census.unbelieved).toEqual([]);
  expect(otherwise(census)).toEqual([]);
});
