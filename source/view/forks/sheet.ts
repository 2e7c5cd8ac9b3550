// A page over the player where something is chosen: a heading, a list with a mark, and what belongs to it. It stands where *Why?* does.

import {cut, padEnd, repeated, textWidth, wrap} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import type {Region} from '../layout.ts';

export type SheetRow = {
  readonly text: string;
  readonly style: Style;
  /** For the ear the parts of the row, where the eye needs columns and signs between them; what is empty is not said. */
  readonly said?: readonly string[];
  /** No letter of it is another one when it is heard: the name of a field, a code that is copied by hand. */
  readonly exact?: 'field' | 'code';
};

export type Sheet = {
  readonly heading: string;
  /** Wrapped where they are longer than a line, as are those below the list. */
  readonly above: readonly SheetRow[];
  /** Cut where they are longer than a line; around `marked` as many as fit. */
  readonly list: readonly SheetRow[];
  readonly marked: number;
  readonly below: readonly SheetRow[];
};

type Options = {readonly region: Region; readonly glyphs: Glyphs};

const leastList = 4;

const wrapped = (rows: readonly SheetRow[], {region, glyphs}: Options): SheetRow[] =>
  rows.flatMap(({text, style}) =>
    wrap(plainText(text, glyphs), region.columns).map((line) => ({text: line, style})),
  );

/** The last row says that some are missing. */
const shortened = (
  rows: readonly SheetRow[],
  room: number,
  {region, glyphs}: Options,
): readonly SheetRow[] => {
  const last = rows[room - 1];
  if (rows.length <= room || !last) return rows.slice(0, room);
  const text = `${cut(last.text, region.columns - textWidth(glyphs.ellipsis), '')}${glyphs.ellipsis}`;
  return [...rows.slice(0, room - 1), {...last, text}];
};

/** First and one past the last row of the list, so that the marked one is among them. */
const windowOf = ({list, marked}: Sheet, room: number): {from: number; to: number} => {
  const from = firstInSight(marked, list.length, room);
  return {from, to: Math.min(list.length, from + room)};
};

/** One row less than there are says how many are missing. */
const putList = (canvas: Canvas, sheet: Sheet, room: number, options: Options): void => {
  const {row, column, columns} = options.region;
  const {glyphs} = options;
  const {from, to} = windowOf(sheet, room);
  for (let index = from; index < to; index++) {
    const entry = sheet.list[index];
    if (!entry) continue;
    const isMarked = index === sheet.marked;
    const hidden =
      index === from && from > 0
        ? glyphs.earlier
        : index === to - 1 && to < sheet.list.length
          ? glyphs.more
          : '';
    const text = cut(plainText(entry.text, glyphs), columns - 2, glyphs.ellipsis);
    const style: Style = isMarked ? {...entry.style, bold: true, selected: true} : entry.style;
    canvas.put(row + index - from, column - 2, `${isMarked ? glyphs.selected : ' '} `, {
      role: 'accent',
      bold: true,
      selected: isMarked,
    });
    canvas.put(row + index - from, column, isMarked ? padEnd(text, columns - 2) : text, style);
    if (!isMarked) canvas.put(row + index - from, column + columns - 1, hidden, {role: 'muted'});
  }
};

export const putSheet = (canvas: Canvas, sheet: Sheet, options: Options): void => {
  const {region, glyphs} = options;
  const {row, column, columns, rows} = region;
  const heading = `${glyphs.rule.repeat(2)} ${cut(plainText(sheet.heading, glyphs), columns - 4, glyphs.ellipsis)} `;
  canvas.put(row, column - 2, heading + repeated(glyphs.rule, columns - textWidth(heading) + 1), {
    role: 'accent',
  });
  const room = rows - 1;
  const wanted = Math.min(sheet.list.length, leastList);
  const above = wrapped(sheet.above, options).slice(0, Math.max(0, room - wanted));
  const below = shortened(wrapped(sheet.below, options), Math.max(0, room - wanted - above.length), options);
  const spare = room - above.length - below.length - sheet.list.length;
  // Blank rows where there is room: below the heading, around the list.
  const air = {
    top: spare > 2 ? 1 : 0,
    list: spare > 1 && above.length > 0 ? 1 : 0,
    below: spare > 0 && below.length > 0 ? 1 : 0,
  };
  let at = row + 1 + air.top;
  for (const {text, style} of above) canvas.put(at++, column, text, style);
  at += air.list;
  const listRows = Math.min(sheet.list.length, Math.max(wanted, room - above.length - below.length));
  putList(canvas, sheet, listRows, {...options, region: {...region, row: at}});
  at += listRows + air.below;
  for (const {text, style} of below) canvas.put(at++, column, text, style);
};
