// Draws a screen on which the reader points at a word, with the word's explanation. It is below the story if rows are free, otherwise in
// the story's place, or above a question; it moves further up if the word is there, and never covers the word.
import type {Language} from '../../lesson/text.ts';
import {shorterBy, textWidth, wrap} from '../../words/width.ts';
import {accent, Canvas, plain, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Size} from '../layout.ts';
import type {Line} from '../span.ts';
import type {Rows, StoryPlace} from '../story/narration.ts';
import {type Point, saidOf} from './points.ts';

/** Options for drawing the screen with an explanation; `story` says which rows the narration or question takes. */
type Look = Size & {
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly plainFirst: boolean;
  readonly story: StoryPlace;
};

const column = 5;
const gap = 3;
const mostColumns = 90;
/** The number of free rows that an explanation needs at least, enough for most, so that its place stays the same from word to word. */
const usualRows = 3;

/** Returns the character in each cell of a screen line; the second cell of a wide character is empty. */
const cellsOf = (line: Line | undefined): readonly string[] =>
  (line ?? []).flatMap(({text}) =>
    [...text].flatMap((character) => [character, ''].slice(0, textWidth(character))),
  );

/** Tells whether the cells of a screen line are blank up to a column. */
const isFree = (line: Line | undefined, last: number): boolean =>
  cellsOf(line)
    .slice(0, last)
    .every((cell) => cell === ' ');

/**
 * Returns the first column, from about `least` on, at which a line can be cleared without cutting a text: two blank cells separate two
 * texts.
 */
const endOfText = (line: Line | undefined, least: number): number => {
  const cells = cellsOf(line);
  const isBlank = (column: number): boolean => (cells[column - 1] ?? ' ') === ' ';
  let end = least;
  while (![-1, 0, 1].some((by) => isBlank(end + by) && isBlank(end + by + 1))) end++;
  return end;
};

/**
 * Returns the first row for an explanation among free rows below the story, with a blank row above and below; undefined if too few rows are
 * free. The last two rows of a screen are not used.
 */
const freeBelow = (
  lines: readonly Line[],
  {last: from}: Rows,
  count: number,
  columns: number,
): number | undefined => {
  let free = 0;
  for (let row = from + 1; row < lines.length - 1; row++) {
    free = isFree(lines[row - 1], columns) ? free + 1 : 0;
    if (free === Math.max(usualRows, count) + 2) return row - free + 2;
  }
  return undefined;
};

/** A story of this many rows or more is a question or a long reply, which an explanation must not cover. */
const shortStory = 5;

/**
 * Returns the rows that an explanation clears, and its first row: it takes the story's place, or the rows above it if the story is long or
 * contains the word.
 */
const coveredFor = ({row}: Point, count: number, story: StoryPlace): Rows & {readonly from: number} => {
  const above = (end: number) => {
    const top = Math.max(1, end - count - 1);
    return {from: Math.min(top, end) - 1, last: end - 1, top};
  };
  const overPicture = above(story.top);
  const isLong = story.last - story.top >= shortStory;
  if (isLong) {
    const isOverIt = row >= overPicture.from && row <= overPicture.last;
    const inPicture = isOverIt ? above(row) : overPicture;
    if (inPicture.from > 1) return inPicture;
  }
  const top = Math.max(1, Math.min(story.top, story.floor - count + 1));
  const last = Math.max(story.last, top + count - 1);
  // A blank row separates an explanation from the picture above, unless the explanation begins where the story began.
  const from = top < story.top ? top - 1 : top;
  return row < from || row > last ? {from, last, top} : above(row);
};

/**
 * Returns a screen with the explanation of the word to which the reader points. The explanation is put on the canvas first, and the screen
 * behind it.
 */
export const pointedScreen = (lines: readonly Line[], point: Point, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language, story} = look;
  const canvas = new Canvas(columns, rows);
  const name = plainText(point.name[language], glyphs);
  const room = Math.min(mostColumns, columns - 1 - shorterBy(language)) - column;
  const beside = textWidth(name) + gap;
  // A long name is above its explanation, a short one beside it.
  const [down, right] = beside < room / 2 ? [0, beside] : [1, 0];
  const told = wrap(plainText(saidOf(point, look.plainFirst)[language], glyphs), room - right);
  const count = told.length + down;
  const free = freeBelow(lines, story, count, column + room);
  const {from, last, top} =
    free === undefined ? coveredFor(point, count, story) : {from: free, last: free + count - 1, top: free};
  canvas.put(point.row, point.column, point.text, {...accent, selected: true});
  canvas.put(top, column, name, strong);
  for (const [index, text] of told.entries()) {
    canvas.put(top + index, column - 2, glyphs.narration, accent);
    canvas.put(top + index + down, column + right, text, plain);
  }
  for (let row = from; row <= last; row++)
    canvas.fill(row, {from: 1, to: endOfText(lines[row - 1], column + room)}, plain);
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
