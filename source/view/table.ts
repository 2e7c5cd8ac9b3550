// Tables of panels: columns as wide as what stands in them, of which some give way where there is no room for all.

import {cut, padEnd, padStart, repeated, textWidth} from '../words/width.ts';

export type Column<Line> = {
  readonly head: string;
  readonly read: (line: Line) => string;
  /** In columns of the screen. @default what the longest text needs */
  readonly most?: number;
  /** Numbers end in one column. */
  readonly atEnd?: true;
  /** Left out where the column that takes the rest would have too little left; the first ones stay longest. */
  readonly optional?: true;
  /** Gets what the others leave, up to `most` if another one follows. */
  readonly takesRest?: true;
};

export type Fitted<Line> = Column<Line> & {
  readonly width: number;
  /** From the first column of the table. */
  readonly at: number;
};

type Space = {
  readonly room?: number;
  /** Of the column that takes the rest. */
  readonly least?: number;
  /** Between two columns. @default 2 */
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

/** One line of the table, or its heads. */
export const rowText = <Line>(
  columns: readonly Fitted<Line>[],
  text: (column: Fitted<Line>) => string,
  ellipsis: string,
): string =>
  columns.reduce((row, column) => padEnd(row, column.at) + cellText(column, text(column), ellipsis), '');

/** Blank columns before each line of a table with a title, which stands that much further left. */
export const indent = 2;

/** Its title in the place of the first head; then a text for each line. */
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
