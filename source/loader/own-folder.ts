// A folder that only we can fill. What V8 compiled is code, and V8 does not compare it with the text it was made from (only the lengths), so
// whoever can write into the folder decides what the program does. Owners, modes and an absolute path are what there is to go by.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, isAbsolute, join} from 'node:path';
import process from 'node:process';

/** Windows has neither owners nor modes of this kind: there the user's profile is trusted. */
const user = process.geteuid?.();

const root = 0;

/** The group or others may write. */
const loose = 0o022;

/** Entries of such a folder can be renamed by their owners and the folder's alone. */
const sticky = 0o1000;

const isOurs = ({uid, mode}: Stats): boolean => user === undefined || (uid === user && (mode & loose) === 0);

/** Nobody but we and root can put another folder or link in the place of this one, or of one above it. */
const isFixed = (path: string): boolean => {
  const about = lstatSync(path);
  const {uid, mode} = about;
  // The mode of a link says nothing.
  const tight = about.isSymbolicLink() || (mode & loose) === 0 || (mode & sticky) !== 0;
  const above = dirname(path);
  return (uid === user || uid === root) && tight && (above === path || isFixed(above));
};

const refuse = (path: string): never => {
  throw new Error(`${path} could be somebody else’s`);
};

/** Where it really lies, links resolved; throws where somebody else could let it lie elsewhere. */
const fixedPlace = (path: string): string => {
  if (!isAbsolute(path)) return refuse(path);
  if (user === undefined) return path;
  const real = realpathSync.native(path);
  return isFixed(path) && (real === path || isFixed(real)) ? real : refuse(path);
};

/** The folder's real path; throws where it is not there, or not ours alone. Links may lead to the folder above, itself it is none. */
const ownFolder = (folder: string): string => {
  const real = join(fixedPlace(dirname(folder)), basename(folder));
  const about = lstatSync(real);
  return about.isDirectory() && isOurs(about) ? real : refuse(real);
};

/** Also what is missing above it; nothing in a folder that is somebody else's, such as a home that `sudo` leaves as it was. */
const makeFolder = (folder: string): void => {
  let above = folder;
  while (!existsSync(above)) above = dirname(above);
  if (above === folder) return;
  fixedPlace(above);
  mkdirSync(folder, {recursive: true, mode: 0o700});
};

/** Its descriptor; throws where there is no file that only we can have written. */
export const openOwn = (folder: string, name: string): number => {
  const path = join(ownFolder(folder), name);
  // Windows has no such flag.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const about = fstatSync(file);
  if (about.isFile() && isOurs(about)) return file;
  closeSync(file);
  return refuse(path);
};

/** Whole beside it, then in its place: another start may be reading. Throws where the folder is not ours alone. */
export const writeOwn = (folder: string, name: string, content: Uint8Array): void => {
  makeFolder(folder);
  const path = join(ownFolder(folder), name);
  const aside = `${path}.${crypto.randomUUID()}`;
  try {
    writeFileSync(aside, content, {flag: 'wx', mode: 0o600});
    renameSync(aside, path);
  } catch (problem) {
    rmSync(aside, {force: true});
    throw problem;
  }
};
