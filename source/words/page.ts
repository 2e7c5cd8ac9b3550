// The words of the page that `export --format html` writes, in both languages.
import type {Text} from '../lesson/text.ts';
import type {pageWords} from './catalogue/page.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export type PageWord = keyof typeof pageWords;

/** The player's keys, as far as the page has them. */
export const pageKeys: readonly (readonly [key: string, what: Text])[] = [
  ['space', text('play / pause', '播放 / 暂停')],
  ['← →', text('step (h l)', '单步（h l）')],
  ['[ ]', text('beat before / after', '上一段 / 下一段')],
  ['g G', text('start / end', '开头 / 结尾')],
  ['↑ ↓', text('packet (k j)', '分组（k j）')],
  ['+ -', text('faster / slower', '加速 / 减速')],
  ['t', text('中文', 'English')],
  ['?', text('keys', '按键')],
];
