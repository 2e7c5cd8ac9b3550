// Whether there is a terminal that the app can draw on.
import process from 'node:process';

/** A dumb terminal cannot place the cursor: it gets text, like a pipe. */
export const hasTerminal = (): boolean =>
  process.stdin.isTTY === true && process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
