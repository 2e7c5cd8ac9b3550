// What the config file is told while the app runs: settings that were changed, and the capture that was opened last.
import {readPreferences, type StoredPreferences, writePreferences} from '../io/preferences.ts';
import type {Preferences} from '../ui/app-options.ts';

export type Keeper = {
  preferences(now: Preferences): void;
  /** Its whole path. */
  opened(capture: string): void;
  lastCapture(): string | undefined;
};

/** Only what was changed is kept: an option of one call is not a wish for all calls. */
export const settingsKeeper = (before: Preferences, stored: StoredPreferences): Keeper => {
  let last = before;
  let {lastCapture} = stored;
  let changed: StoredPreferences = {};
  // Another copy of the program may have written meanwhile.
  const write = (): void => void writePreferences({...readPreferences().stored, ...changed});
  return {
    preferences(now) {
      const {language, theme, ascii, graphs, motion, screenReader} = now;
      changed = {
        ...changed,
        ...(language === last.language ? {} : {language}),
        ...(theme === last.theme ? {} : {theme}),
        ...(ascii === last.ascii ? {} : {ascii}),
        ...(graphs === last.graphs ? {} : {graphs}),
        ...(motion === last.motion ? {} : {motion}),
        ...(screenReader === last.screenReader ? {} : {screenReader}),
      };
      last = now;
      write();
    },
    opened(capture) {
      if (capture === lastCapture) return;
      lastCapture = capture;
      changed = {...changed, lastCapture};
      write();
    },
    lastCapture: () => lastCapture,
  };
};
