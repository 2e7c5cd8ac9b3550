// Lays out the tables of panels: columns as wide as their texts, some of which shrink or disappear if there is no room for all.

import {cut, padEnd, padStart, repeated, textWidth} from '../words/width.ts';

export type Column<Line> = {
  readonly head: string;
  readonly read: (line: Line) => string;
  /** The largest width of a table's column. @default the width of the longest text */
  readonly most?: number;
  /** True if the texts of a table's column are aligned at their end, as numbers are. */
  readonly atEnd?: true;
  /**
   * True if the table leaves this column out when the column that takes the rest would become too narrow; the first optional columns stay
   * longest.
   */
  readonly optional?: true;
  /** True if this column of a table gets the width that the others leave, up to `most` if further columns follow. */
  readonly takesRest?: true;
};

export type Fitted<Line> = Column<Line> & {
  readonly width: number;
  /** The number of columns between the beginning of the table and the beginning of this column. */
  readonly at: number;
};

type Space = {
  readonly room?: number;
  /** The least width of the table's column that takes the rest; if there is less, optional columns are left out. */
  readonly least?: number;
  /** The number of blanks between two columns of a table. @default 2 */
  readonly gap?: number;
};

export const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

const wanted = <Line>(
  {head, read, most = Number.POSITIVE_INFINITY}: Column<Line>,
  lines: readonly Line[],
): number => Math.max(textWidth(head), Math.min(most, widest(lines.map(read))));

export const fitted = <Line>(
  columns: readonly Column<Line>[],
  lines: readonly Line[],
  {room = Number.POSITIVE_INFINITY, least = 0, gap = 2}: Space = {},
): readonly Fitted<Line>[] => {
  const widths = new Map(columns.map((column) => [column, wanted(column, lines)]));
  const widthOf = (column: Column<Line>): number => widths.get(column) ?? 0;
  let rest = columns
    .filter(({optional, takesRest}) => !optional && !takesRest)
    .reduce((left, column) => left - widthOf(column) - gap, room);
  for (const column of columns.filter(({optional}) => optional))
    if (rest - widthOf(column) - gap >= least) rest -= widthOf(column) + gap;
    else widths.delete(column);
  const shown = columns.filter((column) => widths.has(column));
  let at = 0;
  return shown.map((column, index) => {
    const isLast = index === shown.length - 1;
    const most = isLast ? rest : Math.min(rest, column.most ?? rest);
    const width = column.takesRest ? Math.max(0, most) : widthOf(column);
    const placed = {...column, width, at};
    at += width + gap;
    return placed;
  });
};

const cellText = <Line>({width, atEnd}: Fitted<Line>, text: string, ellipsis: string): string =>
  (atEnd ? padStart : padEnd)(cut(text, width, ellipsis), width);

/** Returns one row of the table as text; `text` gives the text of each column, such as the heads or the values of a line. */
export const rowText = <Line>(
  columns: readonly Fitted<Line>[],
  text: (column: Fitted<Line>) => string,
  ellipsis: string,
): string =>
  columns.reduce((row, column) => padEnd(row, column.at) + cellText(column, text(column), ellipsis), '');

/** The number of blanks before each line of a table with a title; the title begins that much further left. */
export const indent = 2;

/**
 * Returns a table as lines of text: first the title, which replaces the head of the first column, with the other heads, then each line of
 * the table.
 */
export const titledTable = <Line>(
  title: string,
  columns: readonly Column<Line>[],
  {lines, ellipsis}: {readonly lines: readonly Line[]; readonly ellipsis: string},
): readonly string[] => {
  const [first, ...others] = columns;
  const wide = first && {...first, head: repeated(' ', textWidth(title) - indent)};
  const shown = fitted(wide ? [wide, ...others] : others, lines);
  const heads = rowText(shown, ({head}) => head, ellipsis);
  return [
    `${title}${`${repeated(' ', indent)}${heads}`.slice(textWidth(title))}`.trimEnd(),
    ...lines.map((line) =>
      `${repeated(' ', indent)}${rowText(shown, ({read}) => read(line), ellipsis)}`.trimEnd(),
    ),
  ];
};
