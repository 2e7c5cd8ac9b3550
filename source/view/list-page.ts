// Draws what pages with a list have in common: a title, the marked row, a line of text, and the keys.

import type {Language} from '../lesson/text.ts';
import {openCaptureWords} from '../words/open-capture.ts';
import {ended} from '../words/spoken.ts';
import {cut, cutStart, textWidth} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import {accent, type Canvas, muted, plain, strong} from './canvas.ts';
import {plainText} from './glyphs.ts';
import {type Note, noteSign} from './note.ts';
import {type PageFrame, putKeyLine} from './page-frame.ts';

export type PageLook = PageFrame & {readonly language: Language; readonly note?: Note | undefined};

const markColumn = 3;
/** The column of the screen at which the rows and texts of a list page begin. */
export const textColumn = 5;

/**
 * Draws the title of a list page and, at the right of the same row, the text `beside`. A path is cut at its beginning, because its end
 * tells the most.
 */
export const putPageTitle = (
  canvas: Canvas,
  title: string,
  beside: string,
  {columns, glyphs}: PageLook,
): void => {
  canvas.put(1, 2, title, strong);
  const room = columns - textWidth(title) - 6;
  if (room > 8) canvas.putEnd(1, columns - 1, cutStart(terminal.text(beside), room, glyphs.ellipsis), muted);
};

/** Marks a row that is already drawn. `hasKeys` is false while keys type into a line of text; the row is then not highlighted. */
export const putMark = (canvas: Canvas, row: number, hasKeys: boolean, {columns, glyphs}: PageLook): void => {
  const selected = hasKeys ? {selected: true} : {};
  canvas.put(row, markColumn, glyphs.selected, {...accent, ...selected});
  if (hasKeys) canvas.fill(row, {from: 2, to: columns - 1}, {...plain, selected: true});
};

/** Draws the foot of a list page: the last message or, without one, the question `asked` or the present activity `under`; and the keys. */
export const putPageFoot = (
  canvas: Canvas,
  {columns, rows, glyphs, keyHints, note}: PageLook,
  {asked, under}: {readonly asked?: string | undefined; readonly under?: string | undefined},
): void => {
  const sign = note ? noteSign(note, glyphs) : asked === undefined ? undefined : {text: '?', style: accent};
  const at = note && sign ? markColumn + textWidth(sign.text) + 1 : textColumn;
  const text = plainText(terminal.text(note?.text ?? asked ?? under ?? ''), glyphs);
  if (sign) canvas.put(rows - 1, markColumn, sign.text, sign.style);
  canvas.put(rows - 1, at, cut(text, columns - at - 1, glyphs.ellipsis), plain);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
};

/** Returns lines as sentences for a screen reader. The first letter keeps its case, because a capital would name another file. */
export const inSentences = (lines: readonly string[], language: Language): readonly string[] =>
  lines.map((line) => ended(terminal.text(line), language));

/**
 * Returns the characters that were added at the end of a line of input, for a screen reader; undefined if the line did not change or has
 * changed otherwise.
 */
export const typedSaid = (
  was: string | undefined,
  is: string | undefined,
  language: Language,
): string | undefined => {
  if (was === undefined || is === undefined || was === is || !is.startsWith(was)) return undefined;
  const added = is.slice(was.length);
  return added === ' ' ? openCaptureWords.space[language] : terminal.text(added);
};
