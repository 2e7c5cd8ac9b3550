// Whether there is a terminal that the app can use.
import process from 'node:process';
import type {Context} from './command.ts';

/** A dumb terminal cannot place the cursor: without a screen reader's sentences it gets text, like a pipe. */
export const hasTerminal = ({screenReader}: Pick<Context, 'screenReader'>): boolean =>
  process.stdin.isTTY === true &&
  process.stdout.isTTY === true &&
  (screenReader || process.env['TERM'] !== 'dumb');
