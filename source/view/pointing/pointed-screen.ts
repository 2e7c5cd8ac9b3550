// A screen with one of its words pointed at: what it is stands in the place of the story, and never over the word itself.
import type {Language} from '../../lesson/text.ts';
import {shorterBy, textWidth, wrap} from '../../words/width.ts';
import {accent, Canvas, plain, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {layoutOf, type Size} from '../layout.ts';
import type {Line} from '../span.ts';
import type {Point} from './points.ts';

type Look = Size & {readonly glyphs: Glyphs; readonly language: Language};

const column = 5;
const gap = 3;
const mostColumns = 90;

/** The rows that become free, and the first one that is told in: the story's, or above the word where that stands there. */
const placeOf = ({row}: Point, count: number, {columns, rows, language}: Look) => {
  const {narration} = layoutOf({columns, rows}, language);
  const last = narration.row + Math.max(narration.rows, count) - 1;
  if (row < narration.row || row > last) return {from: narration.row, to: last, top: narration.row};
  const top = Math.max(1, row - count - 1);
  return {from: Math.min(top, row) - 1, to: row - 1, top};
};

/** Every cell is written once: what comes first covers what was there. */
export const pointedScreen = (lines: readonly Line[], point: Point, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language} = look;
  const canvas = new Canvas(columns, rows);
  const name = plainText(point.name[language], glyphs);
  const room = Math.min(mostColumns, columns - 1 - shorterBy(language)) - column;
  const beside = textWidth(name) + gap;
  // A long name stands above what it is.
  const [down, right] = beside < room / 2 ? [0, beside] : [1, 0];
  const told = wrap(plainText(point.is[language], glyphs), room - right);
  const {from, to, top} = placeOf(point, told.length + down, look);
  canvas.put(point.row, point.column, point.text, {...accent, selected: true});
  canvas.put(top, column, name, strong);
  for (const [index, text] of told.entries()) {
    canvas.put(top + index, column - 2, glyphs.narration, accent);
    canvas.put(top + index + down, column + right, text, plain);
  }
  for (let row = from; row <= to; row++) canvas.fill(row, {from: 1, to: column + room}, plain);
  for (const [index, line] of lines.entries()) {
    let cell = 1;
    for (const {text, ...style} of line)
      for (const character of text) {
        canvas.putBehind(index + 1, cell, character, style);
        cell += textWidth(character);
      }
  }
  return canvas.lines();
};
