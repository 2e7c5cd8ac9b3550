// Where the program keeps what it learns about the learner, its settings, and where packs are put. `PACKET_TUTOR_DATA` names another
// folder than the platform's.
import {homedir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

const program = 'packet-tutor';

/** Undefined where the system names no home: a relative folder would lie wherever the program happens to be called. */
const folderOf = (kind: 'data' | 'config', below: string): string | undefined =>
  // The XDG Base Directory Specification has relative values ignored; then the usual place in the home counts.
  [envPaths(program, {suffix: ''})[kind], join(homedir(), below, program)].find((path) => isAbsolute(path));

const fileIn = (folder: string | undefined, name: string): string | undefined =>
  folder === undefined ? undefined : join(folder, name);

const dataFolder = (): string | undefined => {
  const named = process.env['PACKET_TUTOR_DATA'];
  return named ? resolve(named) : folderOf('data', '.local/share');
};

export const progressFile = (): string | undefined => fileIn(dataFolder(), 'progress.json');

export const configFile = (): string | undefined => fileIn(folderOf('config', '.config'), 'config.json');

/** Each folder in it is a pack. */
export const packsFolder = (): string | undefined => fileIn(dataFolder(), 'packs');

/** The same for messages, which name it also where it could be. */
export const packsPlace = (): string => packsFolder() ?? join('PACKET_TUTOR_DATA', 'packs');
