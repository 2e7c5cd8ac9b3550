// A pane keeps what is put into it inside its edges, in the signs of the terminal; rows that lie beyond are counted.
import {expect, test} from 'vitest';
import {Canvas, plain} from '../../source/view/canvas.ts';
import {asciiGlyphs} from '../../source/view/glyphs.ts';
import type {Pane} from '../../source/view/pane.ts';
import {paneOn} from './pane.ts';
import {textOf} from './player.ts';

const region = {row: 2, rows: 3, column: 3, columns: 6};

test('nothing is written beyond its edges, and the column behind a text is told', () => {
  const canvas = new Canvas(12, 6);
  const pane = paneOn(canvas, {region});
  expect(pane.put(0, 0, 'abcdefgh', plain)).toBe(6);
  expect(pane.put(1, 2, '解析', plain)).toBe(6);
  pane.put(3, 0, 'below', plain);
  pane.putEnd(2, '12', plain);
  pane.putEnd(3, '12', plain);
  expect(textOf(canvas)).toEqual(['', '  abcde…', '    解析', '      12', '', '']);
});

test('in ASCII a sign is what the terminal has before it is cut', () => {
  const canvas = new Canvas(12, 6);
  paneOn(canvas, {region, glyphs: asciiGlyphs}).put(0, 0, 'a → bcd', plain);
  expect(textOf(canvas)[1]).toBe('  a -...');
});

test('a part lies where the whole pane counts it from', () => {
  const pane = paneOn(new Canvas(12, 6), {region}).part({row: 1, column: 2});
  expect(pane.region).toEqual({row: 3, rows: 2, column: 5, columns: 4});
});

const scrolled = (from: number, room: number, counts = true): string[] => {
  const canvas = new Canvas(12, room);
  const pane: Pane = paneOn(canvas);
  pane.putScrolled({
    rows: ['a', 'b', 'c', 'd', 'e', 'f'],
    from,
    room,
    at: 0,
    counts,
    earlier: (count) => `${count} above`,
    later: (count) => `${count} below`,
    put: (row, at, index) => pane.put(at, 0, `${index} ${row}`, plain),
  });
  return textOf(canvas);
};

test('the first and the last row count themselves and what lies beyond them', () => {
  expect(scrolled(0, 6)).toEqual(['0 a', '1 b', '2 c', '3 d', '4 e', '5 f']);
  expect(scrolled(0, 4)).toEqual(['0 a', '1 b', '2 c', '▾ 3 below']);
  expect(scrolled(1, 4)).toEqual(['▴ 2 above', '2 c', '3 d', '▾ 2 below']);
  expect(scrolled(2, 4)).toEqual(['▴ 3 above', '3 d', '4 e', '5 f']);
  expect(scrolled(2, 3, false)).toEqual(['2 c', '3 d', '4 e']);
});
