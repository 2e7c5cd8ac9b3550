// The help page: the key table of ui in two columns, and the signs of the screen (screens.md 5 (o)).
import type {Language, Text} from '../lesson/lesson.ts';
import {Canvas, type Style} from './canvas.ts';
import {type Glyphs, plainText} from './glyphs.ts';
import {type KeyHint, putKeyLine} from './key-line.ts';
import type {Line} from './span.ts';
import {cut, textWidth} from './width.ts';

export type HelpOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly language: Language;
  /** What the keys are for, at the right of the heading. */
  readonly context: string;
  /** In reading order: down the left column, then down the right one. */
  readonly keys: readonly {readonly key: string; readonly label: string}[];
  readonly keyHints: readonly KeyHint[];
  /** A word can be typed to see what it means. */
  readonly findsWords: boolean;
};

const text = (en: string, zh: string): Text => ({en, zh});

const words = {
  keys: text('keys', '按键'),
  signs: text('signs', '符号'),
  find: text(
    'TIME-WAIT, CLOSE-WAIT, FIN: press / and type a word to see what it means.',
    'TIME-WAIT、CLOSE-WAIT、FIN：按 / 输入一个词，看它的意思。',
  ),
} as const;

type Sign = {readonly sign: (glyphs: Glyphs) => string; readonly label: Text};

const flying = (g: Glyphs): string =>
  g.leaveRight + g.travelled + g.tailRight + g.cometBody.repeat(2) + g.arrivedRight;

/** Row by row. */
const signs: readonly Sign[] = [
  {sign: flying, label: text('in flight', '在途中')},
  {sign: (g) => g.lost, label: text('lost', '丢失')},
  {sign: (g) => `${g.timer}${g.timerEnd}`, label: text('timer', '定时器')},
  {sign: (g) => g.travelled.repeat(5) + g.arrivedRight, label: text('arrived', '已到达')},
  {sign: (g) => g.again, label: text('sent again', '重发')},
  {sign: (g) => g.changed, label: text('state changed', '状态变化')},
  {sign: (g) => g.selected, label: text('selected', '选中')},
  {sign: (g) => g.beat, label: text('beat', '段落')},
  {sign: (g) => g.question, label: text('your turn', '轮到你')},
  {sign: (g) => g.gap, label: text('time skipped', '略过的时间')},
  {sign: (g) => g.bookmark, label: text('bookmark', '书签')},
];

/** Share of the width at which each column of signs begins, and the columns that a sign takes. */
const signColumns = [
  {start: 0, sign: 8},
  {start: 26 / 76, sign: 3},
  {start: 48 / 76, sign: 4},
] as const;

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const bold: Style = {role: 'text', bold: true};

const firstColumn = 4;

const putKeys = (canvas: Canvas, options: HelpOptions, rows: number): number => {
  const {keys, columns, glyphs} = options;
  const perColumn = Math.min(rows, Math.ceil(keys.length / 2));
  const second = firstColumn + Math.floor((columns - 4) / 2);
  const halves = [
    {start: firstColumn, end: second - 2, least: 8, entries: keys.slice(0, perColumn)},
    {start: second, end: columns - 1, least: 10, entries: keys.slice(perColumn, perColumn * 2)},
  ];
  for (const {start, end, least, entries} of halves) {
    const signs = entries.map(({key}) => plainText(key, glyphs));
    const signWidth = signs.reduce((most, sign) => Math.max(most, textWidth(sign) + 2), least);
    for (const [index, {label}] of entries.entries()) {
      canvas.put(3 + index, start, cut(signs[index] ?? '', end - start, glyphs.ellipsis), bold);
      const room = end - start - signWidth + 1;
      canvas.put(3 + index, start + signWidth, cut(plainText(label, glyphs), room, glyphs.ellipsis), plain);
    }
  }
  return 3 + perColumn;
};

/** The first row below. */
const putSigns = (canvas: Canvas, {columns, rows, glyphs, language}: HelpOptions, top: number): number => {
  if (top + 1 > rows - 2) return top;
  canvas.put(top, firstColumn, words.signs[language], muted);
  for (const [index, {sign, label}] of signs.entries()) {
    const row = top + 1 + Math.floor(index / 3);
    const place = signColumns[index % 3];
    if (row > rows - 2 || !place) return rows - 1;
    const column = firstColumn + Math.floor(place.start * (columns - 4));
    const next = signColumns[(index % 3) + 1];
    const end = next ? firstColumn + Math.floor(next.start * (columns - 4)) - 1 : columns - 1;
    const shown = sign(glyphs);
    const after = column + Math.max(place.sign, textWidth(shown) + 1);
    canvas.put(row, column, shown, bold);
    canvas.put(row, after, cut(label[language], end - after, glyphs.ellipsis), plain);
  }
  return top + 1 + Math.ceil(signs.length / 3);
};

export const helpScreen = (options: HelpOptions): Line[] => {
  const {columns, rows, glyphs, language, context, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  canvas.put(1, 2, words.keys[language], bold);
  canvas.putEnd(1, columns - 1, cut(context, columns - 12, glyphs.ellipsis), muted);
  const signRows = rows >= 20 ? 6 : 0;
  const end = putKeys(canvas, options, Math.max(1, rows - 4 - signRows));
  const below = putSigns(canvas, options, end + 1);
  const find = plainText(words.find[language], glyphs);
  if (options.findsWords && below + 1 < rows - 1 && textWidth(find) <= columns - firstColumn)
    canvas.put(below + 1, firstColumn, find, plain);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
