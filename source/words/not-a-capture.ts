// Tells what a file that is no capture is, by its first bytes. It is separate from the other errors, because starting the program needs
// none of these words.
import type {Text} from '../lesson/text.ts';
import {notACaptureWords} from './catalogue/capture-errors.ts';
import {errorsSentences} from './catalogue/errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** The names of known formats by their first bytes in hex. */
const knownBeginnings: readonly (readonly [hex: string, name: Text])[] = Object.entries(
  errorsSentences.knownBeginnings,
);

/** Returns the problem; `beginning` contains the first bytes in hex, separated by blanks, and is empty for an empty file. */
export const notACapture = (file: string, beginning: string): Problem => {
  if (beginning === '') {
    return problemOf(errorsSentences.notACapture, {file});
  }
  const known = knownBeginnings.find(([hex]) => beginning.startsWith(hex))?.[1];
  const packed = known !== undefined && /zip|compressed/.test(known.en);
  return problemOf(notACaptureWords, {file, beginning, known, packed});
};
