// SIGINT while a capture is read: the first ends the reading, and what was read so far is told; the second ends the program.
import process from 'node:process';

const interruptedExit = 130;

let interrupted = false;

/** Of a command that has told what it was asked for: whoever interrupted the reading of it hears of that. */
export const exitAfterReading = (): 0 | 130 => (interrupted ? interruptedExit : 0);

/**
 * `stop` ends the reading, and says whether there is anything to be told; the listener goes when what is returned is called.
 * Once more, or with nothing to be told, the program ends at once.
 */
export const stopOnInterrupt = (stop: () => boolean): (() => void) => {
  const heard = (): void => {
    if (interrupted || !stop()) process.exit(interruptedExit);
    interrupted = true;
  };
  process.on('SIGINT', heard);
  return () => void process.off('SIGINT', heard);
};
