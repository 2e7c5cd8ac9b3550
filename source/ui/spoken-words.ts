// What only screen-reader mode says of menu, settings and keys, in both languages; keys by their signs in the key table.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const readerWords = {
  menu: text('Menu', '菜单'),
  tracks: text('Tracks', '专题'),
  lessons: (track: string): Text => text(`Lessons of ${track}`, `${track}的课程`),
  settings: text('Settings', '设置'),
  place: (number: number, total: number): Text =>
    text(`${number} of ${total}`, `第 ${number} 项，共 ${total} 项`),
  marked: text('Marked', '选中'),
  minutes: (minutes: number): Text => text(`${minutes} minutes`, `${minutes} 分钟`),
  keys: text('Keys', '按键'),
  allKeys: {
    player: text('All keys of the player', '播放时的全部按键'),
    quiz: text('All keys of the quiz', '测验时的全部按键'),
    menu: text('All keys of the menu', '菜单里的全部按键'),
    picker: text('All keys of this page', '这一页的全部按键'),
    captures: text('All keys of this page', '这一页的全部按键'),
  },
  current: text('current', '当前'),
  closed: text('Closed', '已关闭'),
} as const;

/** The keys that everybody needs in the player; the others are among all keys. */
export const playerKeys = {
  next: text('next', '前进'),
  back: text('back', '后退'),
  why: text('why', '为什么'),
  allKeys: text('all keys', '查看全部按键'),
} as const;

export const keyWords: {readonly [sign: string]: Text} = {
  space: text('space', '空格'),
  '← →': text('left and right arrow', '左右方向键'),
  '←→': text('left and right arrow', '左右方向键'),
  '↑ ↓': text('up and down arrow', '上下方向键'),
  '↑↓': text('up and down arrow', '上下方向键'),
  '←': text('left arrow', '左方向键'),
  left: text('left arrow', '左方向键'),
  right: text('right arrow', '右方向键'),
  '[ ]': text('left and right bracket', '左右方括号'),
  '< >': text('less than and greater than', '小于号和大于号'),
  '+ -': text('plus and minus', '加号和减号'),
  '?': text('question mark', '问号'),
  '/': text('slash', '斜杠'),
  enter: text('enter', '回车'),
  'q esc': text('q or escape', 'q 或 escape'),
  esc: text('escape', 'escape'),
  'g G': text('g and capital G', 'g 和大写 G'),
  T: text('capital T', '大写 T'),
};
