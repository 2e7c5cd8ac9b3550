// Files that must not be there yet: written whole, folders made as needed.
import {existsSync, mkdirSync, renameSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname, join, parse} from 'node:path';
import process from 'node:process';
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

/** This name, or with a number where something has it already. */
export const freeName = (file: string): string => {
  const {dir, name, ext} = parse(file);
  for (let n = 1; ; n += 1) {
    const path = join(dir, n === 1 ? `${name}${ext}` : `${name}-${n}${ext}`);
    if (!existsSync(path)) return path;
  }
};

const codeOf = (problem: unknown): string => {
  const error = systemError(problem);
  return error.code === 'system' ? error.name : 'ENOENT';
};

/** What the system says where it cannot be, `EEXIST` where something has the name. */
export const createFile = (file: string, content: string | Uint8Array): string | undefined => {
  try {
    writeFileSync(file, content, {flag: 'wx'});
    return undefined;
  } catch (problem) {
    return codeOf(problem);
  }
};

/** In the place of what has the name; that stays whole until all of the new one is there. The same answers. */
export const replaceFile = (file: string, content: string | Uint8Array): string | undefined => {
  const partial = freeName(`${file}.${process.pid}.tmp`);
  const failed = createFile(partial, content);
  try {
    if (failed === undefined) renameSync(partial, file);
    return failed;
  } catch (problem) {
    unlinkSync(partial);
    return codeOf(problem);
  }
};

/** Under a name that nothing has; says which. The error is what the system calls it. */
export const writeNew = (file: string, content: string | Uint8Array): Result<string, string> => {
  for (;;) {
    const path = freeName(file);
    const failed = createFile(path, content);
    if (failed === undefined) return ok(path);
    if (failed !== 'EEXIST') return err(failed);
  }
};
