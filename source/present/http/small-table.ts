// A table with its title in the place of the first heading: columns as wide as their texts, within limits.
import {cut, padEnd, padStart, textWidth} from '../width.ts';

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

const widthOf = <Line>(
  {head, read, most = Number.POSITIVE_INFINITY}: Column<Line>,
  lines: readonly Line[],
): number =>
  Math.max(textWidth(head), Math.min(most, Math.max(0, ...lines.map((line) => textWidth(read(line))))));

/** Texts of the lines, the one with the title first. */
export const smallTable = <Line>(
  title: string,
  lines: readonly Line[],
  {columns, ellipsis}: {readonly columns: readonly Column<Line>[]; readonly ellipsis: string},
): readonly string[] => {
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column, lines), index === 0 ? textWidth(title) - indent : 0),
  );
  const joined = (read: (column: Column<Line>, index: number) => string): string =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const text = cut(read(column, index), width, ellipsis);
        return column.atEnd ? padStart(text, width) : padEnd(text, width);
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const head = joined(({head: text}, index) => (index === 0 ? '' : text)).slice(widths[0] ?? 0);
  return [
    `${padEnd(title, (widths[0] ?? 0) + indent)}${head}`.trimEnd(),
    ...lines.map((line) => `${' '.repeat(indent)}${joined(({read}) => read(line))}`),
  ];
};
