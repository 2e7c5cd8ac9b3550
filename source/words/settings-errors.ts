// What cannot be kept of the settings.
import {type Text, worded} from '../lesson/text.ts';
import {settingNotKept as settingNotKeptWords} from './catalogue/settings-errors.ts';
import {reasonOf} from './file-errors.ts';

/** On the screen, where there is room for one line. */
export const settingNotKept = (name: string | undefined): Text => {
  const reason = name === undefined ? settingNotKeptWords.reason : reasonOf(name);
  return worded(settingNotKeptWords.itself, {reason});
};
