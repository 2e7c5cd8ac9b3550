// What the config file is told while the app runs: settings that were changed, and the capture that was opened last.
import {readPreferences, type StoredPreferences, writePreferences} from '../io/preferences.ts';
import type {Preferences} from '../ui/app-options.ts';

export type Keeper = {
  preferences(kept: Partial<Preferences>): void;
  /** Its whole path. */
  opened(capture: string): void;
  lastCapture(): string | undefined;
};

/** Only what was changed is kept: an option of one call is not a wish for all calls. */
export const settingsKeeper = (stored: StoredPreferences): Keeper => {
  let {lastCapture} = stored;
  let changed: StoredPreferences = {};
  // Another copy of the program may have written meanwhile.
  const write = (): void => void writePreferences({...readPreferences().stored, ...changed});
  return {
    preferences(kept) {
      changed = {...changed, ...kept};
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
