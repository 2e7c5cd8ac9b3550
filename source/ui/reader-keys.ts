// Names keys by the characters that a terminal sends for them; it does not need Ink.
import {pasteName} from './key-name.ts';
import type {Typed} from './typed.ts';

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

/** Returns the name of a key or paste from the characters that the terminal sent; undefined for a key that the program does not use. */
export function nameOf(typed: Typed): string | undefined {
  if (typeof typed === 'object') return 'pasted' in typed ? pasteName(typed.pasted) : undefined;
  const name = named.get(typed);
  if (name !== undefined) return name;
  if (typed.length > 1 && typed.startsWith('\x1b')) return undefined;
  const code = typed.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  return code < 32 ? undefined : typed;
}
