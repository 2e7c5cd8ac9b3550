// Answers a day as bars. Oracle: the dots of Unicode 28xx and the eighths of 258x, worked out by hand.
import {expect, test} from 'vitest';
import {dayGraph} from '../../../source/view/quiz/day-graph.ts';

const today = 20_000;
const drawn = (form: string, ...counts: readonly number[]): string =>
  dayGraph(new Map(counts.map((count, ago) => [today - ago, count])), today, form).trimStart();

test('today is at the right end of 28 cells', () => {
  for (const form of ['blocks', 'ascii', 'braille'])
    expect(dayGraph(new Map([[today, 3]]), today, form)).toMatch(/^ {27}\S$/);
});

test('the most is a full bar, and a day with one answer is seen, however many the others have', () => {
  expect(drawn('blocks', 100, 1)).toBe('▁█');
  expect(drawn('ascii', 100, 1)).toBe('.%');
  // Left the lowest dot (0x40), right all four (0x80, 0x20, 0x10, 0x08).
  expect(drawn('braille', 100, 1)).toBe('\u28f8');
  expect(drawn('braille', 1, 100)).toBe('\u28c7');
});

test('every eighth that is begun counts', () => {
  expect(drawn('blocks', 8, 7, 6, 5, 4, 3, 2, 1)).toBe('▁▂▃▄▅▆▇█');
  expect(drawn('blocks', 100, 51, 50, 13, 12)).toBe('▁▂▄▅█');
  expect(drawn('ascii', 8, 7, 6, 5, 4, 3, 2, 1)).toBe('.:-=+*#%');
});

test('braille: two days in a cell, a quarter of the most in a dot', () => {
  // From the oldest: 1 2 | 3 4.
  expect(drawn('braille', 4, 3, 2, 1)).toBe('\u28e0\u28fe');
  expect(drawn('braille', 0, 8, 0, 2)).toBe('\u2840\u2847');
});

test('a day without answers is empty, and what is older than the graph is left out', () => {
  expect(drawn('blocks', 2, 0, 1)).toBe('▄ █');
  expect(dayGraph(new Map([[today - 28, 9]]), today, 'blocks')).toBe(' '.repeat(28));
  expect(dayGraph(new Map([[today - 27, 9]]), today, 'blocks')).toBe(`█${' '.repeat(27)}`);
  expect(dayGraph(new Map([[today - 55, 9]]), today, 'braille')).toBe(`\u2847${' '.repeat(27)}`);
});
