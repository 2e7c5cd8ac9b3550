// Files that must not be there yet: written whole, folders made as needed.
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join, parse} from 'node:path';
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

/** Under this name, or with a number where something has it already; says which. The error is what the system calls it. */
export const writeNew = (file: string, content: string | Uint8Array): Result<string, string> => {
  const {dir, name, ext} = parse(file);
  for (let n = 1; ; n += 1) {
    const path = join(dir, n === 1 ? `${name}${ext}` : `${name}-${n}${ext}`);
    try {
      writeFileSync(path, content, {flag: 'wx'});
      return ok(path);
    } catch (problem) {
      const error = systemError(problem);
      const code = error.code === 'system' ? error.name : 'ENOENT';
      if (code !== 'EEXIST') return err(code);
    }
  }
};
