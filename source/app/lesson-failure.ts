// A file that cannot be read, or a fault in the content of a lesson or script, as the two-line error of the command line.

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

/** A reader who has gone away is no fault. */
export const writeOutcome = (file: string, written: Result<undefined, WriteError>): 0 | Failure => {
  if (written.ok) return 0;
  const {error} = written;
  return error.code === 'system' && error.name === 'EPIPE' ? 0 : {...writeProblem(file, error), exit: 2};
};

type ContentError = Pick<LessonError, 'message' | 'remedy' | 'file' | 'position'>;

/** What is wrong, in the file that the words begin with. */
export const inFile = (file: string, message: Text): Text =>
  inEvery((language) => `${file}${punctuation.colon[language]}${message[language]}`);

/** The place names the file without its folders: the whole path stands in the first words. */
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
