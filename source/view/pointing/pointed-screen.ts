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

/** Options for drawing the screen; `story` contains the rows of the narration or question. */
type Look = Size & {
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly plainFirst: boolean;
  readonly story: StoryPlace;
};

const column = 5;
const gap = 3;
const mostColumns = 90;
/** The number of rows for an explanation, enough for most, so that its place stays the same from word to word. */
const usualRows = 3;

/** Returns the character in each cell of a line; the second cell of a wide character is empty. */
const cellsOf = (line: Line | undefined): readonly string[] =>
  (line ?? []).flatMap(({text}) =>
    [...text].flatMap((character) => [character, ''].slice(0, textWidth(character))),
  );

/** Tells whether the cells of a line are blank up to a column. */
const isFree = (line: Line | undefined, last: number): boolean =>
  cellsOf(line)
    .slice(0, last)
    .every((cell) => cell === ' ');

/** Returns the first column near or after `least` at which no text continues: two blank cells separate two texts. */
const endOfText = (line: Line | undefined, least: number): number => {
  const cells = cellsOf(line);
  const isBlank = (column: number): boolean => (cells[column - 1] ?? ' ') === ' ';
  let end = least;
  while (![-1, 0, 1].some((by) => isBlank(end + by) && isBlank(end + by + 1))) end++;
  return end;
};

/**
 * Returns the first of `count` free rows below the story, with one more above and below; undefined if there are not enough. The last two
 * rows of a screen are not used.
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

/** The number of rows above which the story is a question or a long reply, which must not be covered. */
const shortStory = 5;

/**
 * Returns the rows that are cleared, and the row in which the explanation begins: in the story's place; if the word is there or the story
 * is long, above it.
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
  // A blank row separates the cleared rows from the picture above, unless they begin with the story.
  const from = top < story.top ? top - 1 : top;
  return row < from || row > last ? {from, last, top} : above(row);
};

/** Returns the screen with the explanation. What is put on the canvas first covers what the screen had there. */
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
