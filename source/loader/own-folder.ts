// Opens and writes files in a folder that only this user can fill. The cache contains compiled code, and V8 compares only its length with
// that of the text. Anybody who can write to the folder therefore decides what the program does. The folder is judged by its owners, its
// modes and an absolute path.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, isAbsolute, join} from 'node:path';
import process from 'node:process';

/** The user's id, undefined on Windows, which has no such owners and modes. There the user's profile is trusted. */
const user = process.geteuid?.();

const root = 0;

/** The mode bits that allow the group or others to write. */
const loose = 0o022;

/** The mode bit of a folder whose entries only their owners, the folder's owner and root can rename. */
const sticky = 0o1000;

const isOurs = ({uid, mode}: Stats): boolean => user === undefined || (uid === user && (mode & loose) === 0);

/** Returns whether only this user and root can replace this folder or link, or one above it. */
const isFixed = (path: string): boolean => {
  const about = lstatSync(path);
  const {uid, mode} = about;
  // The mode of a symbolic link has no meaning, so it is not checked.
  const tight = about.isSymbolicLink() || (mode & loose) === 0 || (mode & sticky) !== 0;
  const above = dirname(path);
  return (uid === user || uid === root) && tight && (above === path || isFixed(above));
};

const refuse = (path: string): never => {
  throw new Error(`${path} could be somebody else’s`);
};

/** Returns the real path with links resolved. It throws if somebody else could change where the path leads. */
const fixedPlace = (path: string): string => {
  if (!isAbsolute(path)) return refuse(path);
  if (user === undefined) return path;
  const real = realpathSync.native(path);
  return isFixed(path) && (real === path || isFixed(real)) ? real : refuse(path);
};

/**
 * Returns the folder's real path. It throws if the folder is missing or is not ours alone. The folders above may be links, but the folder
 * itself may not.
 */
const ownFolder = (folder: string): string => {
  const real = join(fixedPlace(dirname(folder)), basename(folder));
  const about = lstatSync(real);
  return about.isDirectory() && isOurs(about) ? real : refuse(real);
};

/**
 * Makes the folder and the missing ones above it. Nothing is made in a folder of somebody else, such as the home that `sudo` leaves
 * unchanged.
 */
const makeFolder = (folder: string): void => {
  let above = folder;
  while (!existsSync(above)) above = dirname(above);
  if (above === folder) return;
  fixedPlace(above);
  mkdirSync(folder, {recursive: true, mode: 0o700});
};

/** Opens a file to read and returns its descriptor. It throws if there is no such file that only this user can have written. */
export const openOwn = (folder: string, name: string): number => {
  const path = join(ownFolder(folder), name);
  // Opening a named pipe would wait for somebody who writes into it, so it is opened without waiting, and refused below. Windows has
  // neither of these flags.
  const {O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const about = fstatSync(file);
  if (about.isFile() && isOurs(about)) return file;
  closeSync(file);
  return refuse(path);
};

/**
 * The age in ms beyond which a file with a temporary name was left by a process that was killed. A living process renames its file within
 * moments.
 */
const abandonedMs = 3_600_000;

/** Matches the random ending of the temporary names that `writeOwn` uses. */
const temporary = /\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const removeAbandoned = (folder: string): void => {
  for (const name of readdirSync(folder).filter((each) => temporary.test(each))) {
    const path = join(folder, name);
    // Another start may remove the same file at this moment.
    const about = lstatSync(path, {throwIfNoEntry: false});
    if (about?.isFile() && Date.now() - about.mtimeMs > abandonedMs) rmSync(path, {force: true});
  }
};

/**
 * Writes a file under another name and then renames it, because another start may be reading the old one. It throws if the folder is not
 * ours alone.
 */
export const writeOwn = (folder: string, name: string, content: Uint8Array): void => {
  makeFolder(folder);
  const own = ownFolder(folder);
  removeAbandoned(own);
  const path = join(own, name);
  const aside = `${path}.${crypto.randomUUID()}`;
  try {
    writeFileSync(aside, content, {flag: 'wx', mode: 0o600});
    renameSync(aside, path);
  } catch (problem) {
    rmSync(aside, {force: true});
    throw problem;
  }
};
