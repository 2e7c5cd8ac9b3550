// Returns the paths of the learner's progress, the settings and the packs. The environment variable `PACKET_TUTOR_DATA` replaces the
// platform's data folder.
import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

const program = 'packet-tutor';

/**
 * Returns the program's folder for data or settings by the platform's convention; undefined if no home is known. Relative paths are
 * ignored, because they depend on the working folder.
 */
const folderOf = (kind: 'data' | 'config', below: string): string | undefined =>
  // The XDG Base Directory Specification says that relative values are ignored, so the usual place in the home is used.
  [envPaths(program, {suffix: ''})[kind], join(homedir(), below, program)].find((path) => isAbsolute(path));

const fileIn = (folder: string | undefined, name: string): string | undefined =>
  folder === undefined ? undefined : join(folder, name);

const dataFolder = (): string | undefined => {
  const named = process.env['PACKET_TUTOR_DATA'];
  return named ? resolve(named) : folderOf('data', '.local/share');
};

export const progressFile = (): string | undefined => fileIn(dataFolder(), 'progress.json');

export const configFile = (): string | undefined => fileIn(folderOf('config', '.config'), 'config.json');

/** Returns the folder for installed packs, whose subfolders are one pack each; undefined if the system names no data folder. */
export const packsFolder = (): string | undefined => fileIn(dataFolder(), 'packs');

/**
 * Returns the folder for packs as messages name it; without a home folder it is the path below `PACKET_TUTOR_DATA`, which the user would
 * have to set.
 */
export const packsPlace = (): string => packsFolder() ?? join('PACKET_TUTOR_DATA', 'packs');
