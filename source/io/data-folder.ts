// Names the folders for the learner's progress, the settings and the packs. `PACKET_TUTOR_DATA` names a folder to use in place of the
// platform's data folder.
import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

const program = 'packet-tutor';

/**
 * Returns a platform folder, or undefined if the system names no home. A relative path is not used: it would depend on the directory in
 * which the program is started.
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

/** Returns the folder in which each folder is a pack, or undefined if the system names no data folder. */
export const packsFolder = (): string | undefined => fileIn(dataFolder(), 'packs');

/** Returns the packs folder for messages. Without a home folder it names the place that setting PACKET_TUTOR_DATA would give. */
export const packsPlace = (): string => packsFolder() ?? join('PACKET_TUTOR_DATA', 'packs');
