// The rows of a quiz page: pieces of text at columns, and which rows a small screen leaves out.

import type {Language, Text} from '../../lesson/text.ts';
import {shorterBy, textWidth, wrap} from '../../words/width.ts';
import {Canvas, muted, plain, type Style, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {type Note, noteSign} from '../note.ts';
import {type PageFrame, putKeyLine} from '../page-frame.ts';
import type {Line} from '../span.ts';

export type Piece = {readonly column: number; readonly text: string; readonly style: Style};

/**
 * A row of a quiz page. Rows with `spare` are left out if there is no room, those with the highest number first, and rows of the same
 * `part` together.
 */
export type PageRow = {readonly pieces: readonly Piece[]; readonly spare?: number; readonly part?: string};

export const accent: Style = {role: 'accent'};

export const firstColumn = 5;

export const row = (text: string, style: Style = plain, column = firstColumn): PageRow => ({
  pieces: [{column, text, style}],
});

/** Returns the mark before the row that the keys act on. */
export const markPiece = (glyphs: Glyphs, style: Style = accent): Piece => ({
  column: firstColumn - 2,
  text: glyphs.selected,
  style,
});

/** Returns a sign that is drawn directly before the first column of text, whatever its width. */
export const signPiece = (text: string, style: Style): Piece => ({
  column: firstColumn - 1 - textWidth(text),
  text,
  style,
});

/** Returns a row of text with a bar before it, like a lesson's narration, for what the program tells the learner. */
export const toldRow = (text: string, {narration}: Glyphs): PageRow => ({
  pieces: [
    {column: firstColumn - 2, text: narration, style: accent},
    {column: firstColumn, text, style: plain},
  ],
});

export const blankRow: PageRow = {pieces: [], spare: 9};

/** Returns the width in columns of running text on a quiz page, which ends at column 76; Chinese text ends earlier. */
export const textColumns = (columns: number, language: Language): number =>
  Math.min(columns - 1, 76 - shorterBy(language)) - firstColumn + 1;

/** Returns rows on why the quiz round has fewer questions than requested; empty if it has not. */
export const fewerRows = (
  fewer: Text | undefined,
  {columns, language}: {readonly columns: number; readonly language: Language},
): readonly PageRow[] =>
  fewer === undefined
    ? []
    : wrap(fewer[language], textColumns(columns, language)).map((line) => ({...row(line, muted), spare: 6}));

/** A row of a list on a quiz page. `isSecond` marks the second line of the row above: both are shown or neither. */
export type ListRow = PageRow & {readonly isHeading?: true; readonly isSecond?: true};

/**
 * Returns the rows of a list that fit in `room`, around the row at `sight`; where rows are cut off, `more` makes the text that counts them.
 */
export const inSight = (
  list: readonly ListRow[],
  {
    sight,
    room,
    more,
  }: {
    readonly sight: number;
    readonly room: number;
    readonly more: (sign: 'earlier' | 'more', count: number) => string;
  },
): readonly PageRow[] => {
  if (list.length <= room) return list;
  const from = firstInSight(sight, list.length, room);
  const last = from + room - 1;
  const count = (part: readonly ListRow[]): number =>
    part.filter(({isHeading, isSecond}) => !isHeading && !isSecond).length;
  // A list row of two lines is cut off whole: the text that counts hidden rows takes one line, and the other stays empty.
  const first = from === 0 ? 0 : from + (list[from + 1]?.isSecond ? 2 : 1);
  const end = last + 1 === list.length ? list.length : last - (list[last]?.isSecond ? 1 : 0);
  const earlier = row(more('earlier', count(list.slice(0, first))), muted);
  const later = row(more('more', count(list.slice(end))), muted);
  return list.slice(from, last + 1).map((each, index): PageRow => {
    const at = from + index;
    if (at < first) return index === 0 ? earlier : {pieces: []};
    if (at < end) return each;
    return at === end ? later : {pieces: []};
  });
};

/** Returns the rows of a quiz page that fit in `room`: spare rows are left out first, and then, if necessary, rows from the top. */
const fitting = (rows: readonly PageRow[], room: number): readonly PageRow[] => {
  if (rows.length <= room) return rows;
  const most = Math.max(0, ...rows.map(({spare = 0}) => spare));
  if (most === 0) return rows.slice(Math.max(0, rows.length - room));
  const last = rows.findLastIndex(({spare = 0}) => spare === most);
  const part = rows[last]?.part;
  return fitting(
    rows.filter((row, index) => index !== last && (part === undefined || row.part !== part)),
    room,
  );
};

/** The number of rows of a quiz page for the title, the gap below it, and the keys. */
export const frameRows = 3;
/** The number of rows that a note above the keys of a quiz page takes. */
export const noteRows = 2;

/** Returns the least number of screen rows with which a quiz page shows all its rows except spare ones. */
export const leastRows = (body: readonly PageRow[]): number =>
  frameRows + body.filter(({spare = 0}) => spare === 0).length;

type PageText = {
  readonly title: string;
  readonly beside: string;
  readonly conditions: string;
  readonly body: readonly PageRow[];
  /** A message above the keys of a quiz page; undefined if there is none. */
  readonly note?: Note | undefined;
  /** Draws something into the free rows `from` to `to` below the quiz page's own rows; called only if enough rows are free. */
  readonly below?: ((canvas: Canvas, rows: {readonly from: number; readonly to: number}) => void) | undefined;
};

/** The least number of free rows with which `below` is called. */
const leastBelow = 7;

export const quizPage = (page: PageText, {columns, rows, glyphs, keyHints}: PageFrame): readonly Line[] => {
  const canvas = new Canvas(columns, rows);
  const say = (text: string): string => plainText(text, glyphs);
  canvas.put(1, 2, say(page.title), strong);
  const besideAt = 2 + textWidth(page.title) + 2;
  canvas.put(1, besideAt, say(page.beside), plain);
  const conditions = say(page.conditions);
  if (columns - textWidth(conditions) > besideAt + textWidth(page.beside) + 2)
    canvas.putEnd(1, columns - 1, conditions, muted);
  const room = rows - frameRows - (page.note === undefined ? 0 : noteRows);
  const body = fitting(page.body, room);
  body.forEach(({pieces}, index) => {
    for (const {column, text, style} of pieces) canvas.put(index + 3, column, say(text), style);
  });
  const below = {from: body.length + 4, to: room + 1};
  if (below.to - below.from + 1 >= leastBelow) page.below?.(canvas, below);
  if (page.note !== undefined) {
    const sign = noteSign(page.note, glyphs);
    canvas.put(rows - 2, firstColumn, sign.text, sign.style);
    canvas.put(rows - 2, firstColumn + textWidth(sign.text) + 1, say(page.note.text), plain);
  }
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
