// Tells whether there is a terminal that the app can use, and where its keys come from.
import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import type {Context} from './command.ts';

/**
 * Tells whether the app can use the terminal. A dumb one cannot place the cursor: without a screen reader's sentences it gets text, like a
 * pipe.
 */
export const hasTerminal = ({screenReader}: Pick<Context, 'screenReader'>): boolean =>
  process.stdin.isTTY === true && drawsOn({screenReader});

const drawsOn = ({screenReader}: Pick<Context, 'screenReader'>): boolean =>
  process.stdout.isTTY === true && (screenReader || process.env['TERM'] !== 'dumb');

/** Returns the keyboard if standard input is a capture; undefined if there is none. */
export const keyboardBeside = (context: Pick<Context, 'screenReader'>): ReadStream | undefined => {
  if (!drawsOn(context)) return undefined;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return undefined;
  }
};
