// Names for what Ink reads from the keyboard; the key table is written in these names.
import type {Key} from 'ink';

/** More at once than a held key can pile up on a slow line was pasted, and a paste must not press keys. */
const maxKeysAtOnce = 8;

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
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
] as const;

/** One name for each key pressed; none for what is not a key of ours. */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.eventType === 'release') return [];
  const special = named.find(([flag]) => key[flag]);
  if (special !== undefined) return key.ctrl || key.meta ? [] : [special[1]];
  if (key.ctrl) return input.length === 1 ? [`ctrl-${input}`] : [];
  if (key.meta || input.length > maxKeysAtOnce) return [];
  return [...input].map(characterName).filter((name) => name !== undefined);
}

function characterName(character: string): string | undefined {
  if (character === ' ') return 'space';
  if (character === '\r' || character === '\n') return 'enter';
  return character >= ' ' && character !== '\x7f' ? character : undefined;
}
