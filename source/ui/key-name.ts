// Names the keys that Ink has read, as the key table names them; text that was pasted gets a name, too.
import type {Key} from 'ink';

// The beginning of the name that stands for pasted text. No key has it, because no name of a key contains a blank.
const pasteMark = 'paste ';

/** Returns the name by which pasted text is passed on like a key. */
export const pasteName = (text: string): string => `${pasteMark}${text}`;

/** Returns the pasted text for which this name stands; undefined if it is the name of a key. */
export const pastedText = (name: string): string | undefined =>
  name.startsWith(pasteMark) ? name.slice(pasteMark.length) : undefined;

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

/** Returns the name of a key that Ink has read; undefined for a key that the program does not use. */
export function keyName(input: string, key: Key): string | undefined {
  if (key.eventType === 'release' || key.meta) return undefined;
  const special = named.find(([flag]) => key[flag]);
  if (special?.[1] === 'tab' && key.shift) return 'shift-tab';
  if (special !== undefined) return key.ctrl ? undefined : special[1];
  if (key.ctrl) return `ctrl-${input}`;
  if (input === ' ') return 'space';
  return input === '\n' ? 'enter' : input;
}

/**
 * Returns the text that a key or a paste adds to a line of text; undefined for keys that add none, whose names are longer than a character.
 */
export const textOf = (name: string): string | undefined =>
  pastedText(name) ?? ([...name].length === 1 ? name : undefined);
