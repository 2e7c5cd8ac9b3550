// What the config file is told while the app runs: settings that were changed, and the capture that was opened last.
import type {EntriesTrouble} from '../io/entries-file.ts';
import {changePreferences, type StoredPreferences} from '../io/preferences.ts';
import type {Text} from '../lesson/text.ts';
import type {Preferences} from '../ui/preferences.ts';
import {settingsTroubles} from '../words/catalogue/settings-errors.ts';
import type {Problem} from '../words/problem.ts';
import {settingNotKept} from '../words/settings-errors.ts';
import {troubleIn} from './file-trouble.ts';

export type Keeper = {
  /** A text that comes back says that they are not kept. */
  preferences(kept: Partial<Preferences>): Text | undefined;
  /** Its whole path. */
  opened(capture: string): void;
  lastCapture(): string | undefined;
  /** One more try, and why settings are lost else. */
  lost(): Problem | undefined;
};

type Trouble = NonNullable<ReturnType<typeof changePreferences>>;

export const settingsTrouble = (trouble: EntriesTrouble): Problem => troubleIn(settingsTroubles, trouble);

/** Only what was changed is kept: an option of one call is not a wish for all calls. */
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
      // Which capture was the last is nobody's wish: where it cannot be kept, nothing is said.
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
