// The words of the page that `export --format html` writes, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** What the page's script needs; the rest is written into the page. */
export const pageWords = {
  play: text('Play', '播放'),
  pause: text('Pause', '暂停'),
  step: text('Step {n} of {all}', '第 {n} 步，共 {all} 步'),
  noPacket: text('No packet yet', '还没有分组'),
  noField: text('Choose a field or a byte.', '选一个字段或字节。'),
} as const;

export type PageWord = keyof typeof pageWords;

export const pageTexts = {
  ladder: text('Ladder', '时序图'),
  controls: text('Controls', '控制'),
  start: text('To the start', '到开头'),
  back: text('Step back', '后退一步'),
  forward: text('Step', '前进一步'),
  end: text('To the end', '到结尾'),
  place: text('Place in the run', '所在位置'),
  speed: text('Speed', '速度'),
  now: text('What happens', '此刻'),
  told: text('The lesson says', '课程讲解'),
  why: text('Why?', '为什么？'),
  fields: text('Fields', '字段'),
  bytes: text('Bytes', '字节'),
  table: text('All packets', '全部分组'),
  keys: text('Keys', '按键'),
  close: text('Close', '关闭'),
  /** Each page's button names the other language, in that language. */
  other: text('中文', 'English'),
  made: text('made by packet-tutor', '由 packet-tutor 生成'),
} as const;

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
