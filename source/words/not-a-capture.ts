// Says what a file that is not a capture is, judged by its first bytes. It is apart from the other errors, because a normal start does not
// need these words.
import type {Text} from '../lesson/text.ts';
import {notACaptureWords} from './catalogue/capture-errors.ts';
import {errorsSentences} from './catalogue/errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** The first bytes of known file formats in hexadecimal digits, with the name of the format. */
const knownBeginnings: readonly (readonly [hex: string, name: Text])[] = Object.entries(
  errorsSentences.knownBeginnings,
);

/**
 * Returns the error that a file is not a capture. `beginning`: its first bytes in hexadecimal digits, separated by spaces; empty for an
 * empty file.
 */
export const notACapture = (file: string, beginning: string): Problem => {
  if (beginning === '') {
    return problemOf(errorsSentences.notACapture, {file});
  }
  const known = knownBeginnings.find(([hex]) => beginning.startsWith(hex))?.[1];
  const packed = known !== undefined && /zip|compressed/.test(known.en);
  return problemOf(notACaptureWords, {file, beginning, known, packed});
};
