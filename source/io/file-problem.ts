// What is said of a file that cannot be read, or written.
import {noFile, notUtf8, type Problem} from '../present/text/errors.ts';
import {isNoFile, unreadable} from '../present/text/file-errors.ts';
import {tooLargeText} from '../present/text/file-size-errors.ts';
import type {FileError} from './files.ts';

export const fileProblem = (file: string, error: FileError): Problem => {
  switch (error.code) {
    case 'missing':
      return noFile(file);
    case 'kind':
      return isNoFile(file, error.kind);
    case 'large':
      return tooLargeText(file, error.mebibytes);
    case 'encoding':
      return notUtf8(file);
    case 'system':
      return unreadable(file, error.name);
  }
};
