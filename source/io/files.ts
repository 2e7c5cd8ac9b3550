// Reads files, for the whole program. A file's kind is checked first (opening a pipe may wait for ever, a device may have no end); then its
// bytes are read, up to a limit.
import {closeSync, constants, existsSync, fstatSync, openSync, readSync, type Stats, statSync} from 'node:fs';
import {err, ok, type Result} from '../wire/result.ts';

export type FileKind = 'file' | 'folder' | 'pipe' | 'device' | 'socket';

export type FileError =
  | {readonly code: 'missing'}
  | {readonly code: 'kind'; readonly kind: Exclude<FileKind, 'file'>}
  | {readonly code: 'large'; readonly mebibytes: number}
  | {readonly code: 'encoding'}
  /** The system refused the reading; `name` is Node's error code, such as `EACCES`. */
  | {readonly code: 'system'; readonly name: string};

/** Returns Node's error code of an exception, such as `ENOENT`; `EIO` if it has none. */
export const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : 'EIO';

export const systemError = (problem: unknown): FileError => {
  const name = codeOf(problem);
  return name === 'ENOENT' || name === 'ENOTDIR' ? {code: 'missing'} : {code: 'system', name};
};

export const kindOf = (stat: Stats): FileKind => {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  if (stat.isFIFO()) return 'pipe';
  return stat.isSocket() ? 'socket' : 'device';
};

/** Returns the kind of file to which a path leads through links; `missing` if nothing can be found there. */
export const kindAt = (path: string): FileKind | 'missing' => {
  try {
    return kindOf(statSync(path));
  } catch {
    return 'missing';
  }
};

/** Tells whether two paths lead to the same file. */
export const isOneFile = (one: string, other: string): boolean => {
  try {
    const [first, second] = [statSync(one), statSync(other)];
    return first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
};

export const exists = (file: string): boolean => existsSync(file);

type OpenFile = {readonly descriptor: number; readonly kind: FileKind};

const refusal = (kind: FileKind): FileError | undefined =>
  kind === 'file' ? undefined : {code: 'kind', kind};

/** Opens an ordinary file for reading; the caller closes its descriptor. `pipes`: a named pipe is accepted as well. */
export const openToRead = (file: string, {pipes = false} = {}): Result<OpenFile, FileError> => {
  const refused = (kind: FileKind) => (pipes && kind === 'pipe' ? undefined : refusal(kind));
  let descriptor: number | undefined;
  try {
    // Opening a device may start it, so the file's kind is checked before opening. It is checked again afterwards, because the name may
    // belong to another file by then.
    const atFirst = refused(kindOf(statSync(file)));
    if (atFirst) return err(atFirst);
    // Windows has no O_NONBLOCK, and does not need it.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const kind = kindOf(fstatSync(descriptor));
    const inHand = refused(kind);
    if (!inHand) return ok({descriptor, kind});
    closeSync(descriptor);
    return err(inHand);
  } catch (problem) {
    if (descriptor !== undefined) closeSync(descriptor);
    return err(systemError(problem));
  }
};

/**
 * Reads a file to its end; undefined if it has more than `most` bytes. The size in the file's status is only a hint, because files grow and
 * those of /proc claim to be empty.
 */
const wholeOf = (descriptor: number, most: number): Uint8Array | undefined => {
  let bytes = new Uint8Array(Math.min(fstatSync(descriptor).size, most) + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += count;
    if (length > most) return undefined;
    if (count === 0) return bytes.subarray(0, length);
    if (length < bytes.length) continue;
    const larger = new Uint8Array(Math.min(2 * bytes.length + 4096, most + 1));
    larger.set(bytes);
    bytes = larger;
  }
};

/** The default limit in MiB for reading a file as bytes, such as a TLS key log, which can be long. */
const bytesMebibytes = 64;

export const readBytes = (file: string, mebibytes = bytesMebibytes): Result<Uint8Array, FileError> => {
  const opened = openToRead(file);
  if (!opened.ok) return opened;
  const {descriptor} = opened.value;
  try {
    const bytes = wholeOf(descriptor, mebibytes * 2 ** 20);
    return bytes === undefined ? err({code: 'large', mebibytes}) : ok(bytes);
  } catch (problem) {
    return err(systemError(problem));
  } finally {
    closeSync(descriptor);
  }
};

/** The default limit in MiB for reading a file as text. Lessons are written by people, so a longer file is something else. */
const textMebibytes = 4;

export const readText = (file: string, mebibytes = textMebibytes): Result<string, FileError> => {
  const bytes = readBytes(file, mebibytes);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder('utf-8', {fatal: true}).decode(bytes.value));
  } catch {
    return err({code: 'encoding'});
  }
};
