// Where the program keeps what it learns about the learner, and where packs are put. `PACKET_TUTOR_DATA` names another folder than the
// platform's.
import {join} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

const dataFolder = (): string =>
  process.env['PACKET_TUTOR_DATA'] || envPaths('packet-tutor', {suffix: ''}).data;

export const progressFile = (): string => join(dataFolder(), 'progress.json');

/** Each folder in it is a pack. */
export const packsFolder = (): string => join(dataFolder(), 'packs');
