// Reads and changes the settings in the config file.
import {type Language, languages} from '../words/catalogue/language.ts';
import {configFile} from './data-folder.ts';
import {changeEntries, type Entries, type EntriesTrouble, readEntries} from './entries-file.ts';

/** The settings as the config file contains them; names, such as that of a theme, are checked later, where the choices are known. */
export type StoredPreferences = {
  readonly language?: Language;
  readonly theme?: string;
  readonly ascii?: boolean;
  readonly graphs?: string;
  readonly motion?: string;
  readonly allValues?: boolean;
  readonly reasons?: string;
  readonly mouse?: boolean;
  readonly screenReader?: boolean;
  /**
   * The absolute path of the capture that was opened last. It belongs to this computer, so it is not part of the progress that people copy
   * to others.
   */
  readonly lastCapture?: string;
};

export type ReadPreferences = {
  readonly stored: StoredPreferences;
  readonly trouble?: EntriesTrouble;
};

const understood = (entries: Entries): StoredPreferences => {
  const {theme, ascii, graphs, motion, allValues, reasons, mouse, screenReader, lastCapture} = entries;
  const language = languages.find((each) => each === entries['language']);
  return {
    ...(language ? {language} : {}),
    ...(typeof theme === 'string' ? {theme} : {}),
    ...(typeof ascii === 'boolean' ? {ascii} : {}),
    ...(typeof graphs === 'string' ? {graphs} : {}),
    ...(typeof motion === 'string' ? {motion} : {}),
    ...(typeof allValues === 'boolean' ? {allValues} : {}),
    ...(typeof reasons === 'string' ? {reasons} : {}),
    ...(typeof mouse === 'boolean' ? {mouse} : {}),
    ...(typeof screenReader === 'boolean' ? {screenReader} : {}),
    ...(typeof lastCapture === 'string' ? {lastCapture} : {}),
  };
};

export const readPreferences = (file = configFile()): ReadPreferences => {
  // If the system names no folder for settings, this is reported only when a setting has to be saved.
  if (file === undefined) return {stored: {}};
  const {entries, trouble} = readEntries(file);
  return {stored: understood(entries), ...(trouble ? {trouble} : {})};
};

/** Changes only the given settings; everything else in the file is kept. */
export const changePreferences = (
  changed: StoredPreferences,
  file = configFile(),
): EntriesTrouble | {readonly code: 'nowhere'} | undefined =>
  file === undefined ? {code: 'nowhere'} : changeEntries(file, () => changed);
