// What can go wrong with `new`, and the remedy, in both languages.
import type {Problem} from './problem.ts';

export const alreadyThere = (file: string): Problem => ({
  what: {en: `${file} is already there`, zh: `${file} 已经存在`},
  remedy: {en: 'choose another name, or move it away first', zh: '换一个名字，或者先把它移走'},
});

export const badName = (given: string): Problem => ({
  what: {en: `“${given}” cannot be a name`, zh: `「${given}」不能用作名称`},
  remedy: {
    en: 'lower-case letters, digits and -, such as my-lesson',
    zh: '用小写字母、数字和 -，例如 my-lesson',
  },
});
