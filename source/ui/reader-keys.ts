// What a terminal sends for a key, by the names of the key table, without asking the terminal for anything.
import {isPaste, pasteName, splitKeys} from './key-name.ts';

const named: ReadonlyMap<string, string> = new Map([
  ['\x1b[A', 'up'],
  ['\x1bOA', 'up'],
  ['\x1b[B', 'down'],
  ['\x1bOB', 'down'],
  ['\x1b[C', 'right'],
  ['\x1bOC', 'right'],
  ['\x1b[D', 'left'],
  ['\x1bOD', 'left'],
  ['\x1b[H', 'home'],
  ['\x1bOH', 'home'],
  ['\x1b[1~', 'home'],
  ['\x1b[F', 'end'],
  ['\x1bOF', 'end'],
  ['\x1b[4~', 'end'],
  ['\x1b[Z', 'shift-tab'],
  ['\x1b', 'escape'],
  ['\t', 'tab'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x1b[3~', 'backspace'],
  ['\x1b[5~', 'page-up'],
  ['\x1b[6~', 'page-down'],
  [' ', 'space'],
]);

/** undefined for what is no key of ours. */
function nameOf(key: string): string | undefined {
  const name = named.get(key);
  if (name !== undefined) return name;
  if (key.length > 1 && key.startsWith('\x1b')) return undefined;
  const code = key.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  if (code < 32) return undefined;
  return isPaste(key) ? pasteName(key) : key;
}

/** A slow line may tear an arrow apart; its beginning waits for the rest. */
const begun = /\x1b(?:[[O][0-9;]*)?$/;

export type TypedKeys = {readonly keys: readonly string[]; readonly rest: string};

/** The keys of what was typed, and what may be the beginning of one more. */
export function typedKeys(typed: string): TypedKeys {
  const rest = begun.exec(typed)?.[0] ?? '';
  return {keys: keysOf(typed.slice(0, typed.length - rest.length)), rest};
}

/** Nothing more came: escape alone, and what follows it as it is. */
export function keysOf(typed: string): readonly string[] {
  return splitKeys(typed).flatMap((key) => nameOf(key) ?? []);
}
