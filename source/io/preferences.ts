// What the config file holds. Written in one piece; a damaged file is set aside and reported, never an obstacle.
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';
import type {Language} from '../lesson/lesson.ts';

/** As stored: names are checked by whoever knows the choices. */
export type StoredPreferences = {
  readonly language?: Language;
  readonly theme?: string;
  readonly ascii?: boolean;
  readonly graphs?: string;
  readonly motion?: string;
  readonly screenReader?: boolean;
  /** The whole path of the capture that was opened last: of this machine, so it is no part of the progress that people carry along. */
  readonly lastCapture?: string;
};

export type ReadPreferences = {
  readonly stored: StoredPreferences;
  /** Where a damaged file was put. */
  readonly setAside?: string;
};

const configFile = (): string => join(envPaths('packet-tutor', {suffix: ''}).config, 'config.json');

const parse = (text: string): StoredPreferences | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries: Record<string, unknown> = {...value};
  const {language, theme, ascii, graphs, motion, screenReader, lastCapture} = entries;
  return {
    ...(language === 'en' || language === 'zh' ? {language} : {}),
    ...(typeof theme === 'string' ? {theme} : {}),
    ...(typeof ascii === 'boolean' ? {ascii} : {}),
    ...(typeof graphs === 'string' ? {graphs} : {}),
    ...(typeof motion === 'string' ? {motion} : {}),
    ...(typeof screenReader === 'boolean' ? {screenReader} : {}),
    ...(typeof lastCapture === 'string' ? {lastCapture} : {}),
  };
};

export const readPreferences = (file = configFile()): ReadPreferences => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {stored: {}};
  }
  const stored = parse(text);
  if (stored !== undefined) return {stored};
  const aside = `${file}.bad`;
  try {
    renameSync(file, aside);
    return {stored: {}, setAside: aside};
  } catch {
    return {stored: {}};
  }
};

/** A preference that cannot be kept (read-only home) is no reason to stop a lesson: false says so. */
export const writePreferences = (preferences: StoredPreferences, file = configFile()): boolean => {
  const partial = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(partial, `${JSON.stringify({format: 1, ...preferences}, undefined, 2)}\n`);
    renameSync(partial, file);
    return true;
  } catch {
    return false;
  }
};
