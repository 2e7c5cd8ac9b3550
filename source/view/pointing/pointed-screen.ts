// A screen with one of its words pointed at: what it is stands below the story where rows are free, else in the place of the story, or
// above a question, further up where the word stands there, and never over the word itself.
import type {Language} from '../../lesson/text.ts';
import {shorterBy, textWidth, wrap} from '../../words/width.ts';
import {accent, Canvas, plain, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Size} from '../layout.ts';
import type {Line} from '../span.ts';
import type {Rows, StoryPlace} from '../story/narration.ts';
import {type Point, saidOf} from './points.ts';

/** `story`: the rows of what is told or asked. */
type Look = Size & {
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly plainFirst: boolean;
  readonly story: StoryPlace;
};

const column = 5;
const gap = 3;
const mostColumns = 90;
/** Most words are told in so many rows: from one of them to the next the place stays. */
const usualRows = 3;

/** What stands in each cell; the second one of a wide character is empty. */
const cellsOf = (line: Line | undefined): readonly string[] =>
  (line ?? []).flatMap(({text}) =>
    [...text].flatMap((character) => [character, ''].slice(0, textWidth(character))),
  );

/** Up to the column nothing is written in that row. */
const isFree = (line: Line | undefined, last: number): boolean =>
  cellsOf(line)
    .slice(0, last)
    .every((cell) => cell === ' ');

/** The first column from `least` on behind which no text goes on: a gap of two cells parts two texts. */
const endOfText = (line: Line | undefined, least: number): number => {
  const cells = cellsOf(line);
  const isBlank = (column: number): boolean => (cells[column - 1] ?? ' ') === ' ';
  let end = least;
  while (![-1, 0, 1].some((by) => isBlank(end + by) && isBlank(end + by + 1))) end++;
  return end;
};

/** The first of so many free rows below the story, with one above and one below; the last two rows of a screen are not asked. */
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

/** A story of more rows is a question or a long reply: it stays. */
const shortStory = 5;

/** The rows that become free, and the first one that is told in: the story's; above the word, or above a long story, where that stands there. */
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
  // Where it does not begin with the story a blank row parts it from the picture.
  const from = top < story.top ? top - 1 : top;
  return row < from || row > last ? {from, last, top} : above(row);
};

/** Every cell is written once: what comes first covers what was there. */
export const pointedScreen = (lines: readonly Line[], point: Point, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language, story} = look;
  const canvas = new Canvas(columns, rows);
  const name = plainText(point.name[language], glyphs);
  const room = Math.min(mostColumns, columns - 1 - shorterBy(language)) - column;
  const beside = textWidth(name) + gap;
  // A long name stands above what it is.
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
