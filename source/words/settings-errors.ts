// The words about settings that cannot be kept.
import {type Text, worded} from '../lesson/text.ts';
import {settingNotKept as settingNotKeptWords} from './catalogue/settings-errors.ts';
import {reasonOf} from './file-errors.ts';

/** Returns one line for the screen. */
export const settingNotKept = (name: string | undefined): Text => {
  const reason = name === undefined ? settingNotKeptWords.reason : reasonOf(name);
  return worded(settingNotKeptWords.itself, {reason});
};
