// Names for what Ink reads from the keyboard; the key table is written in these names.
import type {Key} from 'ink';

// No name of a key has a blank in it.
const pasteMark = 'paste ';

/** What stands for a paste among the names of keys. */
export const pasteName = (text: string): string => `${pasteMark}${text}`;

/** Undefined: it is the name of a key. */
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

/** undefined for what is no key of ours. */
export function keyName(input: string, key: Key): string | undefined {
  if (key.eventType === 'release' || key.meta) return undefined;
  const special = named.find(([flag]) => key[flag]);
  if (special?.[1] === 'tab' && key.shift) return 'shift-tab';
  if (special !== undefined) return key.ctrl ? undefined : special[1];
  if (key.ctrl) return `ctrl-${input}`;
  if (input === ' ') return 'space';
  return input === '\n' ? 'enter' : input;
}

/** What a key or a paste adds to a line of text; names of keys are longer than a character. */
export const textOf = (name: string): string | undefined =>
  pastedText(name) ?? ([...name].length === 1 ? name : undefined);
