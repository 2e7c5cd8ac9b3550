// Restores the terminal if a signal ends the program while the terminal is in another mode, and avoids a crash if the terminal itself is
// gone.
import {closeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';

const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;
type Signal = keyof typeof exitCodes;

const standardDescriptors = [0, 1, 2];
const terminals = standardDescriptors.filter((descriptor) => isatty(descriptor));

/**
 * Closes the terminals. When Node ends, it resets the terminals that it began with, and aborts if one has hung up meanwhile; it passes over
 * closed ones.
 */
const letGo = (): void => {
  for (const descriptor of terminals) {
    try {
      closeSync(descriptor);
    } catch {
      // The descriptor is closed already.
    }
  }
};

/** Restores the terminal, and ignores errors of a terminal that is gone. */
const attempt = (restore: () => void): void => {
  try {
    restore();
  } catch {
    // A terminal that is gone needs no restoring.
  }
};

/** Ends the program with an exit code; `restore` resets the terminal first. */
const endWith = (code: number, restore: () => void): never => {
  attempt(restore);
  letGo();
  process.exit(code);
};

const mostMs = 1000;
const turnMs = 10;

/**
 * Tells whether a terminal has hung up. After the reader was woken by EIO, the terminal may take a moment to hang up and until then still
 * looks like one, so this waits for it.
 */
const hangsUp = (): boolean => {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; terminals.length > 0 && waitedMs < mostMs; waitedMs += turnMs) {
    if (terminals.some((descriptor) => !isatty(descriptor))) return true;
    Atomics.wait(never, 0, 0, turnMs);
  }
  return false;
};

/** Tells whether an error means that a terminal has hung up, so that it could not be written or read. */
const isHangUp = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && problem.code === 'EIO' && hangsUp();

/** Ends the program if the error means that the terminal has hung up, which may be noticed before the signal SIGHUP comes. */
export const endOnHangUp = (problem: unknown): void => {
  if (isHangUp(problem)) endWith(exitCodes.SIGHUP, () => {});
};

export type TerminalGuard = {
  /** Sets the function that restores the terminal from now on; a later call replaces it. */
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
  // The terminal is restored before the error is reported, because text on the alternate screen would be lost with it.
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
