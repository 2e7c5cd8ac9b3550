// Turns a file that cannot be read, or a fault in a lesson or script, into the two-line error of the command line.

import type {CaptureProblem} from '../io/capture-reading.ts';
import {fileProblem, writeProblem} from '../io/file-problem.ts';
import type {WriteError} from '../io/file-writing.ts';
import type {FileError} from '../io/files.ts';
import {fileName} from '../lesson/file-name.ts';
import type {LessonError} from '../lesson/lesson-error.ts';
import type {Text} from '../lesson/text.ts';
import type {Result} from '../wire/result.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import type {Failure} from './command.ts';

export const fileFailure = (file: string, error: FileError): Failure => ({
  ...fileProblem(file, error),
  exit: 2,
});

/** Returns the outcome of writing a file: a failure, or 0, also if the reader of a pipe has gone away. */
export const writeOutcome = (file: string, written: Result<undefined, WriteError>): 0 | Failure => {
  if (written.ok) return 0;
  const {error} = written;
  return error.code === 'system' && error.name === 'EPIPE' ? 0 : {...writeProblem(file, error), exit: 2};
};

type ContentError = Pick<LessonError, 'message' | 'remedy' | 'file' | 'position'>;

/** Returns a message that begins with the name of the file. */
export const inFile = (file: string, message: Text): Text =>
  inEvery((language) => `${file}${punctuation.colon[language]}${message[language]}`);

/**
 * Returns a fault of a lesson file as a command-line error. Its message begins with the whole path, so the place has only the file name.
 */
export const lessonFailure = ({message, remedy, file, position}: ContentError): Failure => ({
  what: inFile(file, message),
  remedy,
  place: `${fileName(file)}:${position.line}:${position.column}`,
  exit: 1,
});

export const captureFailure = ({problem, place}: CaptureProblem): Failure => ({
  ...problem,
  ...(place === undefined ? {} : {place}),
  exit: 2,
});
