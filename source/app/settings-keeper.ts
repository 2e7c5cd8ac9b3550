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
  /** Keeps settings; returns a text if they could not be kept. */
  preferences(kept: Partial<Preferences>): Text | undefined;
  /** Keeps the whole path of a capture that was opened. */
  opened(capture: string): void;
  lastCapture(): string | undefined;
  /** Tries once more to write, and returns why settings are lost if that fails. */
  lost(): Problem | undefined;
};

type Trouble = NonNullable<ReturnType<typeof changePreferences>>;

export const settingsTrouble = (trouble: EntriesTrouble): Problem => troubleIn(settingsTroubles, trouble);

/** Keeps only what was changed, because an option of one call is not meant for all calls. */
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
      // Nobody asked to keep the last capture, so nothing is said if that fails.
      const failed = changePreferences(changed);
      if (failed === undefined) trouble = undefined;
    },
    lastCapture: () => lastCapture,
    lost() {
      const still = trouble && changePreferences(changed);
      // If there is no folder for settings, there is none for progress either, and the progress reports it.
      return still && still.code !== 'nowhere' ? settingsTrouble(still) : undefined;
    },
  };
};
