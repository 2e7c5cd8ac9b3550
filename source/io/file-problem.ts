// Explains in words why a file cannot be read or written.
import {noFile, notUtf8} from '../words/catalogue/errors.ts';
import {isInput, isLink} from '../words/catalogue/file-errors.ts';
import {tooLargeText} from '../words/catalogue/file-size-errors.ts';
import {alreadyThere} from '../words/catalogue/new-errors.ts';
import {cannotWrite, isNoFile, unreadable} from '../words/file-errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import type {WriteError} from './file-writing.ts';
import type {FileError} from './files.ts';

export const fileProblem = (file: string, error: FileError): Problem => {
  switch (error.code) {
    case 'missing':
      return problemOf(noFile, {file});
    case 'kind':
      return isNoFile(file, error.kind);
    case 'large':
      return problemOf(tooLargeText, {file, mebibytes: error.mebibytes});
    case 'encoding':
      return problemOf(notUtf8, {file});
    case 'system':
      return unreadable(file, error.name);
  }
};

export const writeProblem = (file: string, error: WriteError): Problem => {
  switch (error.code) {
    case 'there':
      return problemOf(alreadyThere, {file});
    case 'input':
      return problemOf(isInput, {file});
    case 'link':
      return problemOf(isLink, {file});
    case 'kind':
      return isNoFile(file, error.kind);
    case 'system':
      return cannotWrite(file, error.name);
  }
};
