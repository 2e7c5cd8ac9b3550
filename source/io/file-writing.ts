// The one way to a file that is written: whole and durable under a name beside it, and only then in its place. So what was there
// survives a full disk and a kill, and nobody ever reads half of the new one.
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

export type WriteError =
  /** Something has the name. */
  | {readonly code: 'there'}
  /** The new one was made from it. */
  | {readonly code: 'input'}
  | {readonly code: 'kind'; readonly kind: Exclude<FileKind, 'file'>}
  /** Node's own code, `ENOSPC` and the like. */
  | {readonly code: 'system'; readonly name: string};

/** In pieces, what is long need not stand in the memory twice. */
type Content = string | Uint8Array | readonly Uint8Array[];

const errorOf = (problem: unknown): WriteError => {
  const name = codeOf(problem);
  return name === 'EEXIST' ? {code: 'there'} : {code: 'system', name};
};

/** Between two tries to write into a pipe that is full, in ms. */
const fullPipeMs = 5;

/** All of it: one write may take less, on a disk that fills up, or into a pipe. */
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

/** This name, or with a number where something has it already. */
export const freeName = (file: string): string => {
  const {dir, name, ext} = parse(file);
  for (let n = 1; ; n += 1) {
    const path = join(dir, n === 1 ? `${name}${ext}` : `${name}-${n}${ext}`);
    if (!existsSync(path)) return path;
  }
};

/** Where a file is put that is no use: what was set aside earlier stays. */
export const nameAside = (file: string, ending: string): string => {
  let name = `${file}${ending}`;
  for (let n = 2; existsSync(name); n++) name = `${file}${ending}${n}`;
  return name;
};

/** Where it is now; undefined: it cannot be moved. */
export const setAside = (file: string, ending: string): string | undefined => {
  const aside = nameAside(file, ending);
  try {
    renameSync(file, aside);
    return aside;
  } catch {
    return undefined;
  }
};

/** One file under two names, so that at no instant it has none. */
const alsoAs = (file: string, name: string): void => {
  try {
    linkSync(file, name);
  } catch (problem) {
    if (codeOf(problem) === 'EEXIST') throw problem;
    // File systems without links.
    copyFileSync(file, name, constants.COPYFILE_EXCL);
  }
};

/** As those of the file whose place it takes; whose it is can be said by the superuser only. */
const takeRights = (descriptor: number, {mode, uid, gid}: Stats): void => {
  fchmodSync(descriptor, mode & 0o777);
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // It belongs to whoever writes it.
  }
};

/** Whole, and on the disk: else the name could survive a power failure without its content. The caller takes it away. */
const writeBeside = (file: string, content: Content, rights: Stats | undefined): string => {
  // Not the file's name with an ending: that may be too long.
  const partial = freeName(join(dirname(file), `.packet-tutor-${process.pid}.tmp`));
  const descriptor = openSync(partial, 'wx', rights === undefined ? 0o666 : rights.mode & 0o777);
  try {
    if (rights) takeRights(descriptor, rights);
    writeAll(descriptor, content);
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

/** Where links lead: they stay links. `/dev/stdout` and its kin are descriptors, which have a place in their file. */
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
  /** What the content was made from is never written over. */
  readonly from?: readonly string[];
  /** What was there is kept under this name. */
  readonly keepAs?: string;
};

const putInPlace = (path: string, content: Content, keepAs: string | undefined): void => {
  const before = statOf(path);
  // The folder may let go of a file that may not be written.
  if (before) accessSync(path, constants.W_OK);
  const partial = writeBeside(path, content, before);
  try {
    if (keepAs !== undefined) alsoAs(path, keepAs);
    renameSync(partial, path);
  } catch (problem) {
    rmSync(partial, {force: true});
    throw problem;
  }
};

/** In the place of what has the name, if anything has; into a pipe or a device it is written straight. */
export const replaceFile = (
  file: string,
  content: Content,
  {from = [], keepAs}: Manner = {},
): Result<undefined, WriteError> => {
  try {
    const {path, descriptor} = destinationOf(file);
    if (descriptor !== undefined) {
      writeAll(descriptor, content);
      return ok(undefined);
    }
    const before = statOf(path);
    const kind = before ? kindOf(before) : 'file';
    if (kind === 'folder' || kind === 'socket') return err({code: 'kind', kind});
    if (from.some((each) => isOneFile(path, each))) return err({code: 'input'});
    if (kind === 'file') putInPlace(path, content, keepAs);
    else writeStraight(path, content);
    return ok(undefined);
  } catch (problem) {
    return err(errorOf(problem));
  }
};

/** Only where nothing has the name. */
export const createFile = (file: string, content: Content): Result<undefined, WriteError> => {
  if (existsSync(file)) return err({code: 'there'});
  let partial: string | undefined;
  try {
    partial = writeBeside(file, content, undefined);
    alsoAs(partial, file);
    return ok(undefined);
  } catch (problem) {
    return err(errorOf(problem));
  } finally {
    if (partial !== undefined) rmSync(partial, {force: true});
  }
};

/** Under a name that nothing has; says which. */
export const writeNew = (file: string, content: Content): Result<string, WriteError> => {
  for (;;) {
    const path = freeName(file);
    const made = createFile(path, content);
    if (made.ok) return ok(path);
    if (made.error.code !== 'there') return made;
  }
};

type NewFile = {readonly path: string; readonly text: string};

/** Folders are made as needed. Of all that was made, the first folder or file says where; undefined: nothing had to be. */
const createIn = (file: string, text: string): {readonly made: string; readonly error?: WriteError} => {
  let folder: string | undefined;
  try {
    folder = mkdirSync(dirname(file), {recursive: true});
  } catch (problem) {
    return {made: file, error: {code: 'system', name: codeOf(problem)}};
  }
  const created = createFile(file, text);
  return {made: folder ?? file, ...(created.ok ? {} : {error: created.error})};
};

/** All of them, or none where one is already there, or the folder that they are to make, or one cannot be written. */
export const createFiles = (
  folder: string,
  files: readonly NewFile[],
  fresh?: string,
): Result<undefined, {readonly file: string; readonly error: WriteError}> => {
  const paths = fresh === undefined ? files.map(({path}) => path) : [fresh];
  const there = paths.map((path) => join(folder, path)).find((file) => existsSync(file));
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
