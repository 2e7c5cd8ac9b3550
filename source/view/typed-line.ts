// A line of text that is being typed, with a cursor in it, and the part of it that a narrow screen shows.

import {cut, cutStart, textWidth} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import type {Glyphs} from './glyphs.ts';

export type TypedLine = {
  readonly text: string;
  /** The number of characters (code points) of the typed line before the cursor. */
  readonly at: number;
};

export const lineOf = (text: string): TypedLine => ({text, at: [...text].length});

/** The most characters of a typed line, more than any path that a system accepts (PATH_MAX is 4096 bytes on Linux). */
const mostCharacters = 4096;

/** Returns the typed line with characters inserted at the cursor; those beyond the limit of length are left out. */
export const inserted = ({text, at}: TypedLine, added: string): TypedLine => {
  const characters = [...text];
  const fresh = [...added].slice(0, Math.max(0, mostCharacters - characters.length));
  return {text: characters.toSpliced(at, 0, ...fresh).join(''), at: at + fresh.length};
};

/** Returns the typed line without the character before the cursor. */
export const erased = ({text, at}: TypedLine): TypedLine =>
  at === 0 ? {text, at} : {text: [...text].toSpliced(at - 1, 1).join(''), at: at - 1};

/** Returns the typed line with the cursor moved by a number of characters, at most to the start or the end. */
export const cursorMoved = ({text, at}: TypedLine, by: number): TypedLine => ({
  text,
  at: Math.min([...text].length, Math.max(0, at + by)),
});

/** Returns the part of a typed line around the cursor that fits in `columns`, with the cursor's sign in it. */
export const shownLine = ({text, at}: TypedLine, columns: number, glyphs: Glyphs): string => {
  const characters = [...text];
  const before = terminal.text(characters.slice(0, at).join(''));
  const after = terminal.text(characters.slice(at).join(''));
  const whole = `${before}${glyphs.typing}${after}`;
  if (textWidth(whole) <= columns) return whole;
  const follows = cut(after, Math.floor(columns / 3), glyphs.ellipsis);
  const room = columns - textWidth(follows) - textWidth(glyphs.typing);
  return `${cutStart(before, room, glyphs.ellipsis)}${glyphs.typing}${follows}`;
};
