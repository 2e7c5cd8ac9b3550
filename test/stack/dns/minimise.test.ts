// How much of a name each server is told: MINIMISE_ONE_LAB = 4, MAX_MINIMISE_COUNT = 10, the type hidden behind A (RFC 9156 §2.1, §2.3).
import {expect, test} from 'vitest';
import {minimiseAt, minimised, minimiseLess, wholeName} from '../../../source/stack/dns/minimise.ts';
import {question} from './records.ts';

const asked = question('h.g.f.e.d.c.b.a. MX');
const start = {labels: 0, queries: 0, off: false};

test('one label more than the zone has', () => {
  expect(['.', 'a.', 'c.b.a.'].map((zone) => minimiseAt(start, zone, asked).labels)).toEqual([1, 2, 4]);
});

test.each([
  [0, 1, 2],
  [3, 1, 2],
  // 20 − 2 labels for six queries that are left: three at a time.
  [4, 2, 5],
  [8, 2, 11],
  [9, 2, 20],
  [10, 2, 20],
  [9, 20, 21],
])('after %i queries with %i labels: %i', (queries, labels, next) => {
  const long = question(`${'x.'.repeat(20)} A`);
  expect(minimiseLess({labels, queries, off: false}, long).labels).toBe(next);
});

test('the question names as many labels, and asks for A', () => {
  expect(minimised(asked, {...start, labels: 2})).toEqual(question('b.a. A'));
  expect(minimised(asked, {...start, labels: 7})).toEqual(question('g.f.e.d.c.b.a. A'));
  expect(minimised(asked, {...start, labels: 2, queries: 9})).toBeDefined();
});

test('the whole name, with its type: where nothing is left to hide, after ten queries, or where it did not work', () => {
  expect(minimised(asked, {...start, labels: 8})).toBeUndefined();
  expect(minimised(asked, {...start, labels: 2, queries: 10})).toBeUndefined();
  expect(minimised(asked, wholeName)).toBeUndefined();
});
