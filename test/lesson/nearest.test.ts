// What a mistyped word may have meant. Oracle: Damerau's four edits (1964), counted by hand; the bound is one letter in three.
import {expect, test} from 'vitest';
import {nearest} from '../../source/lesson/nearest.ts';

test.each([
  ['one too many', 'hosst', 'host'],
  ['one missing', 'hst', 'host'],
  ['one wrong', 'hast', 'host'],
  ['two neighbours swapped', 'hsot', 'host'],
  ['swapped at the beginning', 'ohst', 'host'],
  ['swapped at the end', 'hots', 'host'],
  ['capitals', 'HOST', 'host'],
])('one edit: %s', (_, given, meant) => {
  expect(nearest(given, ['links', meant, 'faults'])).toBe(meant);
});

test.each([
  ['hoxx', undefined],
  ['ab', undefined],
  // Up to five letters one edit, from six on two, from nine on three.
  ['topoxx', undefined],
  ['tpoolgoy', 'topology'],
  ['topolxxx', undefined],
  ['topologyxx', 'topology'],
  ['topologyxxx', 'topology'],
  ['topologyxxxx', 'topology'],
  ['topologyxxxxx', undefined],
])('%s: %s', (given, meant) => {
  expect(nearest(given, ['host', 'topology'])).toBe(meant);
});

test('a swap is one edit, neither none nor two', () => {
  expect(nearest('hsot', ['hsots', 'host'])).toBe('hsots');
  expect(nearest('hsot', ['host', 'hsots'])).toBe('host');
  expect(nearest('hsot', ['hxxt', 'host'])).toBe('host');
});

test('the fewest edits count; of equals the first', () => {
  expect(nearest('minuts', ['minute', 'minutes'])).toBe('minute');
  expect(nearest('minuets', ['minus', 'minutes'])).toBe('minutes');
  expect(nearest('host', [])).toBeUndefined();
});
