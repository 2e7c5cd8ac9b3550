// What can be wrong with the file of settings, and what cannot be kept in it, in both languages.
import type {Text} from '../lesson/text.ts';
import {settingsUnreadableWords, usual} from './catalogue/settings-errors.ts';
import {reasonOf, withReason} from './file-errors.ts';
import {type Problem, problemOf} from './problem.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** A warning, as are the next two: we go on with what is usual. */
export const settingsDamaged = (file: string, aside: string | undefined): Problem =>
  aside === undefined
    ? {
        what: text(`${file} is damaged and cannot be moved`, `${file} 已损坏，又无法移开`),
        remedy: text(
          `${usual.en}, and none is kept; move the file away yourself`,
          `${usual.zh}，改动也不保存；请自行把它移走`,
        ),
      }
    : {
        what: text('the settings were damaged', '设置文件已损坏'),
        remedy: text(`kept as ${aside}; ${usual.en}`, `原文件保存为 ${aside}，${usual.zh}`),
      };

export const settingsNewer = (file: string, format: number, aside: string | undefined): Problem => {
  const which = text(
    `${file} is of a newer packet-tutor (format ${format})`,
    `${file} 出自更新版本的 packet-tutor（格式 ${format}）`,
  );
  return aside === undefined
    ? {
        what: text(`${which.en} and cannot be moved`, `${which.zh}，又无法移开`),
        remedy: text(
          `it stays as it is; ${usual.en}, and none is kept`,
          `文件保持原样；${usual.zh}，改动也不保存`,
        ),
      }
    : {
        what: text(`${which.en}: kept as ${aside}`, `${which.zh}，原样存为 ${aside}`),
        remedy: text(`${usual.en}; after an update rename it back`, `${usual.zh}；升级后把它改回原名即可`),
      };
};

/** `what`: what is wrong with the file. */
export const settingsUnreadable = ({what}: Problem): Problem =>
  problemOf(settingsUnreadableWords, {what, usual});

export const settingsUnwritable = (file: string, name: string): Problem => ({
  what: withReason(`settings cannot be kept in ${file}`, `设置存不进 ${file}`, name),
  remedy: text('they hold for this sitting only', '只在这一次有效'),
});

/** On the screen, where there is room for one line. */
export const settingNotKept = (name: string | undefined): Text => {
  const reason = name === undefined ? text('', '') : reasonOf(name);
  return text(`not saved, holds for this sitting only${reason.en}`, `没有存下，只在这一次有效${reason.zh}`);
};
