// Names for what Ink reads from the keyboard; the key table is written in these names.
import type {Key} from 'ink';

// A control sequence, a function key of the older kind, alt with a key, or more text at once than a held key can pile up on a slow
// line: that was pasted, or a file was dropped onto the terminal, and it must not press keys. Else one character.
const oneKey = /\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[ -~]|\x1b[^\x1b]|[^\x00-\x1f\x7f]{9,}|./gsu;

/** What arrived in one piece, key by key. */
export function splitKeys(input: string): readonly string[] {
  return input.match(oneKey) ?? [];
}

// No name of a key has a blank in it.
const pasteMark = 'paste ';

/** What stands for a paste among the names of keys. */
export const pasteName = (text: string): string => `${pasteMark}${text}`;

/** Undefined: it is the name of a key. */
export const pastedText = (name: string): string | undefined =>
  name.startsWith(pasteMark) ? name.slice(pasteMark.length) : undefined;

/** Text that was not typed character by character. */
export const isPaste = (input: string): boolean => [...input].length > 1;

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
  if (isPaste(input)) return pasteName(input);
  return input === '\n' ? 'enter' : input;
}
