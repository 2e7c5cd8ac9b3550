// Files named on the command line: read whole with a bound, written, and what the system says when it fails.
import {closeSync, existsSync, fstatSync, openSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {err, ok, type Result} from '../wire/result.ts';

export type FileError =
  | {readonly code: 'missing'}
  | {readonly code: 'large'; readonly mebibytes: number}
  | {readonly code: 'encoding'}
  /** Node's own code, `EACCES` and the like. */
  | {readonly code: 'system'; readonly name: string};

/** A lesson is text that a person wrote; more than this is some other file. */
const textMebibytes = 4;

export const systemError = (problem: unknown): FileError => {
  const name = problem instanceof Error && 'code' in problem ? String(problem.code) : 'EIO';
  return name === 'ENOENT' || name === 'ENOTDIR' ? {code: 'missing'} : {code: 'system', name};
};

export const readText = (file: string): Result<string, FileError> => {
  let bytes: Uint8Array;
  try {
    const descriptor = openSync(file, 'r');
    try {
      const stat = fstatSync(descriptor);
      if (stat.isDirectory()) return err({code: 'system', name: 'EISDIR'});
      if (stat.size > textMebibytes * 2 ** 20) return err({code: 'large', mebibytes: textMebibytes});
      bytes = readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (problem) {
    return err(systemError(problem));
  }
  try {
    return ok(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
  } catch {
    return err({code: 'encoding'});
  }
};

/** Key logs of busy programs are long. */
const bytesMebibytes = 64;

export const readBytes = (file: string): Result<Uint8Array, FileError> => {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return err({code: 'system', name: 'EISDIR'});
    if (stat.size > bytesMebibytes * 2 ** 20) return err({code: 'large', mebibytes: bytesMebibytes});
    return ok(new Uint8Array(readFileSync(file)));
  } catch (problem) {
    return err(systemError(problem));
  }
};

export const writeWhole = (file: string, content: string | Uint8Array): Result<undefined, FileError> => {
  try {
    writeFileSync(file, content);
    return ok(undefined);
  } catch (problem) {
    const error = systemError(problem);
    return err(error.code === 'missing' ? {code: 'system', name: 'ENOENT'} : error);
  }
};

export const exists = (file: string): boolean => existsSync(file);
