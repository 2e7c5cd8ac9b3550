// Tells why a file cannot be read or written: what it is instead of a file, and the system's reason, in plain words.
import {type Text, textOf, worded} from '../lesson/text.ts';
import {
  cannotRead,
  cannotWriteOutput as cannotWriteOutputWords,
  cannotWrite as cannotWriteWords,
  isKind,
  noFileHere,
  reasons,
  reason as reasonWords,
  unknownReason,
} from './catalogue/file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** Names what a path can lead to that cannot be read as a file, such as a folder. */
export type NoFileKind = keyof typeof isKind;

export const isNoFile = (file: string, kind: NoFileKind): Problem => {
  const {what, remedy} = isKind[kind];
  return {what: worded(noFileHere, {file, what}), remedy};
};

/** Returns the system's reason for an error code such as `ENOSPC`, in the form that ends a sentence. */
export const reasonOf = (code: string): Text => {
  const reason = textOf(reasons, code);
  return reason ? worded(reasonWords, {reason, code}) : worded(unknownReason, {code});
};

export const unreadable = (file: string, code: string): Problem =>
  problemOf(cannotRead, {file, reason: reasonOf(code)});

/** Tells whether the system refused a write because there is no room left. */
export const isFull = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT';

export const cannotWrite = (file: string, code: string): Problem =>
  problemOf(cannotWriteWords, {file, reason: reasonOf(code), full: isFull(code)});

export const cannotWriteOutput = (code: string): Problem =>
  problemOf(cannotWriteOutputWords, {reason: reasonOf(code), full: isFull(code)});
