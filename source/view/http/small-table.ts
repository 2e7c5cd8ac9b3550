// A table with its title in the place of the first heading: columns as wide as their texts, within limits.

import {cut, padEnd, padStart, repeated, textWidth} from '../../words/width.ts';
import {type Glyphs, plainText} from '../glyphs.ts';

export type Column<Line> = {
  readonly head: string;
  readonly read: (line: Line) => string;
  /** In columns of the screen. @default what the longest text needs */
  readonly most?: number;
  /** Numbers end in one column. */
  readonly atEnd?: true;
};

/** Blank columns before each line; the title stands that much further left. */
export const indent = 2;
const gap = 2;

/** Texts of the lines, the one with the title first. */
export const smallTable = <Line>(
  title: string,
  lines: readonly Line[],
  {columns, glyphs}: {readonly columns: readonly Column<Line>[]; readonly glyphs: Glyphs},
): readonly string[] => {
  const cells = columns.map(({read}) => lines.map((line) => plainText(read(line), glyphs)));
  const widths = columns.map(({head, most = Number.POSITIVE_INFINITY}, index) =>
    Math.max(
      textWidth(head),
      Math.min(most, Math.max(0, ...(cells[index] ?? []).map(textWidth))),
      index === 0 ? textWidth(title) - indent : 0,
    ),
  );
  const joined = (texts: readonly string[]): string =>
    columns
      .map(({atEnd}, index) => {
        const width = widths[index] ?? 0;
        const text = cut(texts[index] ?? '', width, glyphs.ellipsis);
        return atEnd ? padStart(text, width) : padEnd(text, width);
      })
      .join(repeated(' ', gap))
      .trimEnd();
  const head = joined(columns.map((column, index) => (index === 0 ? '' : column.head))).slice(widths[0] ?? 0);
  return [
    `${padEnd(title, (widths[0] ?? 0) + indent)}${head}`.trimEnd(),
    ...lines.map((_, row) => `${repeated(' ', indent)}${joined(cells.map((texts) => texts[row] ?? ''))}`),
  ];
};
