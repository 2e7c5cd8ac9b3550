// Names for what Ink reads from the keyboard; the key table is written in these names.
import type {Key} from 'ink';

/** More text at once than a held key can pile up on a slow line was pasted, and a paste must not press keys. */
const pasted = /[^\x00-\x1f\x7f]{9,}/g;

// A control sequence, a function key of the older kind, alt with a key, or one character.
const oneKey = /\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[ -~]|\x1b[^\x1b]|./gsu;

/** What arrived in one piece, key by key. */
export function splitKeys(input: string): readonly string[] {
  return input.replace(pasted, '').match(oneKey) ?? [];
}

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
