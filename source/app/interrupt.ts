// Handles SIGINT while a capture is read: the first ends the reading, and what was read so far is told; the second ends the program.
import process from 'node:process';

const interruptedExit = 130;

let interrupted = false;

/** Returns the exit code of a command that has told what it was asked for, which shows whether reading was interrupted. */
export const exitAfterReading = (): 0 | 130 => (interrupted ? interruptedExit : 0);

/**
 * Returns a function that removes the listener. `stop` ends the reading, and returns whether there is anything to tell; if there is
 * nothing, or on a second SIGINT, the program ends at once.
 */
export const stopOnInterrupt = (stop: () => boolean): (() => void) => {
  const heard = (): void => {
    if (interrupted || !stop()) process.exit(interruptedExit);
    interrupted = true;
  };
  process.on('SIGINT', heard);
  return () => void process.off('SIGINT', heard);
};
