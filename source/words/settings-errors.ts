// The words about settings that cannot be saved.
import {type Text, worded} from '../lesson/text.ts';
import {settingNotKept as settingNotKeptWords} from './catalogue/settings-errors.ts';
import {reasonOf} from './file-errors.ts';

/** Returns the line on the screen that a setting could not be saved. `name`: Node's error code; undefined if there is none. */
export const settingNotKept = (name: string | undefined): Text => {
  const reason = name === undefined ? settingNotKeptWords.reason : reasonOf(name);
  return worded(settingNotKeptWords.itself, {reason});
};
