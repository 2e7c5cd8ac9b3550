// Handles SIGINT while a capture is read: the first ends the reading, and what was read so far is told; the second ends the program.
import process from 'node:process';

const interruptedExit = 130;

let interrupted = false;

/** Returns the exit code after a capture was shown: 130 if SIGINT interrupted the reading, else 0. */
export const exitAfterReading = (): 0 | 130 => (interrupted ? interruptedExit : 0);

/**
 * Handles SIGINT until the returned function is called. `stop` ends the reading and returns whether there is anything to show; if not, or
 * at a second SIGINT, the program ends at once.
 */
export const stopOnInterrupt = (stop: () => boolean): (() => void) => {
  const heard = (): void => {
    if (interrupted || !stop()) process.exit(interruptedExit);
    interrupted = true;
  };
  process.on('SIGINT', heard);
  return () => void process.off('SIGINT', heard);
};
