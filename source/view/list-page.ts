// What every page with a list has: a title and where it is from, the marked row, one line of what is said, and the keys.

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
/** Where rows and texts begin. */
export const textColumn = 5;

/** `beside`: its end tells where things lie. */
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

/** Around what stands in the row already. `hasKeys`: else they are those of a line of text. */
export const putMark = (canvas: Canvas, row: number, hasKeys: boolean, {columns, glyphs}: PageLook): void => {
  const selected = hasKeys ? {selected: true} : {};
  canvas.put(row, markColumn, glyphs.selected, {...accent, ...selected});
  if (hasKeys) canvas.fill(row, {from: 2, to: columns - 1}, {...plain, selected: true});
};

/** What the last key came to, else what is asked, else what goes on; and the keys. */
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

/** For ears: names are said as they are written, a capital would be another file's. */
export const inSentences = (lines: readonly string[], language: Language): readonly string[] =>
  lines.map((line) => ended(terminal.text(line), language));

/** What was typed at the end of a line is said alone; undefined: something else has happened to it. */
export const typedSaid = (
  was: string | undefined,
  is: string | undefined,
  language: Language,
): string | undefined => {
  if (was === undefined || is === undefined || was === is || !is.startsWith(was)) return undefined;
  const added = is.slice(was.length);
  return added === ' ' ? openCaptureWords.space[language] : terminal.text(added);
};
