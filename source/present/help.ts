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
};

const text = (en: string, zh: string): Text => ({en, zh});

const words = {keys: text('keys', '按键'), signs: text('signs', '符号')} as const;

type Sign = {readonly sign: (glyphs: Glyphs) => string; readonly label: Text};

const flying = (g: Glyphs): string =>
  g.leaveRight + g.travelled + g.tailRight + g.cometBody.repeat(2) + g.arrivedRight;

/** Row by row. */
const signs: readonly Sign[] = [
  {sign: flying, label: text('in flight', '在途中')},
  {sign: (g) => g.lost, label: text('lost', '丢失')},
  {sign: (g) => (g.timer === '[' ? '[ ]' : g.timer), label: text('timer', '定时器')},
  {sign: (g) => g.travelled.repeat(5) + g.arrivedRight, label: text('arrived', '已到达')},
  {sign: (g) => g.again, label: text('sent again', '重发')},
  {sign: (g) => g.changed, label: text('just changed', '刚刚变化')},
  {sign: (g) => g.selected, label: text('selected', '选中')},
  {sign: (g) => g.beat, label: text('beat', '段落')},
  {sign: (g) => g.gap, label: text('time skipped', '略过的时间')},
  {sign: (g) => g.question, label: text('your turn', '轮到你')},
];

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const bold: Style = {role: 'text', bold: true};

const firstColumn = 4;

const putKeys = (canvas: Canvas, options: HelpOptions, rows: number): number => {
  const {keys, columns, glyphs} = options;
  const perColumn = Math.min(rows, Math.ceil(keys.length / 2));
  const secondColumn = firstColumn + Math.floor((columns - 4) / 2);
  for (const [index, {key, label}] of keys.slice(0, perColumn * 2).entries()) {
    const left = index < perColumn;
    const column = left ? firstColumn : secondColumn;
    const room = left ? secondColumn - column - 2 : columns - column;
    const row = 3 + (index % perColumn);
    const sign = plainText(key, glyphs);
    const keyColumns = Math.max(8, textWidth(sign) + 2);
    canvas.put(row, column, cut(sign, room, glyphs.ellipsis), bold);
    canvas.put(
      row,
      column + keyColumns,
      cut(plainText(label, glyphs), room - keyColumns, glyphs.ellipsis),
      plain,
    );
  }
  return 3 + perColumn;
};

const putSigns = (canvas: Canvas, {columns, rows, glyphs, language}: HelpOptions, top: number): void => {
  const width = Math.floor((columns - 4) / 3);
  if (top + 1 > rows - 2) return;
  canvas.put(top, firstColumn, words.signs[language], muted);
  for (const [index, {sign, label}] of signs.entries()) {
    const row = top + 1 + Math.floor(index / 3);
    if (row > rows - 2) return;
    const column = firstColumn + (index % 3) * width;
    const signColumns = index % 3 === 0 ? 8 : 4;
    canvas.put(row, column, sign(glyphs), bold);
    canvas.put(
      row,
      column + signColumns,
      cut(label[language], width - signColumns - 1, glyphs.ellipsis),
      plain,
    );
  }
};

export const helpScreen = (options: HelpOptions): Line[] => {
  const {columns, rows, glyphs, language, context, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  canvas.put(1, 2, words.keys[language], bold);
  canvas.putEnd(1, columns - 1, cut(context, columns - 12, glyphs.ellipsis), muted);
  const signRows = rows >= 20 ? 6 : 0;
  const end = putKeys(canvas, options, Math.max(1, rows - 4 - signRows));
  putSigns(canvas, options, end + 1);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
