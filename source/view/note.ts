// Notes on what the reader asked for last, with a sign: ✗ for a failure, ✓ for a success, ? for a decision, ▸ for what he has marked; and
// notes without a sign, on keys that do nothing and on what to do next.
import type {Language, Text} from '../lesson/text.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import type {Problem} from '../words/problem.ts';
import {wrap} from '../words/width.ts';
import {accent, type Canvas, plain, type Style} from './canvas.ts';
import {fitText, type Glyphs, plainText} from './glyphs.ts';

/**
 * A message that stays until the next key: a failure, a success (`isDone`), a question before something is done (`asks`), what is marked
 * (`marks`), or something to know about which nothing is wrong (`isPlain`).
 */
export type Message = Text & {
  readonly isDone?: true;
  readonly asks?: true;
  readonly marks?: true;
  readonly isPlain?: true;
};

/** Returns a text as a message about which nothing is wrong. */
export const plainly = (text: Text): Message => ({...text, isPlain: true});

/**
 * A message to the reader, only in the language of the screen: a failure, a success (`isDone`), a question (`asks`), or what is marked
 * (`marks`).
 */
export type Note = {
  readonly text: string;
  readonly isDone: boolean;
  readonly asks?: boolean;
  readonly marks?: boolean;
  readonly isPlain?: boolean;
};

export const noteOf = (message: Message | undefined, language: Language): Note | undefined =>
  message && {
    text: message[language],
    isDone: message.isDone === true,
    asks: message.asks === true,
    marks: message.marks === true,
    isPlain: message.isPlain === true,
  };

/** Returns the sign that is drawn before a note, with its style. */
export const noteSign = (
  {isDone, asks, marks, isPlain}: Note,
  glyphs: Glyphs,
): {readonly text: string; readonly style: Style} => {
  if (asks) return {text: '?', style: accent};
  if (marks) return {text: glyphs.selected, style: accent};
  // The text stands where that of other notes does.
  if (isPlain) return {text: ' ', style: plain};
  return isDone
    ? {text: glyphs.right, style: {role: 'right', bold: true}}
    : {text: glyphs.lost, style: {role: 'warning', bold: true}};
};

/** Returns the lines of a note, at most `columns` wide: all of them if `isWhole`, otherwise a single line that is cut if it is too long. */
export const noteLines = (
  {text}: Note,
  columns: number,
  glyphs: Glyphs,
  isWhole: boolean,
): readonly string[] => (isWhole ? wrap(plainText(text, glyphs), columns) : [fitText(text, columns, glyphs)]);

/** Draws the lines of a note, the last one in row `last`, with the note's sign before the first. */
export const putNoteAbove = (
  canvas: Canvas,
  note: Note,
  {lines, last, column, glyphs}: {lines: readonly string[]; last: number; column: number; glyphs: Glyphs},
): void => {
  const sign = noteSign(note, glyphs);
  const top = last - lines.length + 1;
  canvas.putEnd(top, column - 2, sign.text, sign.style);
  for (const [index, line] of lines.entries()) canvas.put(top + index, column, line, plain);
};

/** Returns the row of a note of one line over the timeline: with a blank row on either side, if nothing is written there. */
export const noteRowOver = (canvas: Canvas, timelineRow: number, columns: number): number => {
  const isFree = canvas.lastWritten({row: timelineRow - 3, rows: 3, column: 1, columns}) === undefined;
  return timelineRow - (isFree ? 2 : 1);
};

/** Returns a problem and its remedy in one sentence, for places without room for two lines. */
export const inOneLine = ({what, remedy}: Problem): Text =>
  inEvery((language) => `${what[language]}${punctuation.semicolon[language]}${remedy[language]}`);
