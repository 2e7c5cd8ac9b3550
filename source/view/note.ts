// One line about what was last asked for: ✗ what could not be done, ✓ what was, ? what the reader has to decide.
import type {Language, Text} from '../lesson/text.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import type {Problem} from '../words/problem.ts';
import {accent, type Style} from './canvas.ts';
import type {Glyphs} from './glyphs.ts';

/** A message stays until the next key. It says what could not be done, (`isDone`) what was done, or (`asks`) asks before something is done. */
export type Message = Text & {readonly isDone?: true; readonly asks?: true};

/** The same in the language of the screen. */
export type Note = {readonly text: string; readonly isDone: boolean; readonly asks?: boolean};

export const noteOf = (message: Message | undefined, language: Language): Note | undefined =>
  message && {text: message[language], isDone: message.isDone === true, asks: message.asks === true};

/** What stands before it. */
export const noteSign = (
  {isDone, asks}: Note,
  glyphs: Glyphs,
): {readonly text: string; readonly style: Style} => {
  if (asks) return {text: '?', style: accent};
  return isDone
    ? {text: glyphs.right, style: {role: 'right', bold: true}}
    : {text: glyphs.lost, style: {role: 'warning', bold: true}};
};

/** What is wrong and the remedy, where two lines have no room. */
export const inOneLine = ({what, remedy}: Problem): Text =>
  inEvery((language) => `${what[language]}${punctuation.semicolon[language]}${remedy[language]}`);
