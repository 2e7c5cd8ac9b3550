// Draws a card (a page with a table or lines for looking things up) for any width. If a table would break words, its rows become blocks.

import type {Card} from '../../lesson/data.ts';
import type {Language, Text} from '../../lesson/text.ts';
import {cut, padEnd, repeated, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type Canvas, muted, plain, type Style, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import type {Region} from '../layout.ts';

/** A line of a card: texts at columns, which count from 0 at the card's left edge. */
type CardLine = readonly {readonly at: number; readonly text: string; readonly style: Style}[];

/** A card laid out for a width: the head of its table, and its entries, which are the table's rows and the sentences below. */
type CardPage = {
  readonly head: readonly CardLine[];
  /** Functions that lay out the card's entries one by one, because only a few entries of a long card are on the screen. */
  readonly entries: readonly (() => readonly CardLine[])[];
};

type Look = {readonly columns: number; readonly language: Language; readonly glyphs: Glyphs};

const gap = 2;

const said = (text: Text | undefined, {language, glyphs}: Look): string =>
  plainText(terminal.text(text?.[language] ?? ''), glyphs);

/** Returns the width of the longest piece of a text that cannot be broken between lines; a Chinese character is a piece of its own. */
const longestPiece = (text: string): number =>
  most([wide.test(text) ? 2 : 1, ...(text.match(unbroken) ?? []).map(textWidth)]);

const wide = /[\u2e80-\u9fff\uff00-\uff60]/;
const unbroken = /[^\s\u2e80-\u9fff\uff00-\uff60]+/gu;

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 1);

/** Estimates how many lines a card's table takes with these widths of columns. */
const heightOf = (cells: readonly (readonly number[])[], widths: readonly number[]): number =>
  cells.reduce(
    (sum, row) => sum + most(row.map((width, index) => Math.ceil(width / (widths[index] ?? 1)))),
    0,
  );

/**
 * Returns the widths of the columns of a card's table; undefined if it cannot fit. Columns are narrowed one by one, first where it costs
 * the fewest lines, among equal ones the widest, and none below its longest word.
 */
const widthsOf = (table: readonly (readonly string[])[], columns: number): readonly number[] | undefined => {
  const count = most(table.map((row) => row.length));
  const column = (index: number): readonly string[] => table.map((row) => row[index] ?? '');
  const least = Array.from({length: count}, (_, index) => most(column(index).map(longestPiece)));
  const cells = table.map((row) => row.map(textWidth));
  let widths = Array.from({length: count}, (_, index) => most(column(index).map(textWidth)));
  const room = columns - gap * (count - 1);
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const spare = widths.flatMap((width, index) => (width > (least[index] ?? 0) ? [index] : []));
    const [first, ...others] = spare.map((index) => {
      const narrower = widths.map((width, each) => (each === index ? width - 1 : width));
      return {narrower, width: widths[index] ?? 0, height: heightOf(cells, narrower)};
    });
    if (!first) return undefined;
    const best = others.reduce(
      (one, other) =>
        other.height < one.height || (other.height === one.height && other.width > one.width) ? other : one,
      first,
    );
    widths = best.narrower;
  }
  return widths;
};

/** Returns the lines of one row of a card's table, as many as its highest cell has. */
const tableLines = (
  cells: readonly string[],
  widths: readonly number[],
  styleOf: (index: number) => Style,
): readonly CardLine[] => {
  const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? 1));
  const starts = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width + gap, 0),
  );
  return Array.from({length: most(wrapped.map((lines) => lines.length))}, (_, line) =>
    wrapped.flatMap((lines, index) => {
      const text = lines[line] ?? '';
      return text === '' ? [] : [{at: starts[index] ?? 0, text, style: styleOf(index)}];
    }),
  );
};

/**
 * Returns the lines of a row of a card's table that is too wide, as a block: its first cell as a heading, and below it each further cell
 * after the name of its column.
 */
const blockLines = (
  [first = '', ...cells]: readonly string[],
  names: readonly string[],
  columns: number,
): readonly CardLine[] => {
  const indent = 2;
  const nameColumns = Math.min(most(names.map(textWidth)) + gap, Math.floor(columns / 2));
  return [
    ...wrap(first, columns).map((text): CardLine => [{at: 0, text, style: strong}]),
    ...cells.flatMap((cell, index) =>
      wrap(cell, columns - indent - nameColumns).map((text, line): CardLine => {
        const name = line === 0 ? cut(names[index] ?? '', nameColumns - 1) : '';
        return [
          ...(name === '' ? [] : [{at: indent, text: name, style: muted}]),
          {at: indent + nameColumns, text, style: plain},
        ];
      }),
    ),
  ];
};

const cardPage = (card: Card, look: Look): CardPage => {
  const {columns} = look;
  const cellsOf = (row: readonly Text[]): readonly string[] => row.map((cell) => said(cell, look));
  const head = cellsOf(card.head);
  const rows = card.rows.map(cellsOf);
  const sentences = card.lines.map((line, index) => (): readonly CardLine[] => [
    ...(index === 0 && rows.length > 0 ? [[]] : []),
    ...wrap(said(line, look), columns).map((text): CardLine => [{at: 0, text, style: plain}]),
  ]);
  const widths = widthsOf([head, ...rows], columns);
  if (widths === undefined) {
    const blocks = rows.map((row) => () => blockLines(row, head.slice(1), columns));
    return {head: [], entries: [...blocks, ...sentences]};
  }
  return {
    head: head.length === 0 ? [] : tableLines(head, widths, () => muted),
    entries: [
      ...rows.map((row) => () => tableLines(row, widths, (index) => (index === 0 ? strong : plain))),
      ...sentences,
    ],
  };
};

/** Returns the number of a card's entries, among which the mark moves. */
export const cardEntries = ({rows, lines}: Card): number => rows.length + lines.length;

/** Returns the whole card as lines of plain text, for output that does not scroll. */
export const cardText = (card: Card, look: Look): readonly string[] => {
  const {head, entries} = cardPage(card, look);
  return [...head, ...entries.flatMap((entry) => entry())].map((line) =>
    line.reduce((text, piece) => padEnd(text, piece.at) + piece.text, ''),
  );
};

export type CardDrawing = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
  /** The index of the card's marked entry, which must be visible. */
  readonly marked: number;
};

/** Draws a card: the title and as many lines as fit below it, with the marked entry among them. */
export const putCard = (canvas: Canvas, card: Card, drawing: CardDrawing): void => {
  const {region, glyphs, language, marked} = drawing;
  const look = {columns: region.columns, language, glyphs};
  const {head, entries} = cardPage(card, look);
  const room = region.rows - 2 - head.length;
  const {lines, start, isWhole} = linesAround(entries, marked, room);
  const overflows = !isWhole || lines.length > room;
  const top = overflows ? firstInSight(start, lines.length, room) : 0;
  putTitle(canvas, said(card.title, look), {
    ...drawing,
    count: overflows ? `${marked + 1}/${entries.length}` : '',
  });
  const put = (row: number, line: CardLine): void => {
    for (const {at, text, style} of line) canvas.put(row, region.column + at, text, style);
  };
  for (const [index, line] of head.entries()) put(region.row + 2 + index, line);
  const first = region.row + 2 + head.length;
  for (const [index, line] of lines.slice(top, top + room).entries()) put(first + index, line);
  if (overflows)
    canvas.put(first + start - top, region.column - 2, glyphs.selected, {role: 'accent', bold: true});
};

type Lines = {
  readonly lines: readonly CardLine[];
  /** The index of the first line of the card's marked entry that is not blank. */
  readonly start: number;
  readonly isWhole: boolean;
};

/**
 * Returns the lines of a card's marked entry with at least `room` lines before and after it, or as many as there are; `isWhole` is true if
 * these are all entries.
 */
const linesAround = (entries: CardPage['entries'], marked: number, room: number): Lines => {
  const own = entries[marked]?.() ?? [];
  let [from, to] = [marked, marked + 1];
  let before: readonly CardLine[] = [];
  let behind: readonly CardLine[] = [];
  while (from > 0 && before.length < room) before = [...(entries[--from]?.() ?? []), ...before];
  while (to < entries.length && behind.length < room) behind = [...behind, ...(entries[to++]?.() ?? [])];
  const start =
    before.length +
    Math.max(
      0,
      own.findIndex((line) => line.length > 0),
    );
  return {lines: [...before, ...own, ...behind], start, isWhole: from === 0 && to === entries.length};
};

/** Draws a card's title inside a rule, like that of *Why?*; `count` says which entry is marked, and is empty if all entries are visible. */
const putTitle = (
  canvas: Canvas,
  title: string,
  {region, glyphs, count}: CardDrawing & {readonly count: string},
): void => {
  const {row, column, columns} = region;
  const tail = count === '' ? '' : ` ${count}`;
  const shown = cut(title, columns - textWidth(tail) - 4, glyphs.ellipsis);
  const heading = `${glyphs.rule.repeat(2)} ${shown} `;
  const rule = repeated(glyphs.rule, columns + 2 - textWidth(heading) - textWidth(tail));
  canvas.put(row, column - 2, heading + rule + tail, {role: 'accent'});
};
