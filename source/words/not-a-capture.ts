// A file that is no capture, by how it begins. Apart from the other errors: a start needs none of these words.
import type {Text} from '../lesson/text.ts';
import {notACaptureWords} from './catalogue/capture-errors.ts';
import {errorsSentences} from './catalogue/errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** By the first bytes in hex. */
const knownBeginnings: readonly (readonly [hex: string, name: Text])[] = Object.entries(
  errorsSentences.knownBeginnings,
);

/** `beginning`: the first bytes in hex, separated by blanks; empty for an empty file. */
export const notACapture = (file: string, beginning: string): Problem => {
  if (beginning === '') {
    return problemOf(errorsSentences.notACapture, {file});
  }
  const known = knownBeginnings.find(([hex]) => beginning.startsWith(hex))?.[1];
  const packed = known !== undefined && /zip|compressed/.test(known.en);
  return problemOf(notACaptureWords, {file, beginning, known, packed});
};
