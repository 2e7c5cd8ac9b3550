// The end of the program that comes from outside while its terminal is in another mode: the terminal first, then the end, without a crash
// where the terminal itself is gone.
import {closeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';

const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;
type Signal = keyof typeof exitCodes;

const standardDescriptors = [0, 1, 2];
const terminals = standardDescriptors.filter((descriptor) => isatty(descriptor));

/**
 * When it ends, Node puts the terminals that it began with back into their first mode, and aborts where one has hung up meanwhile. It
 * passes over what is closed.
 */
const letGo = (): void => {
  for (const descriptor of terminals) {
    try {
      closeSync(descriptor);
    } catch {
      // It is closed.
    }
  }
};

/** As far as it can be done. */
const attempt = (restore: () => void): void => {
  try {
    restore();
  } catch {
    // Of a terminal that is gone nothing is left to be restored.
  }
};

/** `restore` has put back what was changed. */
const endWith = (code: number, restore: () => void): never => {
  attempt(restore);
  letGo();
  process.exit(code);
};

const mostMs = 1000;
const turnMs = 10;

/**
 * A terminal closes in two steps: whoever reads it is woken by EIO, and then it is hung up. Between them it is one still, for as long as
 * the processor is another's.
 */
const hangsUp = (): boolean => {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; terminals.length > 0 && waitedMs < mostMs; waitedMs += turnMs) {
    if (terminals.some((descriptor) => !isatty(descriptor))) return true;
    Atomics.wait(never, 0, 0, turnMs);
  }
  return false;
};

/** What could not be written or read because nobody sits there any more. */
const isHangUp = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && problem.code === 'EIO' && hangsUp();

/** A terminal that has closed may be noticed before the signal comes that says so. */
export const endOnHangUp = (problem: unknown): void => {
  if (isHangUp(problem)) endWith(exitCodes.SIGHUP, () => {});
};

export type TerminalGuard = {
  /** From now on this is what gives the terminal back; any number of times. */
  restoreBy(restore: () => void): void;
  release(): void;
};

export const guardTerminal = (
  restore: () => void,
  signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'],
): TerminalGuard => {
  let current = restore;
  const handlers = signals.map((signal) => {
    const handler = (): void => endWith(exitCodes[signal], current);
    process.on(signal, handler);
    return {signal, handler};
  });
  // Before it is reported: what is written on the alternate screen is lost with it.
  const onException = (): void => attempt(current);
  process.prependListener('uncaughtException', onException);
  return {
    restoreBy(next) {
      current = next;
    },
    release() {
      for (const {signal, handler} of handlers) process.off(signal, handler);
      process.off('uncaughtException', onException);
    },
  };
};
