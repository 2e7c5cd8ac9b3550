// Files that must not be there yet: written whole, folders made as needed.
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {err, ok, type Result} from '../wire/result.ts';
import {type FileError, systemError} from './files.ts';

type NewFileError = {readonly file: string; readonly error: FileError | {readonly code: 'there'}};

/** All of them, or none where one is already there, or the folder that they are to make. */
export const createFiles = (
  folder: string,
  files: readonly {readonly path: string; readonly text: string}[],
  fresh?: string,
): Result<undefined, NewFileError> => {
  const paths = fresh === undefined ? files.map(({path}) => path) : [fresh];
  const there = paths.map((path) => join(folder, path)).find((file) => existsSync(file));
  if (there !== undefined) return err({file: there, error: {code: 'there'}});
  for (const {path, text} of files) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), {recursive: true});
      writeFileSync(file, text, {flag: 'wx'});
    } catch (problem) {
      return err({file, error: systemError(problem)});
    }
  }
  return ok(undefined);
};

/** Into the first of these files that is not there yet; says which. The error is what the system calls it. */
export const writeNew = (files: readonly string[], pieces: Iterable<Uint8Array>): Result<string, string> => {
  const whole = Buffer.concat([...pieces]);
  for (const file of files) {
    try {
      writeFileSync(file, whole, {flag: 'wx'});
      return ok(file);
    } catch (problem) {
      const error = systemError(problem);
      const name = error.code === 'system' ? error.name : 'ENOENT';
      if (name !== 'EEXIST') return err(name);
    }
  }
  return err('EEXIST');
};
