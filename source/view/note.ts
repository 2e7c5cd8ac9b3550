// One line about what was last asked for: ✗ what could not be done, ✓ what was.
import type {Language, Text} from '../lesson/text.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import type {Problem} from '../words/problem.ts';
import type {Style} from './canvas.ts';
import type {Glyphs} from './glyphs.ts';

/** Until the next key: what could not be done, or (`isDone`) what was. */
export type Message = Text & {readonly isDone?: true};

/** The same in the language of the screen. */
export type Note = {readonly text: string; readonly isDone: boolean};

export const noteOf = (message: Message | undefined, language: Language): Note | undefined =>
  message && {text: message[language], isDone: message.isDone === true};

/** What stands before it. */
export const noteSign = ({isDone}: Note, glyphs: Glyphs): {readonly text: string; readonly style: Style} =>
  isDone
    ? {text: glyphs.right, style: {role: 'right', bold: true}}
    : {text: glyphs.lost, style: {role: 'warning', bold: true}};

/** What is wrong and the remedy, where two lines have no room. */
export const inOneLine = ({what, remedy}: Problem): Text =>
  inEvery((language) => `${what[language]}${punctuation.semicolon[language]}${remedy[language]}`);
