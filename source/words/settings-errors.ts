// What can be wrong with the file of settings, and what cannot be kept in it, in both languages.
import {type Text, worded} from '../lesson/text.ts';
import {
  settingsErrorsSentences,
  settingsUnreadableWords,
  settingsUnwritable as settingsUnwritableWords,
  usual,
} from './catalogue/settings-errors.ts';
import {reasonOf} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

/** A warning, as are the next two: we go on with what is usual. */
export const settingsDamaged = (file: string, aside: string | undefined): Problem =>
  aside === undefined
    ? {
        what: worded(settingsErrorsSentences.settingsDamaged.what.isDamagedAnd, {file}),
        remedy: worded(settingsErrorsSentences.settingsDamaged.andNoneIs.remedy, {usual}),
      }
    : {
        what: settingsErrorsSentences.settingsDamaged.what.theSettingsWere,
        remedy: worded(settingsErrorsSentences.settingsDamaged.keptAs.remedy, {aside, usual}),
      };

export const settingsNewer = (file: string, format: number, aside: string | undefined): Problem => {
  const which = worded(settingsErrorsSentences.settingsNewer.which, {file, format});
  return aside === undefined
    ? {
        what: worded(settingsErrorsSentences.settingsNewer.what.andCannotBe, {which}),
        remedy: worded(settingsErrorsSentences.settingsNewer.itStaysAs.remedy, {usual}),
      }
    : {
        what: worded(settingsErrorsSentences.settingsNewer.what.keptAs, {which, aside}),
        remedy: worded(settingsErrorsSentences.settingsNewer.afterAnUpdate.remedy, {usual}),
      };
};

/** `what`: what is wrong with the file. */
export const settingsUnreadable = ({what}: Problem): Problem =>
  problemOf(settingsUnreadableWords, {what, usual});

export const settingsUnwritable = (file: string, code: string): Problem =>
  problemOf(settingsUnwritableWords, {file, reason: reasonOf(code)});

/** On the screen, where there is room for one line. */
export const settingNotKept = (name: string | undefined): Text => {
  const reason = name === undefined ? settingsErrorsSentences.settingNotKept.reason : reasonOf(name);
  return worded(settingsErrorsSentences.settingNotKept.itself, {reason});
};
