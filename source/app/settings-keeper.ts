// Writes the config file while the app runs: settings that were changed, and the capture that was opened last.
import type {EntriesTrouble} from '../io/entries-file.ts';
import {changePreferences, type StoredPreferences} from '../io/preferences.ts';
import type {Text} from '../lesson/text.ts';
import type {Preferences} from '../ui/preferences.ts';
import {settingsTroubles} from '../words/catalogue/settings-errors.ts';
import type {Problem} from '../words/problem.ts';
import {settingNotKept} from '../words/settings-errors.ts';
import {troubleIn} from './file-trouble.ts';

export type Keeper = {
  /** Saves changed settings to the config file; returns a message if that fails. */
  preferences(kept: Partial<Preferences>): Text | undefined;
  /** Saves the absolute path of a capture that was opened. */
  opened(capture: string): void;
  lastCapture(): string | undefined;
  /** Tries again to write the config file, and returns the problem if settings are lost. */
  lost(): Problem | undefined;
};

type Trouble = NonNullable<ReturnType<typeof changePreferences>>;

export const settingsTrouble = (trouble: EntriesTrouble): Problem => troubleIn(settingsTroubles, trouble);

/** Returns the keeper of the config file. It writes only changed settings, because options of a single call must not be saved. */
export const settingsKeeper = (stored: StoredPreferences): Keeper => {
  let {lastCapture} = stored;
  let changed: StoredPreferences = {};
  let trouble: Trouble | undefined;
  return {
    preferences(kept) {
      changed = {...changed, ...kept};
      trouble = changePreferences(changed);
      return trouble && settingNotKept(trouble.code === 'unwritable' ? trouble.name : undefined);
    },
    opened(capture) {
      if (capture === lastCapture) return;
      lastCapture = capture;
      changed = {...changed, lastCapture};
      // A failure to save the last capture is not reported, because the user did not ask for it.
      const failed = changePreferences(changed);
      if (failed === undefined) trouble = undefined;
    },
    lastCapture: () => lastCapture,
    lost() {
      const still = trouble && changePreferences(changed);
      // A missing folder (`nowhere`) is not reported here, because the progress file has no folder either and its own message reports that.
      return still && still.code !== 'nowhere' ? settingsTrouble(still) : undefined;
    },
  };
};
