// Tells whether there is a terminal that the app can use, and where its keys come from.
import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import type {Context} from './command.ts';

/**
 * Tells whether the app can use the terminal. A dumb terminal cannot place the cursor, so it is used only for a screen reader's sentences.
 */
export const hasTerminal = ({screenReader}: Pick<Context, 'screenReader'>): boolean =>
  process.stdin.isTTY === true && drawsOn({screenReader});

const drawsOn = ({screenReader}: Pick<Context, 'screenReader'>): boolean =>
  process.stdout.isTTY === true && (screenReader || process.env['TERM'] !== 'dumb');

/** Returns a stream of the keyboard if standard input is a capture; undefined if there is no terminal. */
export const keyboardBeside = (context: Pick<Context, 'screenReader'>): ReadStream | undefined => {
  if (!drawsOn(context)) return undefined;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return undefined;
  }
};
