// Applies keys to a line of text that is being typed.
import {cursorMoved, erased, inserted, lineOf, type TypedLine} from '../view/typed-line.ts';
import {textOf} from './key-name.ts';

/** Returns the line without the last folder or word before the cursor, back to the separator before it. */
const folderErased = ({text, at}: TypedLine): TypedLine => {
  const characters = [...text];
  const before = characters.slice(0, at).join('');
  const kept = lineOf(before.replace(/[^\\/ ]*[\\/ ]?$/, ''));
  return {text: kept.text + characters.slice(at).join(''), at: kept.at};
};

/** Returns the text after a key, for lines whose cursor is always at the end; undefined if the key does not edit text. */
export const typedOn = (text: string, key: string): string | undefined => {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  const added = key === 'space' ? ' ' : textOf(key);
  return added === undefined ? undefined : text + added;
};

/** Returns the typed line, with its cursor, after a key; undefined if the key does not edit it. */
export const pressInLine = (line: TypedLine, key: string): TypedLine | undefined => {
  switch (key) {
    case 'backspace':
      return erased(line);
    case 'ctrl-u':
      return lineOf('');
    case 'ctrl-w':
      return folderErased(line);
    case 'left':
    case 'right':
      return cursorMoved(line, key === 'left' ? -1 : 1);
    case 'home':
    case 'ctrl-a':
      return {...line, at: 0};
    case 'end':
    case 'ctrl-e':
      return lineOf(line.text);
    case 'space':
      return inserted(line, ' ');
    default: {
      const typed = textOf(key);
      return typed === undefined ? undefined : inserted(line, typed);
    }
  }
};
