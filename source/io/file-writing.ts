// Writes files, for the whole program. A file is written and flushed under a temporary name in the same folder, and then renamed. The old
// file survives a full disk and a kill, and nobody ever reads half of the new one.
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import {basename, dirname, join, parse, resolve} from 'node:path';
import process from 'node:process';
import {err, ok, type Result} from '../wire/result.ts';
import {codeOf, type FileKind, isOneFile, kindOf} from './files.ts';
import {partialIn, removeAbandoned} from './partial-files.ts';

export type WriteError =
  /** The file was not created, because a file, folder or link with its name exists. */
  | {readonly code: 'there'}
  /** The file was not written, because it is one of the inputs from which the content was made. */
  | {readonly code: 'input'}
  /** The file was not written, because it is a symbolic link and one of the program's own files, such as the progress. */
  | {readonly code: 'link'}
  | {readonly code: 'kind'; readonly kind: Exclude<FileKind, 'file'>}
  /** The system refused the writing; `name` is Node's error code, such as `ENOSPC`. */
  | {readonly code: 'system'; readonly name: string};

/** The content of a file to write; long content can be given in pieces, so that it need not be copied into one. */
type Content = string | Uint8Array | readonly Uint8Array[];

const errorOf = (problem: unknown): WriteError => {
  const name = codeOf(problem);
  return name === 'EEXIST' ? {code: 'there'} : {code: 'system', name};
};

/** The time in ms between two attempts to write into a full pipe. */
const fullPipeMs = 5;

/** Writes all of the content. A single write may take only a part, if the disk fills up or the file is a pipe. */
export const writeAll = (descriptor: number, content: Content): void => {
  for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content)
    writePiece(descriptor, Buffer.from(piece));
};

const writePiece = (descriptor: number, bytes: Uint8Array): void => {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (problem) {
      if (codeOf(problem) !== 'EAGAIN') throw problem;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fullPipeMs);
    }
  }
};

/** Returns the status of the file, folder or link with this path, without following a link; undefined if there is none. */
const namedAs = (path: string): Stats | undefined => {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
};

/**
 * Returns whether something has this name. A link to nowhere counts too, because writing to its name would write to where the link points.
 */
const isTaken = (path: string): boolean => namedAs(path) !== undefined;

export const isLink = (path: string): boolean => namedAs(path)?.isSymbolicLink() === true;

/** Returns the path, or if it is taken the first free one with a number, such as `run-2.pcap`. */
export const freeName = (file: string): string => {
  const {dir, name, ext} = parse(file);
  for (let n = 1; ; n += 1) {
    const path = join(dir, n === 1 ? `${name}${ext}` : `${name}-${n}${ext}`);
    if (!isTaken(path)) return path;
  }
};

/** Returns a free name to which a damaged file can be moved: the file's name with `ending`, and with a number if that is taken. */
export const nameAside = (file: string, ending: string): string => {
  let name = `${file}${ending}`;
  for (let n = 2; isTaken(name); n++) name = `${file}${ending}${n}`;
  return name;
};

/**
 * Moves a file to another name and returns that name, or undefined if it cannot be moved. A symbolic link is not moved, because the person
 * who made the link would miss it.
 */
export const setAside = (file: string, ending: string): string | undefined => {
  if (isLink(file)) return undefined;
  const aside = nameAside(file, ending);
  try {
    renameSync(file, aside);
    return aside;
  } catch {
    return undefined;
  }
};

/** Gives a file a second name, so that it keeps its content under that name when it is replaced. */
const alsoAs = (file: string, name: string): void => {
  try {
    linkSync(file, name);
  } catch (problem) {
    if (codeOf(problem) === 'EEXIST') throw problem;
    // If a hard link cannot be made, for example because the file system has none, the file is copied.
    copyFileSync(file, name, constants.COPYFILE_EXCL);
  }
};

type Rights = Pick<Stats, 'mode' | 'uid' | 'gid'>;

/**
 * Gives a new file the mode and owner of the file that it replaces, or the given mode; where this is not allowed, the file stays as it is.
 */
const takeRights = (descriptor: number, rights: Rights | number): void => {
  try {
    fchmodSync(descriptor, typeof rights === 'number' ? rights : rights.mode & 0o777);
    if (typeof rights !== 'number') fchownSync(descriptor, rights.uid, rights.gid);
  } catch {
    // If mode or owner cannot be set (only the superuser may give files away, and some file systems have no modes), the file is kept
    // without them.
  }
};

/** The mode of the folders that the program keeps for itself: only the user may read them. */
const ownFolderMode = 0o700;
export const ownFileMode = 0o600;

/** Returns the mode of new files that the user asks for, such as exports: 0666 without the bits of the umask, as the shell does it. */
const usualMode = (): number => 0o666 & ~process.umask();

/**
 * Writes the content to a temporary file with a random name in the same folder, readable only for the user until it is complete, flushes it
 * to the disk and returns its path. The caller renames or removes it.
 */
const writeBeside = (file: string, content: Content, rights: Rights | number): string => {
  const folder = dirname(file);
  removeAbandoned(folder);
  const partial = partialIn(folder);
  const descriptor = openSync(partial, 'wx', ownFileMode);
  try {
    writeAll(descriptor, content);
    takeRights(descriptor, rights);
    fsyncSync(descriptor);
  } catch (problem) {
    rmSync(partial, {force: true});
    throw problem;
  } finally {
    closeSync(descriptor);
  }
  return partial;
};

const readLink = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
};

const mostLinks = 40;

/**
 * Returns the file to which a path leads through symbolic links, so that the links are kept. `/dev/stdout` and the like give their
 * descriptor, so that writing continues at its position.
 */
const destinationOf = (file: string): {readonly path: string; readonly descriptor?: number} => {
  let path = resolve(file);
  for (let n = 0; n < mostLinks; n++) {
    const folder = realpathSync(dirname(path));
    const number = /^\d+$/.exec(basename(path))?.[0];
    if (number && (folder === '/dev/fd' || folder === `/proc/${process.pid}/fd`))
      return {path, descriptor: Number(number)};
    const link = readLink(path);
    if (link === undefined) return {path};
    path = resolve(folder, link);
  }
  return {path};
};

const statOf = (path: string): Stats | undefined => statSync(path, {throwIfNoEntry: false});

const writeStraight = (path: string, content: Content): void => {
  const descriptor = openSync(path, 'w');
  try {
    writeAll(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
};

type Manner = {
  /** The files from which the content was made; writing to one of them is refused. */
  readonly from?: readonly string[];
  /** The name under which the replaced file is kept; absent: it is not kept. */
  readonly keepAs?: string;
  /** True for files that the program keeps for itself: they are private to the user, and never written through a symbolic link. */
  readonly isOurs?: boolean;
};

const putInPlace = (path: string, content: Content, {keepAs, isOurs = false}: Manner): void => {
  const before = statOf(path);
  // A folder's rights may allow replacing a read-only file, so the file's own rights are checked first.
  if (before) accessSync(path, constants.W_OK);
  const partial = writeBeside(path, content, before ?? (isOurs ? ownFileMode : usualMode()));
  try {
    if (keepAs !== undefined) alsoAs(path, keepAs);
    renameSync(partial, path);
  } catch (problem) {
    rmSync(partial, {force: true});
    throw problem;
  }
};

/** Writes a file under this name and replaces an existing one. Pipes and devices are written to directly. */
export const replaceFile = (
  file: string,
  content: Content,
  manner: Manner = {},
): Result<undefined, WriteError> => {
  const {from = [], isOurs = false} = manner;
  try {
    if (isOurs && isLink(file)) return err({code: 'link'});
    const {path, descriptor} = destinationOf(file);
    if (descriptor !== undefined) {
      writeAll(descriptor, content);
      return ok(undefined);
    }
    const before = statOf(path);
    const kind = before ? kindOf(before) : 'file';
    // A pipe in the place of one of the program's own files would make it wait for a reader.
    if (kind === 'folder' || kind === 'socket' || (isOurs && kind !== 'file'))
      return err({code: 'kind', kind});
    if (from.some((each) => isOneFile(path, each))) return err({code: 'input'});
    if (kind === 'file') putInPlace(path, content, manner);
    else writeStraight(path, content);
    return ok(undefined);
  } catch (problem) {
    return err(errorOf(problem));
  }
};

/** Creates a file, only if nothing has its name. */
export const createFile = (file: string, content: Content): Result<undefined, WriteError> => {
  if (isTaken(file)) return err({code: 'there'});
  let partial: string | undefined;
  try {
    partial = writeBeside(file, content, usualMode());
    alsoAs(partial, file);
    return ok(undefined);
  } catch (problem) {
    return err(errorOf(problem));
  } finally {
    if (partial !== undefined) rmSync(partial, {force: true});
  }
};

/** Creates a file under a free name, and returns that name. */
export const writeNew = (file: string, content: Content): Result<string, WriteError> => {
  for (;;) {
    const path = freeName(file);
    const made = createFile(path, content);
    if (made.ok) return ok(path);
    if (made.error.code !== 'there') return made;
  }
};

type NewFile = {readonly path: string; readonly text: string};

/**
 * Returns the error that explains why something could not be created in an existing folder: the folder's access error if there is one,
 * otherwise the given error.
 */
const whyNot = (folder: string, problem: unknown): unknown => {
  try {
    accessSync(folder, constants.W_OK);
    return problem;
  } catch (reason) {
    return reason;
  }
};

/**
 * Makes a folder and the missing ones above it, and returns the first that had to be made. Node's recursive `mkdir` (20.20) reports a
 * read-only disk as a missing folder, and never ends in /proc.
 */
const makeFolder = (folder: string, mode?: number): string | undefined => {
  if (existsSync(folder) && statSync(folder).isDirectory()) return undefined;
  const above = dirname(resolve(folder));
  const first = existsSync(above) ? undefined : makeFolder(above, mode);
  try {
    mkdirSync(folder, mode);
    return first ?? folder;
  } catch (problem) {
    // Another program may have made the folder in the meantime.
    if (codeOf(problem) === 'EEXIST' && statSync(folder).isDirectory()) return first;
    throw codeOf(problem) === 'ENOENT' ? whyNot(above, problem) : problem;
  }
};

/** Makes a folder, with mode 0700, for files that the program keeps for itself. */
export const makeOwnFolder = (folder: string): void => {
  makeFolder(folder, ownFolderMode);
};

/** Creates a file and its missing folders. `made`: the topmost folder that was created, or the file if no folder was missing. */
const createIn = (file: string, text: string): {readonly made: string; readonly error?: WriteError} => {
  let folder: string | undefined;
  try {
    folder = makeFolder(dirname(file));
  } catch (problem) {
    return {made: file, error: {code: 'system', name: codeOf(problem)}};
  }
  const created = createFile(file, text);
  return {made: folder ?? file, ...(created.ok ? {} : {error: created.error})};
};

/** Creates all files or none. It creates none if a file or the folder `fresh` exists already, or if a file cannot be written. */
export const createFiles = (
  folder: string,
  files: readonly NewFile[],
  fresh?: string,
): Result<undefined, {readonly file: string; readonly error: WriteError}> => {
  const paths = fresh === undefined ? files.map(({path}) => path) : [fresh];
  const there = paths.map((path) => join(folder, path)).find(isTaken);
  if (there !== undefined) return err({file: there, error: {code: 'there'}});
  const undo: string[] = [];
  for (const {path, text} of files) {
    const file = join(folder, path);
    const {made, error} = createIn(file, text);
    if (error === undefined || made !== file) undo.unshift(made);
    if (error === undefined) continue;
    for (const each of undo) rmSync(each, {recursive: true, force: true});
    return err({file, error});
  }
  return ok(undefined);
};
